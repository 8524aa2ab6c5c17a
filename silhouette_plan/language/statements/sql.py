"""Databases and their statements."""

from __future__ import annotations

from typing import Any

from silhouette_plan.language.statements.model import (
    Built,
    Clause,
    Line,
    Operand,
    Place,
    Row,
    Values,
    defaults_of,
    differing,
)
from silhouette_plan.language.statements.values import (
    LONG_TEXT,
    MILLISECONDS,
    NAME,
    NUMBER,
    SECONDS,
    TEXT,
    choice,
    ranged,
    word_or_text,
)
from silhouette_plan.language.texts import without_holes
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import Database
from silhouette_plan.plan.processors import SqlPostProcessor, SqlPreProcessor
from silhouette_plan.plan.samplers import SqlBinding, SqlRequest

_KINDS = choice(
    "a kind of statement",
    {
        "select": "Select Statement",
        "update": "Update Statement",
        "callable": "Callable Statement",
        "prepared-select": "Prepared Select Statement",
        "prepared-update": "Prepared Update Statement",
        "commit": "Commit",
        "rollback": "Rollback",
    },
)
_LONGEST_NAME = 60


def _names(value: str) -> tuple[str, ...]:
    return tuple(value.split(","))


def _read_names(cursor: Any) -> str:
    names = [NAME.read(cursor)]
    while cursor.take_sign(","):
        names.append(NAME.read(cursor))
    return ",".join(names)


def _show_names(text: Any) -> str | None:
    return ", ".join(NAME.show(name) or "" for name in _names(text)) if isinstance(text, str) and text else None


NAMES = type(NAME)("names", _read_names, _show_names, NAME.begins)
"""Names with commas between, kept as JMeter keeps them: one text."""


def _name(values: Values) -> str:
    folded = " ".join(values.get("query", "").split())
    return without_holes(folded)[:_LONGEST_NAME] or "sql"


_HEAD = (Operand("kind", _KINDS, optional=True), Operand("query", LONG_TEXT, optional=True))
_ON = Clause("on", "database", word_or_text("a database", "as"))
_RESULTS = (
    Clause("store", "store", NAMES),
    Clause("result", "result", NAME),
    Clause("timeout", "timeout", SECONDS),
)
_KIND = Clause("kind", "kind_text", TEXT)


def _with_kind(kind: type[Element]) -> Any:
    def build(values: Values) -> Built:
        if "kind_text" in values:
            values["kind"] = values.pop("kind_text")
        return kind, values

    return build


def _of_sql(*names: str) -> Any:
    def values_of(element: Any) -> Values:
        values = differing(element, "kind", "query", "database", "store", "result", "timeout", *names)
        if "kind" in values and _KINDS.show(values["kind"]) is None:
            values["kind_text"] = values.pop("kind")
        return values

    return values_of


def _processor(verb: str, kind: type[Element], jmeter: str, example: str) -> Row:
    return Row(
        verb=verb,
        kinds=(kind,),
        place=Place.SCOPED,
        operands=_HEAD,
        clauses=(
            _ON,
            _KIND,
            Clause("arguments", "arguments", TEXT),
            Clause("types", "argument_types", TEXT),
            *_RESULTS,
        ),
        build=_with_kind(kind),
        values_of=_of_sql("arguments", "argument_types"),
        default_name=_name,
        jmeter=jmeter,
        summary=f"A statement run {verb.split()[0]} each sample.",
        example=example,
    )


def _database(values: Values) -> Built:
    if "pool" in values:
        low, high = values.pop("pool")
        values |= {"pool_max": low} if high is None else {"pool_min": low, "pool_max": high}
    return Database, values


def _of_database(element: Database) -> Values:
    values: Values = {"variable": element.variable, **differing(element, *_DATABASE_FIELDS)}
    if element.pool_min:
        values["pool"] = (element.pool_min, element.pool_max)
    elif element.pool_max != "0":
        values["pool"] = (element.pool_max, None)
    return values


_DATABASE_FIELDS = tuple(name for name in defaults_of(Database) if name not in ("variable", "pool_min", "pool_max"))

