"""JavaScript, as far as conditions need it."""
