"""The plans that come with the project: sound, in their usual form, exported and read back, and what their page says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from silhouette_plan.importers.jmx import read, write

from silhouette_plan.analysis import analyse
from silhouette_plan.diagnostics import Severity
from silhouette_plan.language import format_source, normalise, parse, print_plan
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import CsvDataSet
from silhouette_plan.plan.controllers import IncludeController
from silhouette_plan.plan.listeners import Threshold
from silhouette_plan.plan.processors import Check
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.plan.testplan import Parameter, TestPlan
from silhouette_plan.plan.walk import transform, walk

PLANS = Path(__file__).resolve().parents[2] / "plans"
FILES = sorted(PLANS.rglob("*.lplan"))
SEEDS = {
    "concurrent-users": "concurrent-users.jmx",
    "concurrent-load-test": "concurrent-load-test.js",
    "api-load-test": "api-load-test.js",
    "rate-limiting-test": "rate-limiting-test.js",
    "memory-leak-test": "memory-leak-test.js",
}

each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
each_k6_port = pytest.mark.parametrize("name", [name for name, seed in SEEDS.items() if seed.endswith(".js")])


def plan_of(file: Path) -> TestPlan:
    parsing = parse(file.read_bytes(), file.name)
    assert parsing.diagnostics == ()
    assert parsing.plan is not None
    return parsing.plan


@each_file
def test_it_is_in_its_usual_form(file: Path) -> None:
    source = file.read_text("utf-8")
    assert format_source(source, file.name) == source


@each_file
def test_the_analysis_finds_no_error(file: Path) -> None:
    found = analyse(plan_of(file))
    assert [one for one in found if one.severity is Severity.ERROR] == []


@each_file
def test_it_prints_and_reads_back(file: Path) -> None:
    plan = plan_of(file)
    assert parse(print_plan(plan)).plan == normalise(plan)[0]


@each_file
def test_it_exports_and_reads_back(file: Path) -> None:
    plan = plan_of(file)
    assert read(write(plan), "p.jmx").plan == transform(plan, without_secret)


def without_secret(element: Element) -> Element:
    """An export keeps no secret."""
    return replace(element, default="") if isinstance(element, Parameter) and element.secret else element


@each_file
def test_its_data_and_includes_are_there(file: Path) -> None:
    for element in walk(plan_of(file)):
        if isinstance(element, CsvDataSet):
            columns = (file.parent / element.file).read_text("utf-8").split("\n", 1)[0].split(",")
            assert len(columns) == len(element.variables.split(","))
        if isinstance(element, IncludeController):
            assert (file.parent / element.file).is_file()


# ---- the ports against their sources


@pytest.mark.parametrize(("name", "seed"), SEEDS.items())
def test_a_port_is_shorter_and_the_page_says_by_how_much(name: str, seed: str, shared: Path) -> None:
    source = len((shared / "seeds" / seed).read_text("utf-8").splitlines())
    port = len((PLANS / f"{name}.lplan").read_text("utf-8").splitlines())
    assert port < source / 2
    (row,) = [line for line in readme().splitlines() if f"({name}.lplan)" in line]
    assert f"| {source} → {port} |" in row


def readme() -> str:
    return (PLANS / "README.md").read_text("utf-8")


@each_k6_port
def test_every_check_of_the_script_is_in_its_port(name: str, shared: Path) -> None:
    script = (shared / "seeds" / SEEDS[name]).read_text("utf-8")
    wanted = set(re.findall(r"^\s+'([^']+)': \(r\) =>", script, re.MULTILINE))
    assert wanted
    assert {one.name for one in walk(plan_of(PLANS / f"{name}.lplan")) if isinstance(one, Check)} == wanted


@each_k6_port
def test_every_metric_of_the_script_is_in_its_port(name: str, shared: Path) -> None:
    script = (shared / "seeds" / SEEDS[name]).read_text("utf-8")
    wanted = set(re.findall(r"new (?:Rate|Trend|Counter)\('(\w+)'\)", script))
    measured = {
        str(getattr(one, "metric", ""))
        for one in walk(plan_of(PLANS / f"{name}.lplan"))
        if not isinstance(one, Threshold)
    }
    assert wanted <= measured


@each_k6_port
def test_every_threshold_of_the_script_is_in_its_port(name: str, shared: Path) -> None:
    script = (shared / "seeds" / SEEDS[name]).read_text("utf-8")
    block = re.search(r"thresholds: \{(.*?)\n  \},", script, re.DOTALL)
    wanted = [line for line in block[1].splitlines() if "[" in line] if block else []
    thresholds = [
        one for one in walk(plan_of(PLANS / f"{name}.lplan")) if isinstance(one, Threshold) and one.action != "warn"
    ]
    metrics = {"http_req_duration": "time", "http_req_failed": "failed"}
    names = [
        metrics.get(metric, metric)
        for line in wanted
        for metric in re.findall(r"(\w+): \[", line)
        for _ in re.findall(r"'[^']+'", line)
    ]
    assert sorted(names) == sorted(one.metric for one in thresholds)


@each_k6_port
def test_every_path_of_the_script_is_in_its_port(name: str, shared: Path) -> None:
    script = (shared / "seeds" / SEEDS[name]).read_text("utf-8")
    requests = [element for element in walk(plan_of(PLANS / f"{name}.lplan")) if isinstance(element, HttpRequest)]
    assert {bare(path) for path in paths_of(script)} == {bare(request.path) for request in requests}


def paths_of(script: str) -> set[str]:
    """The paths that a k6 script asks for: written where it asks, or named in a table first."""
    table = re.search(r"analytics: \{(.*?)\}", script, re.DOTALL)
    inner = table[1] if table else ""
    named = dict(re.findall(r"(\w+): '(/[^']*)'", script.replace(inner, "")))
    named |= {f"analytics.{key}": path for key, path in re.findall(r"(\w+): '(/[^']*)'", inner)}
    used = {named[key] for key in re.findall(r"\$\{endpoints\.((?:analytics\.)?\w+)", script)}
    used |= set(re.findall(r"\$\{(?:baseUrl|BASE_URL)\}(/[^`]+)`", script))
    return used | set(re.findall(r"(?:^\s+|_ENDPOINT = )'(/[^']+)'[,;]", script, re.MULTILINE))


def bare(path: str) -> str:
    """The path without its query, holes as stars."""
    return re.sub(r"\$?\{[\w.]+\}", "*", path).split("?")[0]


@pytest.mark.parametrize("folder", [".", "examples"])
def test_the_page_names_every_plan(folder: str) -> None:
    links = set(re.findall(r"\]\(([\w/.-]+\.lplan)\)", readme()))
    here = {file.relative_to(PLANS).as_posix() for file in (PLANS / folder).glob("*.lplan")}
    included = {"examples/login.lplan"}
    assert here - included <= links
    assert all((PLANS / link).is_file() for link in links)
