"""`assert`: an expression of one of JMeter's forms is its assertion, any other an ``ExpressionAssertion``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from silhouette_plan.language.statements.extracting import SCOPE
from silhouette_plan.language.statements.model import Built, Clause, Operand, Place, Row, Values, differing, flags
from silhouette_plan.language.statements.steps import argument_line
from silhouette_plan.language.statements.values import EXPRESSION, MILLISECONDS, NUMBER, TEXT, word_or_text
from silhouette_plan.language.texts import is_hole
from silhouette_plan.plan.assertions import (
    CompareAssertion,
    DurationAssertion,
    ExpressionAssertion,
    HtmlAssertion,
    JmesPathAssertion,
    JsonAssertion,
    JsonSchemaAssertion,
    Md5HexAssertion,
    ResponseAssertion,
    SizeAssertion,
    XmlAssertion,
    XmlSchemaAssertion,
    XPath2Assertion,
    XPathAssertion,
)
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.expressions import Binary, Call, Expression, IsKind, ListOf, Literal, Name, TextLiteral, Unary

# ---- response assertions: FIELD OP TEXT, negated, joined by one of `and` and `or`

_FIELDS = {
    "status": "Assertion.response_code",
    "message": "Assertion.response_message",
    "body": "Assertion.response_data",
    "document": "Assertion.response_data_as_document",
    "headers": "Assertion.response_headers",
    "request-headers": "Assertion.request_headers",
    "url": "Assertion.sample_label",
}
_OPERATORS = {"==": 8, "contains": 16, "finds": 2, "matches": 1}
_NOT, _OR = 4, 32

_Atom = tuple[str, int, tuple[str, ...], str]
"""Field, bits, patterns, and how the patterns are joined."""


def _response(expression: Expression) -> Built | None:
    parts, joint = _joined(expression)
    atoms = [_atom(part) for part in parts]
    known = [atom for atom in atoms if atom is not None]
    if len(known) != len(atoms) or len({atom[:2] for atom in known}) != 1:
        return None
    if len(known) > 1 and any(len(atom[2]) > 1 for atom in known):
        return None
    field, bits, patterns, own_joint = known[0]
    if len(known) > 1:
        patterns, own_joint = tuple(atom[2][0] for atom in known), joint
    test_type = bits | (_OR if own_joint == "or" else 0)
    return ResponseAssertion, {"field": field, "test_type": test_type, "patterns": patterns}


def _joined(expression: Expression) -> tuple[list[Expression], str]:
    parts: list[Expression] = []
    joint = expression.operator if isinstance(expression, Binary) and expression.operator in ("and", "or") else ""
    while isinstance(expression, Binary) and expression.operator == joint:
        parts.append(expression.right)
        expression = expression.left
    return [expression, *reversed(parts)], joint


def _atom(expression: Expression) -> _Atom | None:
    negated = 0
    while isinstance(expression, Unary) and expression.operator == "not":
        expression, negated = expression.operand, negated ^ _NOT
    match expression:
        case Binary("in", Name(field), ListOf(items)) if field in _FIELDS and items:
            texts = [_pattern(field, item) for item in items]
            joint = "" if len(texts) == 1 else "and" if negated else "or"
            return (
                None
                if None in texts
                else (_FIELDS[field], 8 | negated, tuple(t for t in texts if t is not None), joint)
            )
        case Binary(operator, Name(field), value) if field in _FIELDS:
            text = _pattern(field, value)
            if operator == "!=":
                operator, negated = "==", negated ^ _NOT
            if text is not None and operator in _OPERATORS:
                return _FIELDS[field], _OPERATORS[operator] | negated, (text,), ""
    return None


def _pattern(field: str, value: Expression) -> str | None:
    match value:
        case TextLiteral(text):
            return text
        case Literal(int() as number) if field == "status" and not isinstance(number, bool):
            return str(number)
    return None


def _response_expression(element: ResponseAssertion) -> Expression | None:
    field = next((word for word, name in _FIELDS.items() if name == element.field), None)
    bits = element.test_type & ~(_NOT | _OR)
    operator = next((word for word, bit in _OPERATORS.items() if bit == bits), None)
    if field is None or operator is None or not element.patterns:
        return None
    negated, either = bool(element.test_type & _NOT), bool(element.test_type & _OR)
    values: list[Expression] = [_literal(field, pattern) for pattern in element.patterns]
    if operator == "==" and len(values) > 1 and negated != either:
        among = Binary("in", Name(field), ListOf(tuple(values)))
        return Unary("not", among) if negated else among
    return _chain([_compared(operator, field, value, negated) for value in values], "or" if either else "and")


def _literal(field: str, pattern: str) -> Expression:
    if field == "status" and pattern.isascii() and pattern.isdigit() and str(int(pattern[:9])) == pattern:
        return Literal(int(pattern))
    return TextLiteral(pattern)


def _compared(operator: str, field: str, value: Expression, negated: bool) -> Expression:
    if negated and operator == "==":
        return Binary("!=", Name(field), value)
    compared = Binary(operator, Name(field), value)
    return Unary("not", compared) if negated else compared


def _chain(parts: list[Expression], operator: str) -> Expression:
    joined = parts[0]
    for part in parts[1:]:
        joined = Binary(operator, joined, part)
    return joined


# ---- durations and sizes

_SIZE_OPERATORS = {"==": 1, "!=": 2, ">": 3, "<": 4, ">=": 5, "<=": 6}


def _duration(expression: Expression) -> Built | None:
    match expression:
        case Binary("<=", Name("time"), Literal(int() as limit)) if not isinstance(limit, bool):
            return DurationAssertion, {"duration": str(limit)}
        case Binary("<=", Name("time"), TextLiteral(text)) if text.endswith("ms") and is_hole(text[:-2]):
            return DurationAssertion, {"duration": text[:-2]}
    return None


def _duration_expression(element: DurationAssertion) -> Expression | None:
    text = element.duration
    if is_hole(text):
        return Binary("<=", Name("time"), TextLiteral(f"{text}ms"))
    return Binary("<=", Name("time"), Literal(int(text), MILLISECONDS.show(text) or "")) if _whole(text) else None


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16 and str(int(text)) == text


def _size(expression: Expression) -> Built | None:
    match expression:
        case Binary(operator, Name("size"), Literal(int() as size)) if operator in _SIZE_OPERATORS and not isinstance(
            size, bool
        ):
            return SizeAssertion, {"operator": _SIZE_OPERATORS[operator], "size": str(size)}
        case Binary(operator, Name("size"), TextLiteral(text)) if operator in _SIZE_OPERATORS and is_hole(text):
            return SizeAssertion, {"operator": _SIZE_OPERATORS[operator], "size": text}
    return None


def _size_expression(element: SizeAssertion) -> Expression | None:
    operator = next((sign for sign, code in _SIZE_OPERATORS.items() if code == element.operator), None)
    if operator is None or not (_whole(element.size) or is_hole(element.size)):
        return None
    return Binary(
        operator, Name("size"), Literal(int(element.size)) if _whole(element.size) else TextLiteral(element.size)
    )


# ---- paths

_PATHS: dict[str, type[Element]] = {"json": JsonAssertion, "jmespath": JmesPathAssertion}
_XPATHS: dict[str, type[Element]] = {"xpath": XPathAssertion, "xpath2": XPath2Assertion}


def _path(expression: Expression) -> Built | None:
    inverted = False
    while isinstance(expression, Unary) and expression.operator == "not":
        expression, inverted = expression.operand, not inverted
    found: tuple[str, dict[str, Any]] | None = None
    match expression:
        case IsKind(Call(function, (TextLiteral(path),)), "set", False):
            found = function, {"path": path, "is_regex": False}
        case IsKind(Call(function, (TextLiteral(path),)), "null", False):
            found = function, {"path": path, "validate": True, "expect_null": True, "is_regex": False}
        case Binary("==" | "matches" as operator, Call(function, (TextLiteral(path),)), TextLiteral(text)):
            found = function, {"path": path, "validate": True, "expected": text, "is_regex": operator == "matches"}
    if found is None or found[0] not in _PATHS:
        return None
    return _PATHS[found[0]], {**found[1], **({"invert": True} if inverted else {})}


def _path_expression(element: JsonAssertion | JmesPathAssertion) -> Expression:
    function = next(name for name, kind in _PATHS.items() if kind is type(element))
    call = Call(function, (TextLiteral(element.path),))
    asked: Expression
    if element.validate is not True:
        asked = IsKind(call, "set")
    elif element.expect_null is True:
        asked = IsKind(call, "null")
    else:
        asked = Binary("matches" if element.is_regex is True else "==", call, TextLiteral(element.expected))
    return Unary("not", asked) if element.invert is True else asked


def _xpath(expression: Expression) -> Built | None:
    negated = isinstance(expression, Unary) and expression.operator == "not"
    if isinstance(expression, Unary) and negated:
        expression = expression.operand
    match expression:
        case Call(function, (TextLiteral(query),)) if function in _XPATHS:
            return _XPATHS[function], {"query": query, **({"negate": True} if negated else {})}
    return None


def _xpath_expression(element: XPathAssertion | XPath2Assertion) -> Expression:
    function = next(name for name, kind in _XPATHS.items() if kind is type(element))
    call = Call(function, (TextLiteral(element.query),))
    return Unary("not", call) if element.negate is True else call


def _digest(expression: Expression) -> Built | None:
    match expression:
        case Binary("==", Call("md5", (Name("body"),)), TextLiteral(text)):
            return Md5HexAssertion, {"digest": text}
    return None


def _digest_expression(element: Md5HexAssertion) -> Expression:
    return Binary("==", Call("md5", (Name("body"),)), TextLiteral(element.digest))


_FORMS: tuple[Callable[[Expression], Built | None], ...] = (_response, _duration, _size, _path, _xpath, _digest)
_EXPRESSIONS: dict[type[Element], Callable[[Any], Expression | None]] = {
    ResponseAssertion: _response_expression,
    DurationAssertion: _duration_expression,
    SizeAssertion: _size_expression,
    JsonAssertion: _path_expression,
    JmesPathAssertion: _path_expression,
    XPathAssertion: _xpath_expression,
    XPath2Assertion: _xpath_expression,
    Md5HexAssertion: _digest_expression,
    ExpressionAssertion: lambda element: element.condition,
}
_CLAUSE_FIELDS = ("message", "assume_success", "when", "scope")


def _build(values: Values) -> Built:
    condition = values.pop("condition")
    for form in _FORMS:
        built = form(condition)
        if built is not None and all(name in built[0].__slots__ for name in values):
            return built[0], {**built[1], **values}
    return ExpressionAssertion, {"condition": condition, **values}


def _values_of(element: Any) -> Values | None:
    condition = _EXPRESSIONS[type(element)](element)
    if condition is None:
        return None
    return {
        "condition": condition,
        **differing(element, *(name for name in _CLAUSE_FIELDS if name in element.__slots__)),
    }


def _other(verb: str, kind: type[Element], jmeter: str, summary: str, example: str, **more: Any) -> Row:
    return Row(verb=verb, kinds=(kind,), place=Place.SCOPED, jmeter=jmeter, summary=summary, example=example, **more)


def _skip(values: Values) -> tuple[str, str]:
    return values["name"], values["value"]


_ARGUMENT = argument_line("skip", "skip", "Text that does not count: a regex and what to put in its place.")

ROWS = (
    Row(
        verb="assert",
        kinds=tuple(_EXPRESSIONS),
        place=Place.SCOPED,
        operands=(Operand("condition", EXPRESSION),),
        clauses=(
            Clause("else", "message", TEXT),
            Clause("of", "scope", SCOPE),
            *flags("assume-success"),
            Clause("when", "when", EXPRESSION),
        ),
        build=_build,
        values_of=_values_of,
        default_name=lambda values: EXPRESSION.show(values["condition"]) or "assert",
        jmeter="Response · Duration · Size · JSON · JMESPath · XPath · MD5Hex Assertion",
        summary="Fails a sample for which the expression is not true. `else` says what the failure message is.",
        example='assert status in [200, 201] else "login failed"\nassert not body contains "error" and not body contains "fatal"\n'
        "assert time <= 500ms\nassert json('$.state') == \"ready\"\nassert len(json('$.items')) > 3 when status == 200",
    ),
    _other(
        "assert json-schema",
        JsonSchemaAssertion,
        "JSR223 Assertion",
        "The body is JSON that a schema allows.",
        'assert json-schema "order.schema.json" else "no order"',
        operands=(Operand("file", TEXT),),
        clauses=(Clause("else", "message", TEXT),),
    ),
    _other("assert xml", XmlAssertion, "XML Assertion", "The body is well-formed XML.", "assert xml"),
    _other(
        "assert xml-schema",
        XmlSchemaAssertion,
        "XML Schema Assertion",
        "The body is XML that a schema allows.",
        'assert xml-schema "order.xsd"',
        operands=(Operand("file", TEXT),),
    ),
    _other(
        "assert html",
        HtmlAssertion,
        "HTML Assertion",
        "The body is HTML with few enough mistakes.",
        "assert html errors 3 warnings 10",
        clauses=(
            Clause("errors", "error_threshold", NUMBER),
            Clause("warnings", "warning_threshold", NUMBER),
            Clause("errors-only", "errors_only"),
            Clause("doctype", "doctype", word_or_text("a doctype")),
            Clause("xhtml", "format", constant="1"),
            Clause("xml", "format", constant="2"),
            Clause("report", "report_file", TEXT),
        ),
    ),
    _other(
        "assert same",
        CompareAssertion,
        "Compare Assertion",
        "All samples in scope have the same answer.",
        'assert same time "100" {\n  skip "\\d+" "n"\n}',
        clauses=(Clause("any-content", "compare_content", constant=False), Clause("time", "compare_time", TEXT)),
        lines=(
            type(_ARGUMENT)(
                verb="skip",
                operands=_ARGUMENT.operands,
                into="skip",
                make=_skip,
                unmake=lambda pair: {"name": pair[0], "value": pair[1]},
                summary=_ARGUMENT.summary,
            ),
        ),
    ),
)
"""Assertions."""
