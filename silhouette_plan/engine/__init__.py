"""The Trio interpreter: groups, users, controllers and the life of a sample."""
