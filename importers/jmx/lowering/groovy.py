"""Expressions of the language as Groovy that JMeter runs, with the language's own coercion.

Every operator becomes a call of a small closure (``EQ(a, b)``); a script begins with the closures that it uses. Live text
is handed to JMeter's own ``CompoundVariable`` when the script runs. No ``${`` ever stands in a script, for JMeter would
replace it in the source; characters that mean something to JMeter's function parser are written as ``\\uXXXX``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from silhouette_plan.plan.expressions import (
    Binary,
    Call,
    Expression,
    IsKind,
    ListOf,
    Literal,
    Name,
    Range,
    TextLiteral,
    Unary,
)

_HELPERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "T": ("{ s -> new org.apache.jmeter.engine.util.CompoundVariable(s).execute() }", ()),
    "S": (
        "{ x -> x == null || x == Optional.empty() ? '' : x instanceof Number ? "
        "x.toBigDecimal().stripTrailingZeros().toPlainString() : x instanceof CharSequence || x instanceof Boolean ? "
        "x.toString() : groovy.json.JsonOutput.toJson(x) }",
        (),
    ),
    "N": (
        "{ x -> x instanceof Number ? x.toBigDecimal() : x instanceof CharSequence && "
        "x ==~ '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?' ? new BigDecimal(x.toString()) : null }",
        (),
    ),
    "B": (
        "{ x -> x == null || x == Optional.empty() ? false : x instanceof Boolean ? x : x instanceof Number ? x != 0 : "
        "x instanceof CharSequence ? x.length() > 0 && !x.toString().equalsIgnoreCase('false') : true }",
        (),
    ),
    "EQ": (
        "{ a, b -> def m = N(a); def n = N(b); m != null && n != null ? m == n : "
        "(a instanceof Collection || a instanceof Map) && (b instanceof Collection || b instanceof Map) ? a == b : "
        "S(a) == S(b) }",
        ("N", "S"),
    ),
    "CMP": (
        "{ a, b -> def z = Optional.empty(); if (a == null || b == null || a == z || b == z) return null; "
        "def m = N(a); def n = N(b); m != null && n != null ? m <=> n : S(a) <=> S(b) }",
        ("N", "S"),
    ),
    "LT": ("{ a, b -> def c = CMP(a, b); c == null ? null : c < 0 }", ("CMP",)),
    "LE": ("{ a, b -> def c = CMP(a, b); c == null ? null : c <= 0 }", ("CMP",)),
    "GT": ("{ a, b -> def c = CMP(a, b); c == null ? null : c > 0 }", ("CMP",)),
    "GE": ("{ a, b -> def c = CMP(a, b); c == null ? null : c >= 0 }", ("CMP",)),
    "WITHIN": ("{ x, a, b -> def c = CMP(a, x); def d = CMP(x, b); c == null || d == null ? null : c <= 0 && d <= 0 }", ("CMP",)),
    "IN": (
        "{ x, l -> x == null || l == null ? null : "
        "(l instanceof Collection ? l : l instanceof Map ? l.keySet() : [l]).any { EQ(x, it) } }",
        ("EQ",),
    ),
    "HAS": ("{ a, b -> a == null ? null : a instanceof Collection ? a.any { EQ(it, b) } : S(a).contains(S(b)) }", ("EQ", "S")),
    "FINDS": ("{ a, p -> a == null ? null : java.util.regex.Pattern.compile(S(p)).matcher(S(a)).find() }", ("S",)),
    "MATCHES": ("{ a, p -> a == null ? null : java.util.regex.Pattern.compile(S(p)).matcher(S(a)).matches() }", ("S",)),
    "ADD": (
        "{ a, b -> def m = N(a); def n = N(b); m != null && n != null ? m + n : "
        "a == null || b == null ? null : S(a) + S(b) }",
        ("N", "S"),
    ),
    "SUB": ("{ a, b -> a == null || b == null ? null : N(a) - N(b) }", ("N",)),
    "MUL": ("{ a, b -> a == null || b == null ? null : N(a) * N(b) }", ("N",)),
    "DIV": (
        "{ a, b -> a == null || b == null || N(b) == 0 ? null : N(a).divide(N(b), java.math.MathContext.DECIMAL64) }",
        ("N",),
    ),
    "REM": ("{ a, b -> a == null || b == null || N(b) == 0 ? null : N(a).remainder(N(b)) }", ("N",)),
    "LEN": ("{ x -> x instanceof Collection || x instanceof Map ? x.size() : S(x).length() }", ("S",)),
    "JSON": (
        "{ t, p -> try { def f = com.jayway.jsonpath.JsonPath.compile(p); def r = f.read(t); "
        "r == null ? Optional.empty() : !f.isDefinite() && r.isEmpty() ? null : r } catch (Exception e) { null } }",
        (),
    ),
    "REGEX": (
        "{ t, p -> def m = java.util.regex.Pattern.compile(p).matcher(t); "
        "m.find() ? (m.groupCount() > 0 ? m.group(1) : m.group()) : null }",
        (),
    ),
    "BETWEEN": (
        "{ t, l, r -> def i = t.indexOf(l); if (i < 0) return null; i += l.length(); "
        "def j = t.indexOf(r, i); j < 0 ? null : t.substring(i, j) }",
        (),
    ),
    "CSS": (
        "{ t, q, a -> def e = org.jsoup.Jsoup.parse(t).select(q).first(); "
        "e == null ? null : a == '' ? e.text() : e.attr(a) }",
        (),
    ),
    "HEADER": (
        "{ t, n -> t.readLines().findResult { it.toLowerCase().startsWith(n.toLowerCase() + ':') ? "
        "it.substring(n.length() + 1).trim() : null } }",
        (),
    ),
}  # fmt: skip
"""Closures by name, each with those it calls; every one stands after what it needs."""

_OPERATORS = {
    "==": "EQ", "<": "LT", "<=": "LE", ">": "GT", ">=": "GE", "contains": "HAS", "finds": "FINDS", "matches": "MATCHES",
    "+": "ADD", "-": "SUB", "*": "MUL", "/": "DIV", "%": "REM",
}  # fmt: skip

_PARTS = {
    "status": "prev?.getResponseCode()",
    "message": "prev?.getResponseMessage()",
    "time": "prev?.getTime()",
    "latency": "prev?.getLatency()",
    "connect": "prev?.getConnectTime()",
    "size": "prev?.getBytesAsLong()",
    "body": "prev?.getResponseDataAsString()",
    "headers": "prev?.getResponseHeaders()",
    "request-headers": "prev?.getRequestHeaders()",
    "url": "prev?.getUrlAsString()",
    "ok": "prev?.isSuccessful()",
    "thread": "(ctx.getThreadNum() + 1)",
    "iteration": "vars.getIteration()",
}
_UNPORTABLE = frozenset({"rows", "passed", "document", "unescaped", "user"})

_KINDS = {
    "null": "({0} == Optional.empty())",
    "number": "({0} instanceof Number)",
    "boolean": "({0} instanceof Boolean)",
    "text": "({0} instanceof CharSequence)",
    "array": "({0} instanceof Collection)",
    "object": "({0} instanceof Map)",
    "empty": "(LEN({0}) == 0)",
}
_VARIABLE_KINDS = {
    "null": "false",
    "number": "(N({0}) != null)",
    "boolean": "({0} in ['true', 'false'])",
    "text": "({0} != null)",
    "array": "false",
    "object": "false",
    "empty": "(LEN({0}) == 0)",
}

_QUERIES = {
    "json": ("JSON", 1),
    "regex": ("REGEX", 1),
    "boundary": ("BETWEEN", 2),
    "css": ("CSS", 2),
    "header": ("HEADER", 1),
}
_PLAIN = re.compile(r"[A-Za-z0-9 _.:/@%=+*<>!?;|&~^\[\]-]")


class Unportable(Exception):
    """Something in an expression that JMeter cannot compute."""


def script(lines: Iterable[str]) -> str:
    """A script of ``lines``, with the closures that they use before them."""
    body = list(lines)
    return "\n".join([*_definitions("\n".join(body)), *body])


def function(expression: str) -> str:
    """``${__groovy(…)}`` that gives the value of ``expression``."""
    source = "; ".join([*_definitions(expression), expression])
    return f"${{__groovy({source.translate(_IN_FUNCTION)})}}"


_IN_FUNCTION = str.maketrans({"\\": "\\\\", ",": "\\,", "$": "\\$"})


def _definitions(source: str) -> list[str]:
    needed: set[str] = set()
    pending = [name for name in _HELPERS if re.search(rf"\b{name}\(", source)]
    while pending:
        name = pending.pop()
        if name not in needed:
            needed.add(name)
            pending.extend(_HELPERS[name][1])
    return [f"def {name} = {body}" for name, (body, _) in _HELPERS.items() if name in needed]


def literal(text: str) -> str:
    """``text`` as a Groovy string that means nothing to JMeter."""
    return "'" + "".join(_character(one) for one in text) + "'"


def _character(one: str) -> str:
    if _PLAIN.fullmatch(one):
        return one
    if one == "\\":
        return "\\\\"
    units = one.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{high << 8 | low:04x}" for high, low in zip(units[::2], units[1::2], strict=True))


def text(template: str) -> str:
    """A template as a Groovy expression: its value when the script runs."""
    return f"T({literal(template)})" if "${" in template or "\\" in template else literal(template)


def truth(expression: Expression) -> str:
    """A condition as a Groovy expression that gives a truth value."""
    return f"B({value(expression)})"


def value(expression: Expression) -> str:
    """``expression`` in Groovy.

    Raises:
        Unportable: it uses what JMeter has not.
    """
    match expression:
        case Literal(None):
            return "Optional.empty()"
        case Literal(bool() as constant):
            return "true" if constant else "false"
        case Literal(number):
            return f"({number!r} as BigDecimal)"
        case TextLiteral(template):
            return text(template)
        case Name(name):
            return _name(name)
        case ListOf(items):
            return "[" + ", ".join(value(item) for item in items) + "]"
        case Unary("not", operand):
            return f"!{truth(operand)}"
        case Unary(_, operand):
            return f"SUB(0, {value(operand)})"
        case IsKind():
            return _is_kind(expression)
        case Binary():
            return _binary(expression)
        case Call():
            return _call(expression)
        case Range():
            raise Unportable("a range outside `in` has no form in JMeter")


def _name(name: str) -> str:
    if name in _UNPORTABLE:
        raise Unportable(f"JMeter cannot say `{name}`")
    return _PARTS.get(name) or f"vars.get({literal(name)})"


def _is_variable(expression: Expression) -> bool:
    if isinstance(expression, Name):
        return expression.name not in _PARTS
    return isinstance(expression, Call) and expression.function in ("var", "prop", "env")


def _is_kind(expression: IsKind) -> str:
    operand, variable = value(expression.operand), _is_variable(expression.operand)
    if expression.kind == "set":
        held = f"!({operand} in [null, Optional.empty(){', ' + chr(39) * 2 if variable else ''}])"
    else:
        held = (_VARIABLE_KINDS if variable else _KINDS)[expression.kind].format(operand)
    return f"(!{held})" if expression.negated else held


def _binary(expression: Binary) -> str:
    match expression.operator, expression.right:
        case "and" | "or", right:
            sign = "&&" if expression.operator == "and" else "||"
            return f"({truth(expression.left)} {sign} {truth(right)})"
        case "!=", right:
            return f"!EQ({value(expression.left)}, {value(right)})"
        case "in", Range(low, high):
            return f"WITHIN({value(expression.left)}, {value(low)}, {value(high)})"
        case "in", right:
            return f"IN({value(expression.left)}, {value(right)})"
        case operator, right:
            return f"{_OPERATORS[operator]}({value(expression.left)}, {value(right)})"


def _call(call: Call) -> str:
    arguments = call.arguments
    match call.function, len(arguments):
        case "choose", 3:
            return f"({truth(arguments[0])} ? {value(arguments[1])} : {value(arguments[2])})"
        case "var", 1:
            return f"vars.get({_string(arguments[0])})"
        case "prop", 1 | 2:
            return _or_default(f"props.get({_string(arguments[0])})", arguments[1:])
        case "env", 1 | 2:
            return _or_default(f"System.getenv({_string(arguments[0])})", arguments[1:])
        case "uuid", 0:
            return "UUID.randomUUID().toString()"
        case "random", 2:
            low, high = (f"N({value(one)})" for one in arguments)
            return f"java.util.concurrent.ThreadLocalRandom.current().nextLong({low} as long, ({high} as long) + 1)"
        case "now", 0:
            return "System.currentTimeMillis()"
        case "now", 1:
            return f"new java.text.SimpleDateFormat({_string(arguments[0])}).format(new Date())"
        case "len", 1:
            return f"LEN({value(arguments[0])})"
        case "md5", 1:
            return f"{_string(arguments[0])}.md5()"
        case name, _ if name in _QUERIES:
            return _query(call)
        case name, _ if name.startswith("__"):
            return _jmeter_function(call)
        case _:
            raise Unportable(f"JMeter cannot say `{call.function}()`")


def _string(expression: Expression) -> str:
    return text(expression.text) if isinstance(expression, TextLiteral) else f"S({value(expression)})"


def _or_default(found: str, default: tuple[Expression, ...]) -> str:
    return f"({found} ?: {value(default[0])})" if default else found


def _query(call: Call) -> str:
    helper, operands = _QUERIES[call.function]
    asked, rest = list(call.arguments[:operands]), call.arguments[operands:]
    if call.function == "css" and len(asked) == 1:
        asked.append(TextLiteral(""))
    if len(asked) < operands or len(rest) > 1:
        raise Unportable(f"JMeter cannot say `{call.function}()`")
    if rest:
        source = _string(rest[0])
    else:
        source = (
            "(prev?.getResponseHeaders() ?: '')"
            if call.function == "header"
            else "(prev?.getResponseDataAsString() ?: '')"
        )
    return f"{helper}({', '.join([source, *(_string(one) for one in asked)])})"


def _jmeter_function(call: Call) -> str:
    """A function of JMeter's, whose arguments must be known now."""
    parts: list[str] = []
    for one in call.arguments:
        if isinstance(one, TextLiteral):
            parts.append(one.text.replace(",", "\\,"))
        elif isinstance(one, Literal) and isinstance(one.value, int) and not isinstance(one.value, bool):
            parts.append(str(one.value))
        else:
            raise Unportable(f"JMeter cannot call {call.function} with a computed argument")
    return text(f"${{{call.function}({','.join(parts)})}}")
