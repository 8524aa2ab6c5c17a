"""Passes over the plan that find what is wrong with it before it runs."""
