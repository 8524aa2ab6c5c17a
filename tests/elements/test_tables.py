"""Every kind of a family that makes steps has a row, or a reason for having none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from silhouette_plan.elements import tables
from silhouette_plan.elements.codes import CODES
from silhouette_plan.elements.reads import EVERYTHING, READS, reads
from silhouette_plan.plan.assertions import ResponseAssertion
from silhouette_plan.plan.base import Assertion, Config, Element, PostProcessor, PreProcessor, Timer
from silhouette_plan.plan.expressions import Binary, Call, Literal, Name, TextLiteral
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.processors import Check, RegexExtractor, ScriptPostProcessor
from silhouette_plan.program.late import Late
from silhouette_plan.protocols.http.tables import DATA as RENEWALS
from silhouette_plan.protocols.tables import SAMPLERS

FAMILIES = (PreProcessor, PostProcessor, Assertion, Timer, Config)
TABLES = tables.OF_STEPS
FACTORIES = [
    row
    for table in (*TABLES, tables.AROUND, tables.QUERIES, SAMPLERS, RENEWALS)
    for row in table.values()
    if isinstance(row, Late)
]


def test_every_kind_has_a_row_or_a_reason() -> None:
    told: set[type[Element]] = {kind for table in TABLES for kind in table}
    told |= {*tables.UNSUPPORTED, *tables.HANDLED_ELSEWHERE}
    missing = [name for name, kind in KINDS.items() if issubclass(kind, FAMILIES) and kind not in told]
    assert not missing


def test_a_kind_is_either_built_or_refused() -> None:
    built = {kind for table in TABLES for kind in table}
    assert not built & {*tables.UNSUPPORTED, *tables.HANDLED_ELSEWHERE}


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.place)
def test_every_factory_exists(factory: Late) -> None:
    assert callable(factory.load())


def test_to_compile_a_request_takes_no_event_loop_and_no_library_that_few_plans_need() -> None:
    code = "import sys, silhouette_plan.compile, silhouette_plan.protocols.http.sampler; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "silhouette_plan.compile" in loaded
    assert {"lxml", "jmespath", "jsonschema", "trio"}.isdisjoint(loaded)


def test_what_looks_at_a_sample_says_at_what() -> None:
    looking = {*tables.POST_PROCESSORS, *tables.ASSERTIONS}
    assert looking <= READS.keys()


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (ResponseAssertion(field="Assertion.response_code"), (False, False, False)),
        (ResponseAssertion(field="Assertion.response_headers"), (False, True, False)),
        (ResponseAssertion(field="Assertion.request_data"), (False, False, True)),
        (ResponseAssertion(scope="variable", scope_variable="v"), (False, False, False)),
        (RegexExtractor(source="true"), (False, True, False)),
        (RegexExtractor(), (True, False, False)),
        (ScriptPostProcessor(), EVERYTHING),
        (Check(condition=Binary("<", Name("time"), Literal(500))), (False, False, False)),
        (Check(condition=Binary("==", Call("json", (TextLiteral("$.a"),)), Literal(1))), (True, False, False)),
        (Check(condition=Literal(True), when=Call("header", (TextLiteral("A"),))), (False, True, False)),
    ],
)
def test_what_is_looked_at(node: Element, expected: tuple[bool, bool, bool]) -> None:
    assert reads(node) == expected


def test_codes_are_of_this_room() -> None:
    assert all(code.startswith("EL") and code == kind.code for code, kind in CODES.items())
