"""The element tables: a row for each way in which a kind of element stands in a `.jmx`, one module a family."""
