"""Save Responses to a file (``org.apache.jmeter.reporters.ResultSaver``): each body in a file of its own.

The name is the element's prefix, the time of the run's start, a number counted over all users, and the subtype of the
response's content type; each part can be left out. Sub-samples get files too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from silhouette_plan.elements.listeners.files import below_the_plan, do_nothing, files_of
from silhouette_plan.plan.listeners import ResultSaver
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import flag_of, integer_of, text_of
from silhouette_plan.program.steps import After
from silhouette_plan.results.jtl.rowfile import ResultsLost
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import Run, User


def result_saver(node: ResultSaver, build: Build) -> After:
    """Writes the body of each sample that is wanted, and of its sub-samples."""
    prefix = build.template(node.file, node).constant
    if prefix is not None and build.may_write(below_the_plan(f"{prefix}1", build), node) is None:
        return do_nothing
    return _Saver(node, build).take


class _Saver:
    """Names files and writes them. How many there are is the run's own: a plan may run again."""

    def __init__(self, node: ResultSaver, build: Build) -> None:
        self._node = node
        self._build = build
        self._prefix = text_of(build, node, node.file)
        self._variable = text_of(build, node, node.variable)
        self._pad = integer_of(build, node, node.pad)
        self._errors_only = flag_of(build, node, node.errors_only)
        self._successes_only = flag_of(build, node, node.successes_only)
        self._without_number = flag_of(build, node, node.skip_auto_number)
        self._without_suffix = flag_of(build, node, node.skip_suffix)
        self._with_time = flag_of(build, node, node.add_timestamp)
        self._no_transactions = flag_of(build, node, node.ignore_transactions)

    def take(self, user: User, sample: Sample) -> None:
        """Takes a sample."""
        for number, one in enumerate(_with_parts(sample)):
            if self._wanted(user, one):
                name = self._name(user, one)
                variable = self._variable(user)
                if variable:
                    user.variables[f"{variable}{number or ''}"] = name
                self._write(user, name, one.body)

    def _wanted(self, user: User, sample: Sample) -> bool:
        if sample.from_transaction and self._no_transactions(user):
            return False
        return not (self._errors_only if sample.success else self._successes_only)(user)

    def _name(self, user: User, sample: Sample) -> str:
        run = user.run
        count = run.service(self, lambda: _Count(run))
        time = count.started if self._with_time(user) else ""
        number = "" if self._without_number(user) else str(count.next()).rjust(self._pad(user), "0")
        suffix = "" if self._without_suffix(user) else f".{_subtype(sample.content_type)}"
        return f"{self._prefix(user)}{time}{number}{suffix}"

    def _write(self, user: User, name: str, body: bytes) -> None:
        files = files_of(user.run)
        path = self._build.may_write(below_the_plan(name, self._build), self._node)
        if path is None:
            files.lose(ResultsLost(Path(name), "it is out of the plan's reach"))
        else:
            files.put(path, body)


class _Count:
    """Counts the files of a run; knows the minute it began."""

    def __init__(self, run: Run) -> None:
        self.started = datetime.fromtimestamp(run.clock.stamp(run.clock.now()) / 1000).strftime("%Y%m%d-%H%M_")
        self._number = 0

    def next(self) -> int:
        """The next number, from 1."""
        self._number += 1
        return self._number


def _with_parts(sample: Sample) -> Iterator[Sample]:
    yield sample
    for part in sample.subresults:
        yield from _with_parts(part)


def _subtype(content_type: str) -> str:
    """``html`` of ``text/html; charset=UTF-8``. The server shall not choose the folder, so a second ``/`` becomes ``_``."""
    _, slash, rest = content_type.partition("/")
    return rest.partition(";")[0].replace("/", "_").replace("\\", "_") if slash else "unknown"
