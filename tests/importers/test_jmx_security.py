"""Hostile and broken files (reliability tests R25, R26, R27)."""

from __future__ import annotations

import random
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from silhouette_plan.importers.jmx import port_report, read, render_text, write

from silhouette_plan.plan.testplan import TestPlan

HEAD = '<?xml version="1.0"?>\n'
PLAN = '<jmeterTestPlan version="1.2"><hashTree><TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="{}"/><hashTree/></hashTree></jmeterTestPlan>'

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
REFUSED = {
    "billion laughs": (f'{HEAD}<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>' + PLAN.format("&l9;"), "JX006"),
    "quadratic blow-up": (f'{HEAD}<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>' + PLAN.format("&a;" * 50_000), "JX006"),
    "external entity, file": (f'{HEAD}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + PLAN.format("&a;"), "JX006"),
    "external entity, http": (f'{HEAD}<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:1/a">]>' + PLAN.format("&a;"), "JX006"),
    "external DTD": (f'{HEAD}<!DOCTYPE x SYSTEM "http://127.0.0.1:1/a.dtd">' + PLAN.format("x"), "JX006"),
    "parameter entity": (f'{HEAD}<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>' + PLAN.format("x"), "JX006"),
    "lower case doctype": (f"{HEAD}<!doctype x>" + PLAN.format("x"), "JX006"),
    "undeclared entity": (HEAD + PLAN.format("&nbsp;"), "JX007"),
    "100,000 nested": (HEAD + "<jmeterTestPlan>" + "<hashTree>" * 100_000 + "</hashTree>" * 100_000 + "</jmeterTestPlan>", "JX005"),
    "400 controllers deep": (
        HEAD + "<jmeterTestPlan>" + '<hashTree><GenericController guiclass="LogicControllerGui" testclass="GenericController"/>' * 400
        + "<hashTree/>" + "</hashTree>" * 400 + "</jmeterTestPlan>",
        "JX005",
    ),
    "empty": ("", "JX001"),
    "blank": (" \n ", "JX001"),
    "text": ("hello", "JX002"),
    "text with a mark": ("1 < 2", "JX002"),
    "binary": ("\x7fELF\0\0\0\0", "JX002"),
    "other XML": ("<project><name/></project>", "JX003"),
    "broken other XML": ("<html><br></html>", "JX003"),
    "no elements": ("<jmeterTestPlan/>", "JX009"),
    "deep properties": (
        PLAN.format("x").replace("/><hashTree/>", ">" + '<elementProp name="a" elementType="x">' * 200 + "</elementProp>" * 200 + "</TestPlan><hashTree/>"),
        "JX005",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_at_once_with_a_code(name: str) -> None:
    text, code = REFUSED[name]
    source = text.encode()
    read(b"<jmeterTestPlan/>", "warm-up")
    tracemalloc.start()
    begun = time.perf_counter()
    reading = read(source, "evil.jmx")
    taken = time.perf_counter() - begun
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reading.plan is None
    assert reading.diagnostics[-1].code == code
    assert reading.diagnostics[-1].span is not None
    assert peak < 50_000_000
    assert taken < 0.5, "50 ms without the tracing of memory and beside other tests"


def test_hundred_megabytes_get_one_quick_answer() -> None:
    source = b"<jmeterTestPlan>" + b" " * 100_000_000
    begun = time.perf_counter()
    reading = read(source, "big.jmx")
    assert time.perf_counter() - begun < 0.5
    assert [one.code for one in reading.diagnostics] == ["JX004"]


def test_a_document_type_in_text_is_text() -> None:
    plan = TestPlan(name="<!DOCTYPE x>", comments="<!DOCTYPE y> &z;")
    assert read(write(plan), "p.jmx").plan == plan


def test_what_jmeter_itself_nests_is_read() -> None:
    deep = '<hashTree><GenericController guiclass="LogicControllerGui" testclass="GenericController" testname="c"/>'
    text = PLAN.format("P").replace("<hashTree/>", deep * 240 + "<hashTree/>" + "</hashTree>" * 240)
    reading = read(text.encode(), "deep.jmx")
    assert reading.diagnostics == ()
    assert reading.plan is not None


def test_large_text_is_read() -> None:
    text = "x" * 11_000_000
    reading = read(PLAN.format(text).encode(), "large.jmx")
    assert reading.plan is not None
    assert len(reading.plan.name) == len(text)


@settings(max_examples=60, deadline=2000)
@given(st.one_of(st.binary(max_size=200), st.text(alphabet="<>/&;!-[]?\"'= \nab", max_size=60).map(_ := lambda t: (f"<jmeterTestPlan>{t}").encode())))  # fmt: skip
def test_any_bytes_give_diagnostics_only(source: bytes) -> None:
    reading = read(source, "any.jmx")
    assert reading.plan is not None or reading.diagnostics
    render_text(port_report(reading))


def _mutated(source: bytes, chance: random.Random) -> bytes:
    data = bytearray(source)
    at = chance.randrange(len(data))
    match chance.randrange(6):
        case 0:
            data[at] ^= 1 << chance.randrange(8)
        case 1:
            del data[at : at + chance.randrange(1, 400)]
        case 2:
            del data[at:]
        case 3:
            data[at:at] = chance.choice(
                [b"<", b"&", b">", b'"', b"</hashTree>", b"<hashTree>", b"\0", b"]]>", b"<!--", b"-->"]
            )
        case 4:
            tags = [b"stringProp", b"boolProp", b"hashTree", b"elementProp", b"collectionProp", b"intProp"]
            data = bytearray(bytes(data).replace(chance.choice(tags), chance.choice(tags), chance.randrange(1, 4)))
        case _:
            length = chance.randrange(1, 200)
            data[at:at] = data[max(at - length, 0) : at]
    return bytes(data)


def test_a_thousand_mutations_never_a_traceback(cases: Path, shared: Path) -> None:
    chance = random.Random(26)
    sources = [
        (shared / "seeds" / "concurrent-users.jmx").read_bytes(),
        *(
            (cases / name / "plan.jmx").read_bytes()
            for name in ("http_json_flow", "tx_nested", "csv_in_loop", "user_params")
        ),
    ]
    slowest = 0.0
    for _ in range(1000):
        source = chance.choice(sources)
        for _ in range(chance.randrange(1, 4)):
            source = _mutated(source, chance) or b"<"
        begun = time.perf_counter()
        reading = read(source, "mutated.jmx")
        slowest = max(slowest, time.perf_counter() - begun)
        assert reading.plan is not None or reading.diagnostics
    assert slowest < 1


@pytest.mark.parametrize(
    "attack",
    ["<a " * 300_000, '<a "' * 200_000, "<!-- " * 200_000, "<![CDATA[" * 100_000, "&a" * 400_000, "]]>" * 300_000, "<?a " * 200_000,
     '<stringProp name="a">' * 50_000, "</a" * 200_000, "<a b='" * 100_000, "- -->" * 100_000, "<!--" + "-" * 500_000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_no_text_makes_the_mending_slow(attack: str) -> None:
    begun = time.perf_counter()
    reading = read(f"<jmeterTestPlan><hashTree>{attack}".encode(), "attack.jmx")
    assert time.perf_counter() - begun < 2
    assert reading.diagnostics


def test_reading_touches_nothing_outside(shared: Path) -> None:
    source = (shared / "seeds" / "concurrent-users.jmx").read_bytes()
    hostile = [text.encode() for text, _ in REFUSED.values()]
    seen: list[str] = []
    watching = True

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if watching and event.split(".")[0] in {"open", "socket", "subprocess", "os", "urllib", "exec", "import"}:
            seen.append(f"{event} {arguments[:1]}")

    write(read(source, "warm-up").plan or TestPlan())
    for text in hostile:
        read(text, "warm-up")
    sys.addaudithook(hook)
    try:
        write(read(source, "seed.jmx").plan or TestPlan())
        for text in hostile:
            read(text, "evil.jmx")
    finally:
        watching = False
    assert seen == []
