"""For export: what only the language has, as JMeter elements that do the same job."""
