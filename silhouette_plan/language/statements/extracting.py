"""`extract`: one form, many extractors. A single query is its JMeter extractor; anything else is an ``ExpressionExtractor``."""

from __future__ import annotations

from typing import Any

from silhouette_plan.language.expressions.functions import NOT_VARIABLES
from silhouette_plan.language.expressions.printing import is_word
from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.model import (
    Built,
    Clause,
    Operand,
    Place,
    Refused,
    Row,
    Value,
    Values,
    differing,
    flags,
)
from silhouette_plan.language.statements.values import EXPRESSION, NAME, NUMBER, TEXT, choice
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.expressions import Call, Expression, Name, TextLiteral
from silhouette_plan.plan.processors import (
    BoundaryExtractor,
    CssExtractor,
    ExpressionExtractor,
    JmesPathExtractor,
    JsonExtractor,
    RegexExtractor,
    XPath2Extractor,
    XPathExtractor,
)
from silhouette_plan.plan.records import record

SCOPE = choice("a part of the sample", {"main": "", "subs": "children", "both": "all"})
"""Which samples an element looks at, as JMeter's ``Sample.scope``."""

_SOURCES = {
    "body": "false",
    "unescaped": "unescaped",
    "document": "as_document",
    "headers": "true",
    "request-headers": "request_headers",
    "url": "URL",
    "status": "code",
    "message": "message",
}
_KEEP = object()
"""The `else keep` of an extract."""


@record
class _Query:
    """How a query's extractor names its fields. ``arguments`` are the texts of the query, ``extra`` an optional one more."""

    function: str
    kind: type[Element]
    variable: str
    arguments: tuple[str, ...]
    default: str = "default"
    extra: str = ""
    keeps: bool = False  # whether the old value can stay (``empty_default`` false)
    sources: bool = False  # whether parts of the sample other than the body can be read


_QUERIES = (
    _Query("json", JsonExtractor, "names", ("paths",), "defaults"),
    _Query("jmespath", JmesPathExtractor, "variable", ("path",)),
    _Query("regex", RegexExtractor, "variable", ("regex",), keeps=True, sources=True),
    _Query("boundary", BoundaryExtractor, "variable", ("left", "right"), keeps=True, sources=True),
    _Query("xpath", XPathExtractor, "variable", ("query",)),
    _Query("xpath2", XPath2Extractor, "variable", ("query",)),
    _Query("css", CssExtractor, "variable", ("selector",), extra="attribute", keeps=True),
)


def _read_else(cursor: Cursor) -> Any:
    return _KEEP if cursor.take_word("keep") else cursor.text("a text or `keep`")


_ELSE = Value("a text or `keep`", _read_else, lambda value: "keep" if value is _KEEP else TEXT.show(value))


def _read_match(cursor: Cursor) -> str:
    words = {"random": "0", "all": "-1"}
    here = cursor.here
    return words[cursor.take().text] if here.is_word(*words) else NUMBER.read(cursor)


_MATCH = Value(
    "a number, `random` or `all`", _read_match, lambda text: {"0": "random", "-1": "all"}.get(text) or NUMBER.show(text)
)


def _build(values: Values) -> Built:
    built = None if "when" in values else _extractor(dict(values))
    if built is not None:
        return built
    for clause in ("match", "template", "concat"):
        if clause in values:
            raise Refused(f"`{clause}` belongs to a single query, without `when`")
    fields = {"variable": values["variable"], "value": values["value"]}
    fields |= {name: values[name] for name in ("when", "scope") if name in values}
    if "default" in values:
        fields |= {"default": None, "keep": True} if values["default"] is _KEEP else {"default": values["default"]}
    return ExpressionExtractor, fields


def _extractor(values: Values) -> Built | None:
    """The JMeter extractor of a single query, if it can do what the values say."""
    query = _query_of(values.pop("value"))
    if query is None:
        return None
    form, fields = query
    fields = {form.variable: values.pop("variable"), "match": "1", **fields}
    default = values.pop("default", "")
    if default is _KEEP and not form.keeps:
        return None
    fields[form.default] = "" if default is _KEEP else default
    if form.keeps and default == "":
        fields["empty_default"] = True
    if form.kind is RegexExtractor:
        fields["template"] = "$1$"
    if any(name not in form.kind.__slots__ for name in values) or ("scope" in values and "scope" in fields):
        return None
    return form.kind, {**fields, **values}


