"""Apache JMeter plans (`.jmx`), both ways."""

from silhouette_plan.importers.jmx.reader import Reading, read

__all__ = ["Reading", "read"]
