"""Script languages of plans: source to a closure over the bound objects, with no way to Python."""
