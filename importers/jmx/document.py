"""Text to an XML tree: strictly, with no entities, no DTD and no network; mended first where it must be."""

from __future__ import annotations

from lxml import etree
from silhouette_plan.importers.jmx.controls import hide_controls
from silhouette_plan.importers.jmx.findings import Findings, Refused
from silhouette_plan.importers.jmx.guard import guard
from silhouette_plan.importers.jmx.markup import mend


def parse(text: str, findings: Findings) -> etree._Element:
    """The root of ``text``.

    Raises:
        Refused: it is no XML, is refused by ``guard``, or cannot be mended.
    """
    if "<" not in text:
        findings.add("JX002", "the file is not XML", hint="a .jmx is the XML file that JMeter saves")
        raise Refused
    guard(text, findings)
    text = hide_controls(text, findings)
    try:
        return _strict(text)
    except etree.XMLSyntaxError:
        mended = mend(text, findings)
    try:
        return _strict(mended)
    except etree.XMLSyntaxError as problem:
        findings.add("JX008", f"the XML cannot be mended: {problem.msg}", problem.lineno or 1)
        raise Refused from None


def _strict(text: str) -> etree._Element:
    # the guard has bounded depth and size, so libxml2's own limits (256 levels, 10 MB of text) may be lifted
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_pis=True,
        huge_tree=True,
        recover=False,
    )
    return etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
