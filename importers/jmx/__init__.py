"""Apache JMeter plans (`.jmx`), both ways."""

from silhouette_plan.importers.jmx.reader import Reading, read
from silhouette_plan.importers.jmx.writer import write

__all__ = ["Reading", "read", "write"]
