"""What recording a sample costs: CPU µs each, best of several rounds. Run: ``python benchmarks/recording.py``."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from silhouette_plan.results.histogram import Histogram
from silhouette_plan.results.jtl.csv_writer import row_renderer
from silhouette_plan.results.jtl.fields import SaveConfig
from silhouette_plan.results.jtl.opening import ResultFiles
from silhouette_plan.results.sample import Sample
from silhouette_plan.results.statistics import Statistics
from silhouette_plan.results.summariser import Summariser

COUNT = 50_000
ROUNDS = 5


def samples() -> list[Sample]:
    """A run of 50 users on 10 labels; sizes and times spread as a real target's."""
    draw = random.Random(1)
    made = []
    for number in range(COUNT):
        sample = Sample(f"Request {number % 10}", 1_700_000_000_000 + number)
        sample.code, sample.message, sample.data_type, sample.success = "200", "OK", "text", True
        sample.thread_name = f"Users 1-{number % 50 + 1}"
        sample.elapsed = int(draw.lognormvariate(3, 1))
        sample.latency = sample.elapsed
        sample.received, sample.sent = draw.randrange(300, 3000), 345
        sample.group_threads = sample.all_threads = 50
        sample.url = f"http://127.0.0.1:8000/api/{number % 10}"
        made.append(sample)
    return made


def cost(work: Callable[[Sample], object], given: list[Sample]) -> float:
    """µs of CPU a call, of this process with all its threads."""
    best = float("inf")
    for _ in range(ROUNDS):
        begin = time.process_time()
        for sample in given:
            work(sample)
        best = min(best, time.process_time() - begin)
    return best / len(given) * 1e6


def main() -> None:
    given = samples()
    base = cost(lambda sample: None, given)
    histogram, statistics, summariser = Histogram(), Statistics(), Summariser(lambda line: None)
    with tempfile.TemporaryDirectory() as folder:
        files = ResultFiles()
        writer = files.open(Path(folder) / "r.csv", SaveConfig())
        rows = {
            "render a CSV row": row_renderer(SaveConfig()),
            "write a CSV row (with the file)": lambda sample: writer.on_samples((sample,)),
            "histogram": lambda sample: histogram.record(sample.elapsed),
            "statistics": lambda sample: statistics.on_samples((sample,)),
            "summariser": lambda sample: summariser.on_samples((sample,)),
        }
        for name, work in rows.items():
            print(f"{name:<34}{cost(work, given) - base:6.2f} µs")
        files.close()


if __name__ == "__main__":
    main()
