"""Samplers, by protocol: each a factory found by the plan node's type, with its connections."""
