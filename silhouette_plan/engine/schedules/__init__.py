"""Load shapes as pure functions: shape and seed in, start and stop times out (s). No clock, no task."""
