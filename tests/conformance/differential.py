"""Random plans in silplan and in a real JMeter, compared sample by sample.

``python differential.py PATH/TO/jmeter [--seed N] [--count M] [--group-size K] [--keep FOLDER]``: trees of seeds N … N+M-1, K in a
plan, and a plan that may be stopped for each such plan. Prints what differs; the status is 1 if anything does.

Compared are the rows of the results file and the samples of an XML listener: label, code, message, success, size, the assertions,
the sub-samples, the text, and, where there is one user, the counts of users. A user that died in JMeter (an exception that its log
tells of) must be a user of silplan whose first samples are the same.
"""

from __future__ import annotations

import argparse
import difflib
import re
import subprocess
import sys
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import jmx
from jmx import Node
from random_plans import FILES, serial_plan, stopping_plan
from record import by_user, read_rows

TIMEOUT = 240
"""Seconds that a plan may take."""

_DIED = re.compile(
    r"(?:ERROR o\.a\.j\.JMeter: Uncaught exception in thread Thread\[(?P<thread>[^,]*),"
    r"|ERROR o\.a\.j\.t\.JMeterThread: Test failed!)"
)
_COUNT = re.compile(r"(\w+\.)*n[ag]=-?\d+")


Items = dict[tuple[str, str], list[list[str]]]


@dataclass(frozen=True)
class Outcome:
    """What a run gave: rows or samples, by user and file; and the users that died."""

    items: Items
    died: frozenset[str] = frozenset()


def run(command: list[str], folder: Path) -> None:
    """Runs ``command`` in ``folder``. Raises ``RuntimeError`` where it left no results."""
    done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, cwd=folder, check=False, text=True)
    if not (folder / "out.csv").exists():
        raise RuntimeError(f"{command[0]} in {folder}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def outcome(folder: Path) -> Outcome:
    log = folder / "jmeter.log"
    died = users_that_died(log.read_text("utf-8", "replace")) if log.exists() else frozenset()
    items: Items = {(user, "out.csv"): rows for user, rows in by_user(read_rows(folder / "out.csv"), False).items()}
    for file in sorted(folder.glob("*.xml")):
        for element in ElementTree.parse(file).getroot():
            items.setdefault((element.get("tn", ""), file.name), []).append(comparable(element))
    return Outcome(items, died)


def users_that_died(log: str) -> frozenset[str]:
    """The threads whose end in JMeter's log is an exception. Those it does not name end next."""
    found: set[str] = set()
    nameless = 0
    for line in log.splitlines():
        if match := _DIED.search(line):
            if match["thread"]:
                found.add(match["thread"])
            else:
                nameless += 1
        elif nameless and "Thread finished: " in line:
            found.add(line.partition("Thread finished: ")[2])
            nameless -= 1
    return frozenset(found)


def comparable(element: ElementTree.Element) -> list[str]:
    """A sample as lines, one a thing that can differ."""
    lines = [f"{name}={value}" for name, value in element.attrib.items()]
    if element.text and element.text.strip():
        lines.append(f"text={element.text.strip()}")
    for child in element:
        lines += [f"{child.tag}.{line}" for line in comparable(child) or [""]]
    return lines


def differences(theirs: Outcome, ours: Outcome) -> dict[str, str]:
    """By user, the first thing that differs."""
    found: dict[str, str] = {}
    users = {user for user, _ in theirs.items}
    for user, file in {**theirs.items, **ours.items}:
        want, have = theirs.items.get((user, file), []), ours.items.get((user, file), [])
        if user in theirs.died:
            have = have[: len(want)]
        if theirs.died or not alone(user, users):  # A death leaves JMeter's own counts wrong.
            want, have = without_counts(want), without_counts(have)
        if not user:  # Transactions without samples: whose they are is not known.
            if theirs.died:
                continue
            want, have = sorted(want), sorted(have)
        if want != have and user not in found:
            found[user] = first_difference(file, want, have)
    return found


def alone(user: str, users: Collection[str]) -> bool:
    """Whether its group has no other user."""
    group = user.rpartition("-")[0]
    return not any(other != user and other.rpartition("-")[0] == group for other in users)


def without_counts(items: list[list[str]]) -> list[list[str]]:
    """Without the numbers of users, which depend on the moment."""
    return [[line for line in item if not _COUNT.fullmatch(line)] for item in items]


def first_difference(file: str, want: Sequence[list[str]], have: Sequence[list[str]]) -> str:
    """Which item differs first, what comes before it, and in what the two differ."""
    pairs = enumerate(zip(want, have, strict=False))
    at = next((at for at, (left, right) in pairs if left != right), min(len(want), len(have)))
    left, right = (side[at] if at < len(side) else ["nothing"] for side in (want, have))
    before = ", ".join(label(item) for item in want[max(0, at - 5) : at])
    changes = "\n".join(f"    {line}" for line in difflib.ndiff(left, right) if line[0] in "+-")
    return f"{file} {at} ({label(left)}) after {before}\n{changes}"


def label(item: list[str]) -> str:
    return next((line[3:] for line in item if line.startswith("lb=")), item[0])


def compare(jmeter: str, plan: Node, folder: Path) -> tuple[Outcome, Outcome]:
    """Both runs of ``plan``, each in a folder of its own."""
    sides = {
        "jmeter": [jmeter, "-n", "-t", "plan.jmx", "-l", "out.csv", "-j", "jmeter.log"],
        "silplan": [sys.executable, "-m", "silhouette_plan", "run", "plan.jmx", "-l", "out.csv"],
    }
    outcomes = []
    for name, command in sides.items():
        place = folder / name
        place.mkdir(parents=True)
        (place / "plan.jmx").write_text(jmx.document(plan), encoding="utf-8")
        for file, text in FILES.items():
            (place / file).write_text(text, encoding="utf-8")
        run(command, place)
        outcomes.append(outcome(place))
    return outcomes[0], outcomes[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jmeter")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--group-size", type=int, default=50)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    different = compared = users = dead = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        for first in range(options.seed, options.seed + options.count, options.group_size):
            seeds = list(range(first, min(first + options.group_size, options.seed + options.count)))
            for title, plan in ((f"{first}", serial_plan(seeds)), (f"{first} stopping", stopping_plan(first))):
                theirs, ours = compare(options.jmeter, plan, folder / title.replace(" ", "-"))
                compared += 1
                users += len({user for user, _ in theirs.items})
                dead += len(theirs.died)
                if theirs.died and "stopping" in title:
                    continue  # It may have been to stop the test.
                for user, text in differences(theirs, ours).items():
                    different += 1
                    print(f"plan {title}, {user}: {text}", flush=True)
    print(f"{compared} plans, {users} users ({dead} died in JMeter), {different} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
