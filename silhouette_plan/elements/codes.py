"""Diagnostics of elements, and how a factory reports one."""

from __future__ import annotations

from silhouette_plan.diagnostics import Code, Diagnostic, Severity
from silhouette_plan.plan.base import Element
from silhouette_plan.program.build import Build


def _table(*codes: Code) -> dict[str, Code]:
    return {code.code: code for code in codes}


CODES: dict[str, Code] = _table(
    Code(
        "EL001",
        "regular expression that cannot be read",
        "The pattern is not a regular expression in Perl 5 syntax as Jakarta ORO, JMeter's engine, reads it. JMeter "
        "notices at each sample: an extractor leaves its default, an assertion fails with *Bad test configuration*.",
        Severity.WARNING,
    ),
    Code(
        "EL002",
        "document conversion is not supported",
        "*Body as a Document* makes text of PDF, Office and other files with Apache Tika. silplan has no such "
        "converter. Use the body itself, or *unescaped* for HTML entities.",
    ),
    Code(
        "EL003",
        "query that cannot be read",
        "The JSONPath, JMESPath, XPath or CSS expression has an error. JMeter notices at each sample: the extractor "
        "leaves its default, the assertion fails.",
        Severity.WARNING,
    ),
    Code(
        "EL004",
        "query that this version cannot run",
        "The expression needs something that silplan does not have: XPath 2 and 3 beyond what XPath 1 has, or, "
        "with the CSS implementation Jodd, a selector beyond CSS 3.",
    ),
    Code(
        "EL005",
        "number of names, paths and defaults differ",
        "A JSON Extractor with several variables needs as many paths and default values, each list split by `;`. "
        "JMeter stops processing such a sample with an error each time.",
    ),
    Code(
        "EL006",
        "HTML Assertion is not supported",
        "The HTML Assertion counts the errors and warnings of JTidy, which silplan does not have.",
    ),
    Code(
        "EL007",
        "file is missing",
        "A data file that the plan names cannot be read. Relative paths start at the plan's folder.",
    ),
    Code(
        "EL008",
        "unknown encoding",
        "The encoding of a data file is not one that this version knows. Use a name such as `UTF-8` or `ISO-8859-1`.",
    ),
    Code(
        "EL009",
        "schema that cannot be read",
        "The file is no JSON Schema or XML Schema.",
    ),
    Code(
        "EL010",
        "validation against a DTD is not supported",
        "silplan reads XML without document type definitions: they can make it read files and call servers.",
    ),
    Code(
        "EL011",
        "bad number format",
        "The format is not one that Java's `DecimalFormat` takes; JMeter then writes the plain number.",
        Severity.WARNING,
    ),
    Code(
        "EL012",
        "schedule that cannot be read",
        "A row of a Throughput Shaping Timer, or a number of a timer, is not a number.",
    ),
    Code(
        "EL013",
        "badly quoted row",
        "A row of a quoted CSV file has a quote where none may stand. JMeter takes it for the end of the file.",
        Severity.WARNING,
    ),
    Code(
        "EL014",
        "no system properties",
        "The element would list Java's system properties, which do not exist here. The list stays empty.",
        Severity.WARNING,
    ),
    Code(
        "EL016",
        "query on a body of another format",
        "A query such as `json(…)` met a body that is not of its format, or cannot be applied to it; it is unset there. "
        "Told once for each kind of query and run.",
        Severity.WARNING,
    ),
)


def complain(build: Build, node: Element, code: str, detail: str = "", hint: str = "") -> None:
    """Reports ``code`` at ``node`` as the table says it; ``detail`` follows its title."""
    kind = CODES[code]
    name = f" ({node.name})" if node.name else ""
    message = f"{type(node).__name__}{name}: {kind.title}" + (f": {detail}" if detail else "")
    build.report(Diagnostic(code, message, node.span, kind.severity, hint=hint))
