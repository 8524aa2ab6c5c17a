"""``.jmx`` → plan: decode, refuse what is dangerous, mend the text, parse strictly, set the tree right, name by name."""

from __future__ import annotations

from dataclasses import replace

from silhouette_plan.importers.jmx.addresses import move_urls
from silhouette_plan.importers.jmx.decode import decode
from silhouette_plan.importers.jmx.document import parse
from silhouette_plan.importers.jmx.elements import build
from silhouette_plan.importers.jmx.findings import Findings, Refused
from silhouette_plan.importers.jmx.marker import restored
from silhouette_plan.importers.jmx.references import MARK, resolve
from silhouette_plan.importers.jmx.tree import forest
from silhouette_plan.importers.jmx.unit_texts import in_our_words

from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.records import record
from silhouette_plan.plan.span import Span
from silhouette_plan.plan.testplan import Foreign, TestPlan


@record
class Reading:
    """A plan as far as it could be read (None: not at all), and everything worth saying about it, in file order."""

    plan: TestPlan | None
    diagnostics: tuple[Diagnostic, ...]


def read(source: bytes, file: str, *, strict: bool = False) -> Reading:
    """Read a JMeter plan. ``file`` names it in spans; nothing is opened or executed.

    What can be mended is mended and reported as a warning, or with ``strict`` as an error; the plan is given either
    way. A well-formed, correct plan gives no diagnostics.
    """
    findings = Findings(file, strict)
    try:
        text = decode(source, findings)
        root = parse(text, findings)
        if MARK in text:
            root = resolve(root, findings)
        plan = _root(build(forest(root, findings), findings), findings)
    except Refused:
        return Reading(None, findings.sorted())
    plan = move_urls(restored(plan, findings), findings)
    return Reading(in_our_words(plan) if b"__groovy(" in source else plan, findings.sorted())


def _root(tops: tuple[Element, ...], findings: Findings) -> TestPlan:
    """The Test Plan among the elements at the top; the others become its children."""
    plans = [top for top in tops if isinstance(top, TestPlan)]
    others = [top for top in tops if not isinstance(top, TestPlan)]
    for second in plans[1:]:
        findings.add("JX207", f"“{second.name}” is a second Test Plan", _line(second))
    kept = tuple(_stored(one) for one in others if not _is_empty_bench(one, findings))
    if not plans:
        return _supplied(kept, findings)
    plan = plans[0]
    loose = [one for one in kept if one.enabled]
    if loose:
        findings.add(
            "JX206", f"“{loose[0].name}” stands outside the Test Plan; it is read as part of it", _line(loose[0])
        )
    return replace(plan, children=(*plan.children, *kept)) if kept else plan


def _supplied(kept: tuple[Element, ...], findings: Findings) -> TestPlan:
    if not kept:
        findings.add("JX009", "the file holds no Test Plan")
        raise Refused
    findings.add("JX206", "the elements stand in no Test Plan; one is supplied", _line(kept[0]))
    return TestPlan(name="Test Plan", children=kept, span=Span(findings.file, 1, path="Test Plan"))


def _is_bench(element: Element) -> bool:
    return isinstance(element, Foreign) and element.tag == "WorkBench"


def _is_empty_bench(element: Element, findings: Findings) -> bool:
    if not _is_bench(element):
        return False
    state = "kept, switched off" if element.children else "empty and left out"
    findings.add("JX208", f"the WorkBench is {state}", _line(element))
    return not element.children


def _stored(element: Element) -> Element:
    return replace(element, enabled=False) if _is_bench(element) else element


def _line(element: Element) -> int:
    return element.span.line if element.span else 1
