"""The grammar of `.lplan`, the schema of plans in JSON, and editor grammars, as data."""
