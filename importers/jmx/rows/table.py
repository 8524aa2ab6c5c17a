"""All element rows, and how to find one: by tag and guiclass when reading, by kind when writing."""

from __future__ import annotations

from collections import defaultdict

from silhouette_plan.importers.jmx.raw import simple_name
from silhouette_plan.importers.jmx.rows import (
    assertions,
    configs,
    controllers,
    listeners,
    plan,
    processors,
    samplers,
    timers,
)
from silhouette_plan.importers.jmx.rows.row import Row

from silhouette_plan.plan.base import Element

ROWS: tuple[Row, ...] = (
    *plan.ROWS,
    *controllers.ROWS,
    *samplers.ROWS,
    *configs.ROWS,
    *timers.ROWS,
    *processors.ROWS,
    *assertions.ROWS,
    *listeners.ROWS,
)
"""One row a way of writing."""

BY_TAG: dict[str, Row] = {tag: row for row in ROWS if not row.only_gui for tag in (row.tag, *row.tags)}
"""Rows that the tag alone decides."""

BY_GUI: dict[str, Row] = {}
"""Rows by a guiclass that only they have, by its simple name."""

_gui_rows: defaultdict[str, list[Row]] = defaultdict(list)
for _row in ROWS:
    for _gui in (_row.gui, *_row.old_guis, *_row.other_guis):
        _gui_rows[simple_name(_gui)].append(_row)
BY_GUI.update({gui: rows[0] for gui, rows in _gui_rows.items() if len(rows) == 1})

JMETER_ONLY = frozenset(
    [
        "AccessLogSampler",
        "AjpSampler",
        "AnchorModifier",
        "AssertionVisualizer",
        "BoltConnectionElement",
        "BoltSampler",
        "ConfigTestElement",
        "FTPSampler",
        "HttpMirrorControl",
        "JavaConfig",
        "JMSSampler",
        "JUnitSampler",
        "LDAPExtSampler",
        "LDAPSampler",
        "LoginConfig",
        "MailReaderSampler",
        "MailerResultCollector",
        "MongoScriptSampler",
        "MongoSourceElement",
        "ParamMask",
        "ParamModifier",
        "PropertyControl",
        "ProxyControl",
        "PublisherSampler",
        "RegExUserParameters",
        "SMIMEAssertion",
        "SmtpSampler",
        "SoapSampler",
        "SubscriberSampler",
        "URLRewritingModifier",
        "UserParameterModifier",
        "WebServiceSampler",
        "WorkBench",
    ]
)
"""JMeter's own elements that have no row: never a misspelling of another one."""


def row_for(tag: str, gui: str) -> Row | None:
    """The row of an element written ``<tag guiclass="gui">``, both perhaps with their packages; None if none is known."""
    row = BY_TAG.get(tag) or (BY_TAG.get(simple_name(tag)) if tag.startswith("org.apache.jmeter.") else None)
    if row:
        return row
    by_gui = BY_GUI.get(simple_name(gui))
    return by_gui if by_gui and by_gui.only_gui and simple_name(tag) in (by_gui.tag, *by_gui.tags) else None


def writing_row(element: Element) -> Row | None:
    """The row that writes ``element``; None for what JMeter has no element for."""
    return next((row for row in ROWS if row.writes(element)), None)
