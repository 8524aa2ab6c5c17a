"""Pre- and post-processors that are neither extractors nor scripts."""