ROWS = (
    Row(
        verb="sql",
        kinds=(SqlRequest,),
        operands=_HEAD,
        clauses=(_ON, _KIND),
        lines=(
            Line(
                verb="bind",
                operands=(
                    Operand("position", NUMBER),
                    Operand("value", TEXT),
                    Operand("type", word_or_text("a type"), optional=True),
                ),
                into="bindings",
                make=lambda v: (v["position"], SqlBinding(v["value"], v.get("type", "varchar"))),
                unmake=lambda item: {
                    "position": item[0],
                    "value": item[1].value,
                    **({"type": item[1].type} if item[1].type != "varchar" else {}),
                },
                summary="The value of the n-th `?`, with its JDBC type.",
            ),
            Line(
                verb="store",
                operands=(Operand("store", NAMES),),
                summary="Variables for the columns: `id_1 …` and `id_#`.",
            ),
            Line(verb="result", operands=(Operand("result", NAME),), summary="A variable for the whole result."),
            Line(verb="timeout", operands=(Operand("timeout", SECONDS),), summary="How long it may take."),
            Line(verb="limit", operands=(Operand("limit", NUMBER),), summary="How many rows are read."),
            Line(verb="handler", operands=(Operand("result_handler", TEXT),), summary="How JMeter keeps results."),
        ),
        build=lambda values: _sql(values),
        values_of=lambda element: _of_request(element),
        default_name=_name,
        jmeter="JDBC Request",
        summary="A statement: a query, an update or a call by what it says; the word before it settles it where that cannot be seen.",
        example='database main "postgresql://localhost/app" pool 5..10\nthreads "Users" {\n'
        '  sql "SELECT id, name FROM users WHERE email = ?" on main {\n    bind 1 "${email}"\n    store id, name\n    timeout 5s\n  }\n}',
    ),
    _processor("before sql", SqlPreProcessor, "JDBC PreProcessor", 'before sql "DELETE FROM carts" on main'),
    _processor(
        "after sql",
        SqlPostProcessor,
        "JDBC PostProcessor",
        'after sql select "SELECT count(*) FROM carts" on main store count',
    ),
    Row(
        verb="database",
        kinds=(Database,),
        place=Place.SCOPED,
        operands=(Operand("variable", NAME), Operand("url", TEXT, optional=True)),
        clauses=(
            Clause("pool", "pool", ranged(NUMBER, "a number or range of connections")),
            Clause("wait", "timeout", MILLISECONDS),
            Clause("timeout", "statement_timeout", MILLISECONDS),
            Clause("user", "user", TEXT),
            Clause("password", "password", TEXT),
            Clause("driver", "driver", TEXT),
            Clause("init", "init", LONG_TEXT),
            Clause("isolation", "isolation", word_or_text("a level")),
            Clause("no-auto-commit", "auto_commit", constant=False),
            Clause("pre-init", "pre_init"),
            Clause("no-keep-alive", "keep_alive", constant=False),
            Clause("age", "connection_age", MILLISECONDS),
            Clause("trim", "trim_interval", MILLISECONDS),
            Clause("check", "check_query", TEXT),
            Clause("statements", "pool_statements", NUMBER),
            Clause("properties", "connection_properties", TEXT),
        ),
        build=_database,
        values_of=_of_database,
        jmeter="JDBC Connection Configuration",
        summary="A pool of connections. `wait` is how long a user waits for one, `timeout` how long a statement may take.",
        example='database main "postgresql://localhost/app" pool 5..10 wait 5s timeout 60s user "app" password "${pw}"',
    ),
)
"""SQL."""


def _sql(values: Values) -> Built:
    kind, fields = _with_kind(SqlRequest)(values)
    if "bindings" in fields:
        ordered = sorted(
            fields["bindings"], key=lambda item: (not item[0].isdecimal(), int(item[0]) if item[0].isdecimal() else 0)
        )
        fields["bindings"] = tuple(binding for _, binding in ordered)
    return kind, fields


def _of_request(element: SqlRequest) -> Values:
    values: Values = _of_sql("limit", "result_handler")(element)
    if element.bindings:
        values["bindings"] = tuple((str(index), binding) for index, binding in enumerate(element.bindings, 1))
    return values
