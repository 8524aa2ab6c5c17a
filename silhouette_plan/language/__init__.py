"""The `.lplan` language both ways: Lark parses the form, one table of statements gives it meaning."""
