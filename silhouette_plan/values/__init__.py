"""Values: ``${}`` templates, JMeter's functions and expressions, each compiled once to a closure over a user."""
