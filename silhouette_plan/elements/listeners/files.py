"""The files that listeners write.

They are the run's service ``ResultFiles``; whoever starts the run may put one there before, to say what becomes of files that
exist.
"""

from __future__ import annotations

from silhouette_plan.program.build import Build
from silhouette_plan.results.jtl.opening import ResultFiles
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import Run, User


def files_of(run: Run) -> ResultFiles:
    """The result files of ``run``, closed when it is over."""

    def make() -> ResultFiles:
        files = ResultFiles()
        run.closing.append(files.close)
        return files

    return run.service(ResultFiles, make)


def below_the_plan(name: str, build: Build) -> str:
    """``name`` without JMeter's mark for the plan's folder, where all names start here."""
    return name.removeprefix(build.properties.get("jmeter.save.saveservice.base_prefix", "~/") or "~/")


def do_nothing(user: User, sample: Sample) -> None:
    """A listener without a file."""
