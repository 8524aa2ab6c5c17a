"""Columns of the element tables: how the fields of a kind stand in a `.jmx`, both ways."""