def _query_of(value: Expression) -> tuple[_Query, dict[str, Any]] | None:
    """A query with constant arguments, with the fields that they are."""
    if not isinstance(value, Call):
        return None
    form = next((form for form in _QUERIES if form.function == value.function), None)
    if form is None:
        return None
    arguments = list(value.arguments)
    fields: dict[str, Any] = {}
    last = arguments[-1]
    if isinstance(last, Name):
        arguments.pop()
        source = _source(form, last)
        if source is None:
            return None
        fields = source
    names = [*form.arguments, *([form.extra] if form.extra and len(arguments) > len(form.arguments) else [])]
    if len(arguments) != len(names):
        return None
    for name, argument in zip(names, arguments, strict=True):
        if not isinstance(argument, TextLiteral):
            return None
        fields[name] = argument.text
    return form, fields


def _source(form: _Query, source: Name) -> dict[str, Any] | None:
    if source.name not in NOT_VARIABLES:
        return {"scope": "variable", "scope_variable": source.name}
    if source.name == "body":
        return {}
    return {"source": _SOURCES[source.name]} if form.sources and source.name in _SOURCES else None


def _values_of(element: Any) -> Values | None:
    if isinstance(element, ExpressionExtractor):
        values: Values = {"variable": element.variable, "value": element.value, **differing(element, "when", "scope")}
        default = _KEEP if element.keep else element.default
        return values if default in ("", None) else {**values, "default": default}
    form = next(form for form in _QUERIES if form.kind is type(element))
    call = Call(
        form.function, tuple(TextLiteral(getattr(element, name)) for name in form.arguments) + _more(form, element)
    )
    values = {"variable": getattr(element, form.variable), "value": call}
    values |= {name: value for name, value in _common(element) if name in form.kind.__slots__}
    default = getattr(element, form.default)
    if default:
        values["default"] = default
    elif form.keeps and element.empty_default is False:
        values["default"] = _KEEP
    return values


def _more(form: _Query, element: Any) -> tuple[Expression, ...]:
    more: list[Expression] = []
    if form.extra and getattr(element, form.extra):
        more.append(TextLiteral(getattr(element, form.extra)))
    variable = element.scope_variable
    if element.scope == "variable" and is_word(variable) and variable not in NOT_VARIABLES:
        more.append(Name(variable))
    elif form.sources and element.source != "false":
        more += [Name(word) for word, code in _SOURCES.items() if code == element.source]
    return tuple(more)


def _common(element: Any) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    if element.match not in (None, "1"):
        pairs.append(("match", element.match))
    if getattr(element, "template", "$1$") != "$1$":
        pairs.append(("template", element.template))
    if getattr(element, "concat", False) is True:
        pairs.append(("concat", True))
    if element.scope in ("children", "all"):
        pairs.append(("scope", element.scope))
    return pairs


def _name(values: Values) -> str:
    return f"extract {values['variable']}"


ROWS = (
    Row(
        verb="extract",
        kinds=(*(form.kind for form in _QUERIES), ExpressionExtractor),
        place=Place.SCOPED,
        operands=(Operand("variable", NAME), Operand("value", EXPRESSION, sign="=")),
        clauses=(
            Clause("else", "default", _ELSE),
            Clause("match", "match", _MATCH),
            Clause("template", "template", TEXT),
            Clause("of", "scope", SCOPE),
            *flags("concat"),
            Clause("when", "when", EXPRESSION),
        ),
        build=_build,
        values_of=_values_of,
        default_name=_name,
        jmeter="JSON · JMESPath · Regular Expression · Boundary · XPath · XPath2 · CSS Selector Extractor",
        summary='Keeps a part of each response in a variable. What finds nothing sets its `else`, without one `""`; `else keep` '
        "leaves the old value.",
        example="extract token = json('$.data.token') else \"NOT_FOUND\"\n"
        "extract id = regex('id=(\\w+)', headers) match random template '$1$' else keep\nextract total = json('$.a') + json('$.b') when status == 200",
    ),
)
"""Extractors."""
