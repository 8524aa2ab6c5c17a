"""Listeners of a plan with files of their own (``elements.listeners``)."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.options import CompileOptions
from silhouette_plan.elements.listeners.result_collector import result_collector
from silhouette_plan.elements.listeners.summariser import summariser
from silhouette_plan.plan.listeners import ResultCollector, Summariser
from silhouette_plan.results.jtl.opening import Existing, ResultFiles
from silhouette_plan.values.user import GroupState, Run, User

SAVE = tuple(
    (name, "true")
    for name in ("time", "timestamp", "success", "label", "code", "message", "threadName", "fieldNames", "subresults")
)


@pytest.fixture
def desk(tmp_path: Path) -> PlanBuild:
    return PlanBuild(CompileOptions(folder=tmp_path, properties={"folder": "given"}), "plan")


@pytest.fixture
def user(tmp_path: Path) -> User:
    run = Run({}, tmp_path, "plan", 1)
    return User(run, GroupState("G", 1, 1), 0, "G 1-1", {})


def end(user: User) -> None:
    for close in reversed(user.run.closing):
        close()


def labels(path: Path) -> list[str]:
    return [line.split(",")[2] for line in path.read_text().splitlines()[1:]]


def test_wanted_samples_go_to_their_files(desk: PlanBuild, user: User, sample) -> None:
    kinds = {"all.csv": (False, False), "bad.csv": (True, False), "good.csv": (False, True), "both.csv": (True, True)}
    steps = [
        result_collector(ResultCollector(file=name, errors_only=errors, successes_only=successes, save=SAVE), desk)
        for name, (errors, successes) in kinds.items()
    ]
    for made in (sample("one"), sample("two", success=False)):
        for step in steps:
            step(user, made)
    end(user)
    assert {name: labels(desk.folder / name) for name in kinds} == {
        "all.csv": ["one", "two"],
        "bad.csv": ["two"],
        "good.csv": ["one"],
        "both.csv": ["one", "two"],
    }


def test_listeners_of_one_file_write_a_sample_once(desk: PlanBuild, user: User, sample) -> None:
    errors = result_collector(ResultCollector(file="r.csv", errors_only=True, save=SAVE), desk)
    everything = result_collector(ResultCollector(file="./r.csv", save=SAVE), desk)
    for made in (sample("one"), sample("two", success=False)):
        errors(user, made)
        everything(user, made)
    end(user)
    assert labels(desk.folder / "r.csv") == ["one", "two"]


def test_building_writes_nothing(desk: PlanBuild) -> None:
    result_collector(ResultCollector(file="r.csv"), desk)
    assert list(desk.folder.iterdir()) == []


def test_functions_in_the_name_are_evaluated(desk: PlanBuild, user: User, sample) -> None:
    step = result_collector(ResultCollector(file="${__P(folder)}/r.csv", save=SAVE), desk)
    step(user, sample("one"))
    end(user)
    assert labels(desk.folder / "given" / "r.csv") == ["one"]


def test_variables_of_the_plan_in_the_name_are_known(desk: PlanBuild, user: User, sample) -> None:
    desk.plan_user.variables["who"] = "everybody"
    result_collector(ResultCollector(file="${who}.csv", save=SAVE), desk)(user, sample("one"))
    end(user)
    assert labels(desk.folder / "everybody.csv") == ["one"]


def test_names_of_users_variables_are_told(desk: PlanBuild, user: User, sample) -> None:
    result_collector(ResultCollector(name="L", file="${who}.csv"), desk)(user, sample())
    assert [d.code for d in desk.diagnostics] == ["RS007"]
    assert list(desk.folder.iterdir()) == []


def test_no_file_and_refused_files_do_nothing(desk: PlanBuild, user: User, sample) -> None:
    for file in ("", "../plan.jmx"):
        result_collector(ResultCollector(file=file), desk)(user, sample())
    assert list(desk.folder.iterdir()) == []


def test_a_bad_property_is_reported(desk: PlanBuild) -> None:
    desk.properties["jmeter.save.saveservice.default_delimiter"] = "long"
    result_collector(ResultCollector(file="r.csv"), desk)
    assert [d.code for d in desk.diagnostics] == ["RS004"]


def test_a_file_that_cannot_be_opened_counts_as_lost(desk: PlanBuild, user: User, sample) -> None:
    found: list[str] = []
    user.run.finding = lambda code, message: found.append(code)
    step = result_collector(ResultCollector(file="r.csv"), desk)
    (desk.folder / "r.csv").mkdir()
    step(user, sample())
    step(user, sample())
    assert found == ["RS002"]
    assert len(user.run.services[ResultFiles].lost) == 1
    end(user)


def test_the_run_may_say_what_becomes_of_files(desk: PlanBuild, user: User, sample) -> None:
    (desk.folder / "r.csv").write_text("old")
    files = user.run.services[ResultFiles] = ResultFiles(Existing.REPLACE)
    result_collector(ResultCollector(file="r.csv", save=SAVE), desk)(user, sample("one"))
    files.close()
    assert labels(desk.folder / "r.csv") == ["one"]


def test_summarisers_of_one_name_count_together(desk: PlanBuild, user: User, sample) -> None:
    lines: list[str] = []
    user.run.finding = lambda code, message: lines.append(f"{code} {message}")
    clock = SimpleNamespace(now=lambda: 0.0, stamp=lambda moment: 1_700_000_041_000)
    user.run.clock = clock  # type: ignore[assignment]
    for _ in range(2):
        summariser(Summariser(name="mine"), desk)(user, sample(start=1_700_000_040_000 - 9000, elapsed=0))
    end(user)
    assert lines == [
        "RS008 mine =      2 in 00:00:10 =    0.2/s Avg:     0 Min:     0 Max:     0 Err:     0 (0.00%)",
    ]
