"""Groups whose users each have a start and a stop: Ultimate, Stepping, and the language's `stages`."""
