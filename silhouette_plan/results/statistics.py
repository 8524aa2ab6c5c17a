"""What a run's samples amount to, by label and in all.

Samples of transaction controllers have rows of their own and are no part of the total, as with JMeter's Summariser; where
a transaction holds its samples as sub-results (*generate parent sample*), those count in its place, which JMeter's
Summariser leaves out altogether. Other sub-results (redirects, embedded resources) are part of their sample.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from silhouette_plan.plan.records import record
from silhouette_plan.results.histogram import EXACT, Histogram
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample

TOTAL = "TOTAL"
"""The label of the row that sums all samples."""

_NO_ANSWER = "Non HTTP response code: "
_NOT_SENT = ("URISyntaxException", "MalformedURLException", "IllegalArgumentException", "FileNotFoundException")
_SQL_CONNECTION = "08"
_FAR = 2**63


class LabelStatistics:
    """Counters of one label. Times in ms, sizes in bytes, ``first`` and ``last`` in ms since 1970.

    ``unanswered`` counts samples that got no answer at all; ``networked`` says that the label addresses a target.
    """

    __slots__ = (
        "count", "counts", "elapsed", "errors", "first", "histogram", "label", "last", "maximum", "minimum", "networked",
        "received", "sent", "transaction", "unanswered",
    )  # fmt: skip

    def __init__(self, label: str, transaction: bool = False, networked: bool = False) -> None:
        self.label = label
        self.transaction = transaction
        self.networked = networked
        self.count = self.errors = self.unanswered = 0
        self.elapsed = self.received = self.sent = 0
        self.minimum = self.first = _FAR
        self.maximum = self.last = 0
        self.histogram = Histogram()
        self.counts = self.histogram.counts

    def merge(self, other: LabelStatistics) -> None:
        """Adds what ``other`` counted."""
        self.count += other.count
        self.errors += other.errors
        self.unanswered += other.unanswered
        self.elapsed += other.elapsed
        self.received += other.received
        self.sent += other.sent
        self.minimum = min(self.minimum, other.minimum)
        self.maximum = max(self.maximum, other.maximum)
        self.first = min(self.first, other.first)
        self.last = max(self.last, other.last)
        self.networked |= other.networked
        self.histogram.merge(other.histogram)

    @property
    def duration(self) -> float:
        """From the first start to the last end, in s; a thousandth of one at least."""
        return max(self.last - self.first, 1) / 1000 if self.count else 1.0

    def row(self, seconds: float | None = None) -> Row:
        """The figures as a report shows them; rates over ``seconds``, or over the label's own time."""
        count = self.count
        seconds = seconds or self.duration
        low, high = (self.minimum, self.maximum) if count else (0, 0)
        median, p90, p95, p99 = (
            min(max(value, low), high) for value in self.histogram.percentiles((50.0, 90.0, 95.0, 99.0))
        )
        return Row(
            label=self.label,
            transaction=self.transaction,
            count=count,
            errors=self.errors,
            error_percent=100 * self.errors / count if count else 0.0,
            mean=self.elapsed / count if count else 0.0,
            minimum=low,
            maximum=high,
            median=median,
            p90=p90,
            p95=p95,
            p99=p99,
            throughput=count / seconds,
            received_kb=self.received / 1024 / seconds,
            sent_kb=self.sent / 1024 / seconds,
            first=self.first if count else 0,
            last=self.last,
        )


@record
class Row:
    """Figures of one label. Times in ms, ``throughput`` in samples a second, sizes in KiB a second (JMeter's KB)."""

    label: str
    transaction: bool
    count: int
    errors: int
    error_percent: float
    mean: float
    minimum: int
    maximum: int
    median: int
    p90: int
    p95: int
    p99: int
    throughput: float
    received_kb: float
    sent_kb: float
    first: int
    last: int


class Statistics(Observer):
    """Counts a run's samples by label, in the order in which labels first came.

    ``transactions`` are kept apart. ``unanswered`` counts, by address (``host:port``), the samples that got no answer.
    """

    def __init__(self) -> None:
        self.labels: dict[str, LabelStatistics] = {}
        self.transactions: dict[str, LabelStatistics] = {}
        self.unanswered: Counter[str] = Counter()

    def on_samples(self, samples: Sequence[Sample]) -> None:
        """Counts samples; for a transaction, its row and the samples that it holds. One loop: it runs for every sample."""
        labels = self.labels
        for sample in samples:
            label = sample.label
            if sample.from_transaction:
                self.on_samples(sample.subresults)
                entry = self.transactions.get(label) or self._first(self.transactions, sample)
            else:
                entry = labels.get(label) or self._first(labels, sample)
            elapsed = sample.elapsed
            start = sample.start
            end = start + elapsed + sample.idle
            entry.count += 1
            entry.elapsed += elapsed
            entry.received += sample.received
            entry.sent += sample.sent
            if elapsed < entry.minimum:
                entry.minimum = elapsed
            if elapsed > entry.maximum:
                entry.maximum = elapsed
            if start < entry.first:
                entry.first = start
            if end > entry.last:
                entry.last = end
            if 0 <= elapsed < EXACT and elapsed < len(entry.counts):
                entry.counts[elapsed] += 1
            else:
                entry.histogram.record(elapsed)
            if not sample.success:
                entry.errors += 1
                self._look_for_answer(entry, sample)

    def _first(self, entries: dict[str, LabelStatistics], sample: Sample) -> LabelStatistics:
        """The entry for the first sample of a label."""
        entry = LabelStatistics(sample.label, sample.from_transaction, sample.url is not None)
        entries[sample.label] = entry
        return entry

    def _look_for_answer(self, entry: LabelStatistics, sample: Sample) -> None:
        code = sample.code
        http = code.startswith(_NO_ANSWER) and not code.endswith(_NOT_SENT)
        if sample.from_transaction or not (http or code.startswith(_SQL_CONNECTION)):
            return
        entry.networked = True
        entry.unanswered += 1
        self.unanswered[address_of(sample)] += 1

    @property
    def count(self) -> int:
        """Samples so far, without those of transactions."""
        return sum(entry.count for entry in self.labels.values())

    def total(self) -> LabelStatistics:
        """All samples but those of transactions, as one."""
        whole = LabelStatistics(TOTAL)
        for entry in self.labels.values():
            whole.merge(entry)
        return whole

    def rows(self) -> Iterator[Row]:
        """A row a label, transactions last, without the total; all rates are over the whole run, so that they add up."""
        whole = self.total()
        for entry in (*self.labels.values(), *self.transactions.values()):
            yield entry.row(whole.duration if whole.count else None)


def address_of(sample: Sample) -> str:
    """The address that a sample was sent to, or its label where it names none."""
    parts = urlsplit(sample.url or "")
    if not parts.hostname:
        return sample.label
    try:
        port = parts.port
    except ValueError:
        port = None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{host}:{port or (443 if parts.scheme == 'https' else 80)}"
