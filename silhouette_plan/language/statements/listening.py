"""Listeners: where results go."""

from __future__ import annotations

from typing import Any

from silhouette_plan.language.expressions.printing import is_word
from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.model import Built, Clause, Operand, Place, Row, Value, Values, differing
from silhouette_plan.language.statements.steps import argument_line
from silhouette_plan.language.statements.values import DURATION, NUMBER, TERM, TEXT, choice, word_or_text
from silhouette_plan.language.texts import spell
from silhouette_plan.language.tokens import TEXTS
from silhouette_plan.plan.listeners import (
    BackendListener,
    Export,
    Report,
    ResultCollector,
    ResultSaver,
    Summariser,
    SummaryLine,
)

_OFF_BY_DEFAULT = (
    "encoding",
    "responseData",
    "samplerData",
    "xml",
    "responseHeaders",
    "requestHeaders",
    "responseDataOnError",
)
_STANDARD = tuple(
    (name, "0" if name == "assertionsResultsToSave" else "false" if name in _OFF_BY_DEFAULT else "true")
    for name in [
        "time",
        "latency",
        "timestamp",
        "success",
        "label",
        "code",
        "message",
        "threadName",
        "dataType",
        "encoding",
        "assertions",
        "subresults",
        "responseData",
        "samplerData",
        "xml",
        "fieldNames",
        "responseHeaders",
        "requestHeaders",
        "responseDataOnError",
        "saveAssertionResultsFailureMessage",
        "assertionsResultsToSave",
        "bytes",
        "sentBytes",
        "url",
        "threadCounts",
        "idleTime",
        "connectTime",
    ]
)
"""What JMeter 5.5 writes for a new listener, called `standard`."""

# ---- fields: standard, +url, -idleTime, name "text"


def _read_fields(cursor: Cursor) -> tuple[tuple[str, str], ...]:
    saved: dict[str, str] = {}
    if cursor.take_word("standard"):
        saved.update(_STANDARD)
        if not cursor.take_sign(","):
            return tuple(saved.items())
    while True:
        name, value = _read_field(cursor)
        saved[name] = value
        if not cursor.take_sign(","):
            return tuple(saved.items())


def _read_field(cursor: Cursor) -> tuple[str, str]:
    value = "true" if cursor.take_sign("+") else "false" if cursor.take_sign("-") else None
    name = cursor.text() if cursor.here.type in TEXTS else cursor.name("a field such as `+url`")
    return name, cursor.text() if value is None else value


def _show_fields(save: tuple[tuple[str, str], ...]) -> str | None:
    names = [name for name, _ in save]
    if len(set(names)) != len(names) or not save:
        return None
    if tuple(names[: len(_STANDARD)]) == tuple(name for name, _ in _STANDARD):
        changed = [pair for pair in save if pair not in _STANDARD]
        return ", ".join(["standard", *(_field(*pair) for pair in changed)])
    return ", ".join(_field(*pair) for pair in save)


def _field(name: str, value: str) -> str:
    spelled = name if is_word(name) and name not in ("standard", "var") else spell(name)
    sign = {"true": "+", "false": "-"}.get(value)
    return f"{sign}{spelled}" if sign else f"{spelled} {spell(value)}"


_FIELDS = Value("fields such as `+url, -idleTime`", _read_fields, _show_fields)
_ONLY = choice("`errors` or `successes`", {"errors": "errors", "successes": "successes"})


def _only(values: Values) -> Values:
    only = values.pop("only", None)
    return {**values, f"{only}_only": True} if only else values


def _of_only(element: ResultCollector | ResultSaver) -> Values:
    if element.errors_only is True:
        return {"only": "errors"}
    return {"only": "successes"} if element.successes_only is True else {}


# ---- exports


def _read_options(cursor: Cursor) -> tuple[str, ...]:
    options = []
    while not cursor.done and not cursor.here.is_word("as"):
        options.append(TERM.read(cursor))
    return tuple(options)


