"""A listener that writes its own file (``reporters.ResultCollector``)."""

from __future__ import annotations

from silhouette_plan.plan.records import record
from silhouette_plan.results.jtl.csv_writer import CsvWriter
from silhouette_plan.results.jtl.xml_writer import XmlWriter
from silhouette_plan.results.sample import Sample


@record
class Collector:
    """Passes the wanted samples on to ``writer``; both switches on mean all samples, as in JMeter."""

    writer: CsvWriter | XmlWriter
    errors_only: bool = False
    successes_only: bool = False

    def take(self, sample: Sample) -> None:
        """Writes ``sample`` where it is wanted and no other listener wrote it to the same file."""
        wanted = self.successes_only if sample.success else self.errors_only
        if not wanted and (self.errors_only or self.successes_only):
            return
        file = self.writer.file
        if file.marked is not sample:
            file.marked = sample
            self.writer.on_samples((sample,))
