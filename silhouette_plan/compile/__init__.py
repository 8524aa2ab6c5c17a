"""Plan to program: resolves calls and includes, applies scope, merges configuration, compiles values."""
