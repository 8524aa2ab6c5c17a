"""Apache JMeter plans (`.jmx`), both ways."""
