"""Save Responses to a file (``elements.listeners.result_saver``); the names are those that JMeter 5.5 gave in one run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.options import CompileOptions
from silhouette_plan.elements.listeners.files import files_of
from silhouette_plan.elements.listeners.result_saver import result_saver
from silhouette_plan.plan.listeners import ResultSaver
from silhouette_plan.results.jtl.opening import ResultFiles
from silhouette_plan.results.sample import Sample
from silhouette_plan.results.secrets import masking
from silhouette_plan.values.user import GroupState, Run, User


@pytest.fixture
def desk(tmp_path: Path) -> PlanBuild:
    (tmp_path / "plan").mkdir()
    return PlanBuild(CompileOptions(folder=tmp_path / "plan"), "plan")


@pytest.fixture
def user(desk: PlanBuild) -> User:
    return User(Run({}, desk.folder, "plan", 1), GroupState("G", 1, 1), 0, "G 1-1", {"v": "3"})


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def samples(sample) -> list[Sample]:
    """Seven requests, the last one redirected, and a transaction around one more."""
    kinds = {
        "html": "text/html; charset=UTF-8",
        "json": "application/json",
        "odd": "text/x-y;q=1",
        "plain": "text",
        "none": "",
    }
    requests = [sample(label, content_type=kind, body=label.encode()) for label, kind in kinds.items()]
    bad = sample("bad", success=False, content_type="text/plain", body=b"bad")
    hops = [
        sample("hop-0", content_type="text/plain", body=b"hop"),
        sample("hop-1", content_type="text/html", body=b"end"),
    ]
    hop = sample("hop", content_type="text/html", body=b"end", subresults=hops)
    transaction = sample(
        "T", from_transaction=True, subresults=[sample("in", content_type="application/json", body=b"in")]
    )
    return [*requests, bad, hop, transaction]


EXPECTED = {
    ResultSaver(file="a"): "a1.html a2.json a3.x-y a4.unknown a5.unknown a6.plain a7.html a8.plain a9.html a10.json",
    ResultSaver(file="a", errors_only=True): "a1.plain",
    ResultSaver(file="a", successes_only=True, pad="3"): (
        "a001.html a002.json a003.x-y a004.unknown a005.unknown a006.html a007.plain a008.html a009.json"
    ),
    ResultSaver(file="n-${v}", skip_auto_number=True): "n-3.html n-3.json n-3.plain n-3.unknown n-3.x-y",
    ResultSaver(file="a", skip_suffix=True): "a1 a2 a3 a4 a5 a6 a7 a8 a9 a10",
    ResultSaver(file="a", ignore_transactions=False): (
        "a1.html a2.json a3.x-y a4.unknown a5.unknown a6.plain a7.html a8.plain a9.html a10.unknown a11.json"
    ),
    ResultSaver(file="~/deep/er/", skip_suffix=True, successes_only=True, errors_only=True): "",
}


@pytest.mark.parametrize("node", EXPECTED)
def test_names(node: ResultSaver, desk: PlanBuild, user: User, samples: list[Sample]) -> None:
    step = result_saver(node, desk)
    for sample in samples:
        step(user, sample)
    assert desk.diagnostics == []
    assert sorted(written(desk.folder)) == sorted(EXPECTED[node].split())


def test_bodies_and_variables(desk: PlanBuild, user: User, samples: list[Sample]) -> None:
    step = result_saver(ResultSaver(file="~/out/a", variable="f"), desk)
    step(user, samples[6])
    assert written(desk.folder) == {"out/a1.html": b"end", "out/a2.plain": b"hop", "out/a3.html": b"end"}
    assert user.variables == {"v": "3", "f": "~/out/a1.html", "f1": "~/out/a2.plain", "f2": "~/out/a3.html"}


def test_numbers_begin_anew_with_each_run(desk: PlanBuild, user: User, sample) -> None:
    step = result_saver(ResultSaver(file="a", skip_suffix=True, variable="f"), desk)
    step(user, sample())
    other = User(Run({}, desk.folder, "plan", 1), GroupState("G", 1, 1), 0, "G 1-1", {})
    step(other, sample())
    assert (user.variables["f"], other.variables["f"]) == ("a1", "a1")


def test_the_time_of_the_start(desk: PlanBuild, user: User, sample) -> None:
    step = result_saver(ResultSaver(file="a-", add_timestamp=True, variable="f"), desk)
    step(user, sample())
    name = user.variables["f"]
    assert name is not None
    assert len(name) == len("a-20261126-0408_1.unknown")
    assert list(written(desk.folder)) == [name]


def test_a_server_cannot_choose_the_folder(desk: PlanBuild, user: User, sample) -> None:
    step = result_saver(ResultSaver(file="a"), desk)
    step(user, sample(content_type="text/../../../etc/passwd"))
    assert list(written(desk.folder)) == ["a1..._.._.._etc_passwd"]


def test_secrets_are_masked(desk: PlanBuild, user: User, sample) -> None:
    user.run.services[ResultFiles] = ResultFiles(mask=masking(["hidden"]))
    result_saver(ResultSaver(file="a", skip_suffix=True), desk)(user, sample(body=b"\xff hidden \xe4"))
    assert written(desk.folder) == {"a1": b"\xff *** \xe4"}


@pytest.mark.parametrize(("file", "code"), [("../a", "CP005"), ("/nowhere-here/a", "CP014")])
def test_out_of_reach(desk: PlanBuild, user: User, sample, file: str, code: str) -> None:
    result_saver(ResultSaver(file=file), desk)(user, sample())
    assert [one.code for one in desk.diagnostics] == [code]
    assert written(desk.folder.parent) == {}


@pytest.mark.parametrize("file", ["${v}/../../a", "${v}"])
def test_what_cannot_be_written_is_lost(desk: PlanBuild, user: User, sample, file: str) -> None:
    """A name that leads out of reach, and one that is a folder."""
    (desk.folder / "3").mkdir()
    node = replace(ResultSaver(file=file), skip_auto_number=True, skip_suffix=True)
    result_saver(node, desk)(user, sample())
    assert len(files_of(user.run).lost) == 1
    assert written(desk.folder.parent) == {}


def test_the_plan_is_never_written_over(desk: PlanBuild, user: User, sample) -> None:
    plan = desk.folder / "p.jmx"
    plan.write_text("the plan")
    user.run.services[ResultFiles] = ResultFiles(protected=[plan])
    result_saver(ResultSaver(file="p.jmx", skip_auto_number=True, skip_suffix=True), desk)(user, sample())
    assert plan.read_text() == "the plan"
    assert len(files_of(user.run).lost) == 1
