"""Timers: how long a user pauses before a sample."""
