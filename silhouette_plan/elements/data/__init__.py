"""Data: variables that change with each iteration."""