def _show_options(options: tuple[str, ...]) -> str | None:
    return " ".join(option if is_word(option) and option != "as" else spell(option) for option in options) or None


_OPTIONS = Value("options", _read_options, _show_options, lambda cursor: not cursor.here.is_word("as"))


def _listener(verb: str, kind: Any, jmeter: str, summary: str, example: str, **more: Any) -> Row:
    return Row(verb=verb, kinds=(kind,), place=Place.SCOPED, jmeter=jmeter, summary=summary, example=example, **more)


def _collector(values: Values) -> Built:
    return ResultCollector, _only(values)


def _of_collector(element: ResultCollector) -> Values:
    return {"file": element.file, **_of_only(element), **differing(element, "save", "gui")}


def _saver(values: Values) -> Built:
    return ResultSaver, _only(values)


_SAVER_FIELDS = ("variable", "skip_auto_number", "skip_suffix", "add_timestamp", "pad", "ignore_transactions")


def _of_saver(element: ResultSaver) -> Values:
    return {"file": element.file, **_of_only(element), **differing(element, *_SAVER_FIELDS)}


ROWS = (
    _listener(
        "write jtl",
        ResultCollector,
        "Simple Data Writer and its kin",
        "Writes samples to a file. `fields` are JMeter's switches: `standard` and what differs from it.",
        'write jtl "errors.csv" only errors fields standard, +encoding, -url',
        operands=(Operand("file", TEXT),),
        clauses=(
            Clause("only", "only", _ONLY),
            Clause("fields", "save", _FIELDS),
            Clause("view", "gui", word_or_text("a view")),
        ),
        build=_collector,
        values_of=_of_collector,
    ),
    _listener(
        "report",
        Report,
        "none",
        "The figures and the verdict in a file, when the run is over. `html` is not built yet: a run says so and goes on without.",
        'report json "results/figures.json"',
        operands=(Operand("format", choice("a format", {"html": "html", "json": "json"})), Operand("path", TEXT)),
    ),
    _listener(
        "summary",
        SummaryLine,
        "none",
        "The time between the summary's lines while the run goes on, in whole seconds; 30 s where nothing is said.",
        "summary every 30s",
        operands=(Operand("every", DURATION, sign="every"),),
    ),
    _listener("summariser", Summariser, "Generate Summary Results", "JMeter's summary lines.", "summariser"),
    _listener(
        "export",
        Export,
        "none",
        "Sends metrics elsewhere while the test runs. Not built yet: a run says so and goes on without.",
        'export influx "http://localhost:8086" token "${token}"',
        operands=(Operand("target", word_or_text("a target", "as")), Operand("options", _OPTIONS, optional=True)),
    ),
    _listener(
        "backend",
        BackendListener,
        "Backend Listener",
        "JMeter's own exporter, kept for the way back.",
        'backend "org.apache.jmeter.visualizers.backend.graphite.GraphiteBackendListenerClient" queue 5000 {\n  arg "graphiteHost" "localhost"\n}',
        operands=(Operand("class_name", TEXT),),
        clauses=(Clause("queue", "queue_size", NUMBER),),
        lines=(argument_line("arg", "arguments", "An argument of the class."),),
    ),
    _listener(
        "save-responses",
        ResultSaver,
        "Save Responses to a file",
        "Writes each response to a file of its own: the name, a number and the kind of content, such as `out/1.html`. With "
        "`transactions`, the empty bodies of transactions too.",
        'save-responses "out/" only errors skip-suffix',
        operands=(Operand("file", TEXT),),
        clauses=(
            Clause("only", "only", _ONLY),
            Clause("into", "variable", TEXT),
            Clause("skip-number", "skip_auto_number"),
            Clause("skip-suffix", "skip_suffix"),
            Clause("timestamp", "add_timestamp"),
            Clause("pad", "pad", NUMBER),
            Clause("transactions", "ignore_transactions", constant=False),
        ),
        build=_saver,
        values_of=_of_saver,
    ),
)
"""Listeners."""
