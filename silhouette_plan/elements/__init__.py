"""What each element in a sampler's scope does: extractors, assertions, processors, data, timers; plan node to compiled step."""
