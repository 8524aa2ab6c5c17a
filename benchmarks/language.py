"""How long 10,000 statements take to parse, print and format, and in how much memory.

    python benchmarks/language.py [STATEMENTS]

Prints CPU seconds and peak memory (MB, beyond what is loaded) for the given size and twice that, so that what is not linear shows.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from silhouette_plan.language import format_source, parse, print_plan

GROUP = Path(__file__).with_name("language_group.lplan").read_text(encoding="utf-8")
STATEMENTS = 21
"""Statements in the group that is repeated."""

MARK = 2.0
"""Seconds for 10,000 statements."""


def source_of(statements: int) -> str:
    return 'plan "Benchmark"\n\n' + "\n".join([GROUP] * (statements // STATEMENTS))


def measured(work: Callable[[], Any]) -> tuple[float, float]:
    began = time.process_time()
    work()
    seconds = time.process_time() - began
    tracemalloc.start()
    kept = work()
    megabytes = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    del kept
    return seconds, megabytes


def main() -> int:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    parse(GROUP)  # builds the parser's tables
    slow = False
    print(f"{'statements':>10}  {'work':<7} {'CPU s':>7} {'peak MB':>8}")
    for statements in (size, 2 * size):
        source = source_of(statements)
        plan = parse(source).plan
        assert plan is not None
        works = (
            ("parse", partial(parse, source)),
            ("print", partial(print_plan, plan)),
            ("format", partial(format_source, source)),
        )
        for name, work in works:
            seconds, megabytes = measured(work)
            slow = slow or seconds > MARK * statements / 10_000
            print(f"{statements:>10}  {name:<7} {seconds:>7.2f} {megabytes:>8.1f}")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
