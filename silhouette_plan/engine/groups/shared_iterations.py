"""The language's `iterations`: passes shared by users."""
