"""silplan: load-test plans as text, from JMeter and back, run with JMeter's exact semantics."""

__version__ = "0.1.0"
