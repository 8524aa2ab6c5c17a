"""Apache JMeter plans (`.jmx`), both ways."""

from silhouette_plan.importers.jmx.lowering.lower import unportable
from silhouette_plan.importers.jmx.reader import Reading, read
from silhouette_plan.importers.jmx.report import Fate, PortReport, port_report, render_notes, render_text
from silhouette_plan.importers.jmx.writer import write

__all__ = ["Fate", "PortReport", "Reading", "port_report", "read", "render_notes", "render_text", "unportable", "write"]
