"""Results: samples, what is written of them, and what is said of a run."""
