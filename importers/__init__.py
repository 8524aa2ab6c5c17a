"""Other formats, both ways."""
