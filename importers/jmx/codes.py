"""The importer's diagnostic codes. A warning is a repair; ``--strict`` makes it an error."""

from __future__ import annotations

from silhouette_plan.diagnostics import Code, Severity

_TABLE: tuple[tuple[str, Severity, str, str], ...] = (
    # refused
    ("JX001", Severity.ERROR, "empty file", "The file holds nothing, or only white space."),
    ("JX002", Severity.ERROR, "not XML", "A `.jmx` is an XML file whose root is `jmeterTestPlan`."),
    (
        "JX003",
        Severity.ERROR,
        "not a JMeter plan",
        "The file is XML, but its root is not `jmeterTestPlan`. Result files (`testResults`) and plans of JMeter 2.0 "
        "and older (`testelement`) are not read; open and save an old plan with JMeter first.",
    ),
    (
        "JX004",
        Severity.ERROR,
        "file too large",
        "Plans up to 32 MB are read. Large bodies belong in files of their own (`Body from file`, CSV data sets).",
    ),
    (
        "JX005",
        Severity.ERROR,
        "nested too deeply",
        "Elements may nest 250 levels, properties 100, and the XML as a whole 1,000.",
    ),
    (
        "JX006",
        Severity.ERROR,
        "DOCTYPE refused",
        "JMeter never writes a document type. It is how XML is made to read files, open connections or explode "
        "(XXE, *billion laughs*), so a plan that has one is not read.",
    ),
    (
        "JX007",
        Severity.ERROR,
        "entity reference refused",
        "Only the five entities of XML (`&amp; &lt; &gt; &quot; &apos;`) and characters by number have a meaning in a plan. "
        "Write `&amp;name;` where the text itself is meant.",
    ),
    (
        "JX008",
        Severity.ERROR,
        "not well-formed",
        "The XML is broken in a way that cannot be mended without guessing.",
    ),
    ("JX009", Severity.ERROR, "no test plan", "The file has no Test Plan and nothing that could stand in one."),
    # text level
    (
        "JX101",
        Severity.WARNING,
        "stray `<`",
        "A `<` that begins no markup was read as text, as if written `&lt;`. Nothing of the text is lost.",
    ),
    (
        "JX102",
        Severity.WARNING,
        "stray `&`",
        "An `&` that begins no reference was read as text, as if written `&amp;`. Nothing of the text is lost.",
    ),
    ("JX103", Severity.WARNING, "missing end tag", "An element was not closed; its end tag was supplied."),
    ("JX104", Severity.WARNING, "stray end tag", "An end tag that closes nothing was left out."),
    ("JX105", Severity.WARNING, "mismatched end tag", "An end tag was spelled otherwise than its start tag."),
    ("JX106", Severity.WARNING, "broken tag", "A tag's attributes were not well-formed: quotes, `<`, doubles, or a missing `>`."),
    ("JX107", Severity.WARNING, "control characters", "Characters that XML forbids were kept in the text they stand in."),
    ("JX108", Severity.WARNING, "misplaced XML declaration", "An `<?xml … ?>` after the beginning was left out."),
    ("JX109", Severity.WARNING, "text outside the plan", "What stands before or after `jmeterTestPlan` was left out."),
    ("JX110", Severity.WARNING, "encoding", "The bytes are not in the encoding the file names; another one fits."),
    ("JX111", Severity.WARNING, "broken comment", "A comment that XML forbids, or that never ends, was mended."),
    # tree level
    (
        "JX201",
        Severity.WARNING,
        "hashTree wrapper",
        "A `hashTree` with no element before it, or after an element that can hold none, was opened: what it holds belongs "
        "to the level it stands in.",
    ),
    ("JX202", Severity.WARNING, "missing hashTree", "An element was not followed by its `hashTree`; an empty one is meant."),
    (
        "JX203",
        Severity.WARNING,
        "children inside their element",
        "A `hashTree`, or an element without one, stood inside the element and not in the `hashTree` after it.",
    ),
    ("JX204", Severity.WARNING, "text between elements", "Text between the elements of a tree has no meaning and was left out."),
    ("JX205", Severity.WARNING, "property outside an element", "A property between elements belongs to none and was left out."),
    ("JX206", Severity.WARNING, "no Test Plan element", "The elements stood in no Test Plan; one was supplied."),
    ("JX207", Severity.ERROR, "second Test Plan", "A file holds one Test Plan. Only the first one was read."),
    ("JX208", Severity.NOTE, "WorkBench", "The WorkBench of JMeter 2 and 3 is no part of a run; what it held is kept, switched off."),
    # name level
    ("JX301", Severity.WARNING, "wrong element name", "The element is written under a name that JMeter does not know."),
    ("JX302", Severity.WARNING, "wrong guiclass", "The `guiclass` does not belong to the element, and JMeter could not open it."),
    ("JX303", Severity.WARNING, "wrong property name", "The property is written under a name that the element does not read."),
    (
        "JX304",
        Severity.WARNING,
        "unknown property",
        "The element reads no property of this name. It has no effect; it is kept for the way back.",
    ),
    ("JX305", Severity.WARNING, "wrong property type", "The property's tag does not fit its content."),
    ("JX306", Severity.WARNING, "property given twice", "Of two properties with one name the last counts, as in JMeter."),
    ("JX307", Severity.WARNING, "URL in the domain field", "The host name field held a whole URL; it was moved to the path, which may hold one."),
    ("JX308", Severity.WARNING, "missing elementType", "An `elementProp` did not say what it is; its place says so."),
    (
        "JX309",
        Severity.NOTE,
        "old name",
        "A name of JMeter 2 (`upgrade.properties`), or of a plugin that became a part of JMeter, was read as its present one.",
    ),
    ("JX310", Severity.WARNING, "wrong value", "A value that the element does not know was read as the one that was meant."),
    ("JX311", Severity.WARNING, "missing attribute", "An attribute that JMeter needs was supplied, or one that contradicts the tag ignored."),
    ("JX312", Severity.WARNING, "nested property left out", "A part of a property that nothing reads was left out."),
    (
        "JX313",
        Severity.WARNING,
        "broken reference",
        "A property said that it is the same as another one (`reference=…`), and that one is not there. It reads as empty.",
    ),
    (
        "JX314",
        Severity.NOTE,
        "left over from recording",
        "The property holds what stood in scope when the request was recorded. JMeter clears it before each sample, so it is left out.",
    ),
    (
        "JX401",
        Severity.NOTE,
        "unknown element",
        "The element is one of a plugin, or one of JMeter's, that silplan does not have. It is kept whole for export and cannot run.",
    ),
    (
        "JX402",
        Severity.WARNING,
        "element kept whole",
        "A value of the element cannot be held by the plan (a number that is computed, lists of unequal length). "
        "The element is kept whole for export and cannot run.",
    ),
    (
        "JX403",
        Severity.NOTE,
        "edited since export",
        "The element was exported from the language and then changed in JMeter; JMeter's form is kept.",
    ),
    # export
    (
        "JX501",
        Severity.ERROR,
        "no XML name",
        "An element kept whole, or a property of one, has a tag or attribute name that XML does not allow, so it cannot be exported.",
    ),
    (
        "JX502",
        Severity.NOTE,
        "exported switched off",
        "JMeter cannot do what the element does. It stands in the exported file as a Simple Config Element that is off, "
        "and comes back as it was when silplan reads that file.",
    ),
)  # fmt: skip

CODES: dict[str, Code] = {code: Code(code, title, text, severity) for code, severity, title, text in _TABLE}
"""Every code of this room."""
