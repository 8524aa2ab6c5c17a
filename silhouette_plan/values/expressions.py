"""Expressions of the language to closures over a user and a sample.

``coercion`` holds the rules for values. An operand that is unset makes its operator unset, which counts as false,
except for ``==``, ``!=``, ``is``, ``not``, ``and`` and ``or``.
"""

from __future__ import annotations

import difflib
import hashlib
import os
from collections.abc import Callable

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
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.codes import fault
from silhouette_plan.values.coercion import (
    NULL,
    add,
    arithmetic,
    compare,
    contains,
    equal,
    is_kind,
    is_true,
    number_of,
    text_of,
)
from silhouette_plan.values.compiler import compile_template, make_function
from silhouette_plan.values.context import EvaluateWithSample, ValueContext
from silhouette_plan.values.functions import WITH_PLUGINS
from silhouette_plan.values.functions.dates import epoch_ms, local_moment
from silhouette_plan.values.functions.draws import random_uuid
from silhouette_plan.values.java.date_format import date_format
from silhouette_plan.values.java.oro import compile_oro_regex
from silhouette_plan.values.java.patterns import MatchTooLong, Pattern, PatternFault
from silhouette_plan.values.parts import SAMPLE_PARTS, USER_PARTS
from silhouette_plan.values.template import Template, ValueFault
from silhouette_plan.values.user import User


def _unset(user: User, sample: Sample | None) -> object:
    """The value of what could not be compiled."""
    return None


def compile_expression(expression: Expression, context: ValueContext) -> EvaluateWithSample:
    """``expression`` compiled. Problems are reported to the context, and what they are in is then unset.

    Calling the result may raise ``ValueFault``.
    """
    match expression:
        case Literal(value):
            constant = NULL if value is None else value
            return lambda user, sample: constant
        case TextLiteral(text):
            return _text(compile_template(text, context))
        case Name("document"):
            context.report(fault("VL006", "the text of a document (Tika) is not supported", context.span))
            return _unset
        case Name(name):
            return _name(name)
        case Call():
            return _call(expression, context)
        case ListOf(items):
            compiled = [compile_expression(item, context) for item in items]
            return lambda user, sample: [item(user, sample) for item in compiled]
        case Range():
            context.report(fault("VL006", "a range can only stand after `in`", context.span))
            return _unset
        case Unary():
            return _unary(expression, context)
        case IsKind(operand, kind, negated):
            inner, of_variable = compile_expression(operand, context), _is_variable(operand)
            return lambda user, sample: is_kind(inner(user, sample), kind, of_variable) != negated
        case Binary():
            return _binary(expression, context)


def _text(template: Template) -> EvaluateWithSample:
    if template.constant is not None:
        constant = template.constant
        return lambda user, sample: constant
    evaluate = template.evaluate
    return lambda user, sample: evaluate(user)


def _is_variable(expression: Expression) -> bool:
    """Whether an expression reads a variable, which holds text."""
    if isinstance(expression, Name):
        return expression.name not in SAMPLE_PARTS and expression.name not in USER_PARTS
    return isinstance(expression, Call) and expression.function in ("var", "prop", "env")


def _name(name: str) -> EvaluateWithSample:
    if name in SAMPLE_PARTS:
        return _sample_part(SAMPLE_PARTS[name])
    if name in USER_PARTS:
        part = USER_PARTS[name]
        return lambda user, sample: part(user)
    return lambda user, sample: user.variables.get(name)


def _sample_part(part: Callable[[Sample], object]) -> EvaluateWithSample:
    def evaluate(user: User, sample: Sample | None) -> object:
        found = user.previous if sample is None else sample
        return None if found is None else part(found)

    return evaluate


def _unary(expression: Unary, context: ValueContext) -> EvaluateWithSample:
    operand = compile_expression(expression.operand, context)
    if expression.operator == "not":
        return lambda user, sample: not is_true(operand(user, sample))
    return lambda user, sample: arithmetic("-", 0, operand(user, sample))


def _binary(expression: Binary, context: ValueContext) -> EvaluateWithSample:
    operator = expression.operator
    if operator == "in":
        return _membership(expression, context)
    left, right = compile_expression(expression.left, context), compile_expression(expression.right, context)
    match operator:
        case "and":
            return lambda user, sample: is_true(left(user, sample)) and is_true(right(user, sample))
        case "or":
            return lambda user, sample: is_true(left(user, sample)) or is_true(right(user, sample))
        case "==":
            return lambda user, sample: equal(left(user, sample), right(user, sample))
        case "!=":
            return lambda user, sample: not equal(left(user, sample), right(user, sample))
        case "contains":
            return lambda user, sample: contains(left(user, sample), right(user, sample))
        case "finds" | "matches":
            return _pattern(left, right, expression.right, operator == "matches", context)
        case "+":
            return lambda user, sample: add(left(user, sample), right(user, sample))
        case "-" | "*" | "/" | "%":
            return lambda user, sample: arithmetic(operator, left(user, sample), right(user, sample))
        case _:
            return _ordered(_ORDERS[operator], left, right)


_ORDERS: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def _ordered(test: Callable[[int], bool], left: EvaluateWithSample, right: EvaluateWithSample) -> EvaluateWithSample:
    def evaluate(user: User, sample: Sample | None) -> object:
        order = compare(left(user, sample), right(user, sample))
        return None if order is None else test(order)

    return evaluate


def _membership(expression: Binary, context: ValueContext) -> EvaluateWithSample:
    """``in``: a range with both ends, a list, the keys of an object; any other value is a list of one."""
    left = compile_expression(expression.left, context)
    if isinstance(expression.right, Range):
        low, high = (
            compile_expression(expression.right.low, context),
            compile_expression(expression.right.high, context),
        )
        return lambda user, sample: _between(left(user, sample), low(user, sample), high(user, sample))
    right = compile_expression(expression.right, context)

    def evaluate(user: User, sample: Sample | None) -> object:
        value, held = left(user, sample), right(user, sample)
        if value is None or held is None:
            return None
        return any(equal(value, item) for item in (held if isinstance(held, (list, dict)) else [held]))

    return evaluate


def _between(value: object, low: object, high: object) -> object:
    above, below = compare(low, value), compare(value, high)
    return None if above is None or below is None else above <= 0 and below <= 0


def _pattern(
    left: EvaluateWithSample, right: EvaluateWithSample, source: Expression, whole: bool, context: ValueContext
) -> EvaluateWithSample:
    """``finds`` and ``matches``: Perl 5 patterns, as in JMeter's assertions. A constant one is checked now."""
    if isinstance(source, TextLiteral) and "${" not in source.text:
        try:
            compile_oro_regex(source.text)
        except PatternFault as error:
            context.report(fault("VL006", f"bad pattern {error}", context.span))
            return _unset

    def evaluate(user: User, sample: Sample | None) -> object:
        value = left(user, sample)
        if value is None:
            return None
        try:
            pattern: Pattern = compile_oro_regex(text_of(right(user, sample)))
            text = text_of(value)
            return (pattern.fullmatch(text) if whole else pattern.search(text)) is not None
        except (PatternFault, MatchTooLong) as error:
            raise ValueFault(str(error)) from None

    return evaluate


def _call(call: Call, context: ValueContext) -> EvaluateWithSample:
    """A function of the language, a query, or a function of JMeter's."""
    arguments = tuple(compile_expression(argument, context) for argument in call.arguments)
    if call.function in _FUNCTIONS:
        least, most, make = _FUNCTIONS[call.function]
        if least <= len(arguments) <= most:
            return make(*arguments)
        return _refused(call, f"{call.function} takes {least} to {most} arguments, not {len(arguments)}", context)
    if call.function in context.queries:
        return context.queries[call.function](arguments, context)
    if call.function in WITH_PLUGINS:
        return _jmeter_function(call, arguments, context)
    known = [*_FUNCTIONS, *context.queries, *WITH_PLUGINS]
    near = difflib.get_close_matches(call.function, known, 1)
    return _refused(call, f"unknown function {call.function}", context, f"did you mean `{near[0]}`?" if near else "")


def _refused(call: Call, message: str, context: ValueContext, hint: str = "") -> EvaluateWithSample:
    context.report(fault("VL006", message, call.span or context.span, hint=hint))
    return _unset


def _jmeter_function(
    call: Call, arguments: tuple[EvaluateWithSample, ...], context: ValueContext
) -> EvaluateWithSample:
    """A function of JMeter's, its parameters expressions: they see the sample that the whole expression is over."""
    function = WITH_PLUGINS[call.function]
    if not function.takes(len(arguments)):
        return _refused(call, f"{call.function} takes {function.arity} parameters, not {len(arguments)}", context)
    if function.unsupported:
        context.report(fault("VL002", f"{call.function} {function.unsupported}", call.span or context.span))
        return _unset
    over: list[Sample | None] = [None]
    parameters = tuple(
        _parameter(source, argument, over) for source, argument in zip(call.arguments, arguments, strict=True)
    )
    run = make_function(call.function, function, parameters, context)

    def evaluate(user: User, sample: Sample | None) -> object:
        outer, over[0] = over[0], sample
        try:
            return run(user)
        finally:
            over[0] = outer

    return evaluate


def _parameter(source: Expression, argument: EvaluateWithSample, over: list[Sample | None]) -> Template:
    constant = None
    if isinstance(source, TextLiteral) and "${" not in source.text:
        constant = source.text
    elif isinstance(source, Literal):
        constant = text_of(source.value)

    def evaluate(user: User) -> str:
        return text_of(argument(user, over[0]))

    return Template(call_text(source), constant, evaluate, (evaluate,))


def call_text(source: Expression) -> str:
    """What an argument is called in messages."""
    return source.text if isinstance(source, TextLiteral) else type(source).__name__.lower()


def _choose(condition: EvaluateWithSample, yes: EvaluateWithSample, no: EvaluateWithSample) -> EvaluateWithSample:
    return lambda user, sample: (yes if is_true(condition(user, sample)) else no)(user, sample)


def _variable(name: EvaluateWithSample) -> EvaluateWithSample:
    return lambda user, sample: user.variables.get(text_of(name(user, sample)))


def _property(name: EvaluateWithSample, default: EvaluateWithSample = _unset) -> EvaluateWithSample:
    def evaluate(user: User, sample: Sample | None) -> object:
        found = user.run.properties.get(text_of(name(user, sample)))
        return default(user, sample) if found is None else found

    return evaluate


def _environment(name: EvaluateWithSample, default: EvaluateWithSample = _unset) -> EvaluateWithSample:
    def evaluate(user: User, sample: Sample | None) -> object:
        found = os.environ.get(text_of(name(user, sample)))
        return default(user, sample) if found is None else found

    return evaluate


def _random(low: EvaluateWithSample, high: EvaluateWithSample) -> EvaluateWithSample:
    """A whole number with both ends where both are whole, else a fraction."""

    def evaluate(user: User, sample: Sample | None) -> object:
        a, b = number_of(low(user, sample)), number_of(high(user, sample))
        if a is None or b is None or a > b:
            raise ValueFault("random: two numbers, the smaller first")
        return user.random.randint(a, b) if isinstance(a, int) and isinstance(b, int) else user.random.uniform(a, b)

    return evaluate


def _length(value: EvaluateWithSample) -> EvaluateWithSample:
    def evaluate(user: User, sample: Sample | None) -> object:
        found = value(user, sample)
        return len(found) if isinstance(found, (str, list, dict)) else len(text_of(found))

    return evaluate


def _now(pattern: EvaluateWithSample | None = None) -> EvaluateWithSample:
    """Milliseconds since 1970, or the time by a pattern of dates."""
    if pattern is None:
        return lambda user, sample: epoch_ms(user)

    def evaluate(user: User, sample: Sample | None) -> object:
        try:
            return date_format(text_of(pattern(user, sample)))(local_moment(epoch_ms(user)))
        except ValueError as error:
            raise ValueFault(f"now: {error}") from None

    return evaluate


def _md5(value: EvaluateWithSample) -> EvaluateWithSample:
    def evaluate(user: User, sample: Sample | None) -> object:
        found = value(user, sample)
        if found is None:
            return None
        return hashlib.md5(text_of(found).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()

    return evaluate


_FUNCTIONS: dict[str, tuple[int, int, Callable[..., EvaluateWithSample]]] = {
    "choose": (3, 3, _choose),
    "var": (1, 1, _variable),
    "prop": (1, 2, _property),
    "env": (1, 2, _environment),
    "uuid": (0, 0, lambda: lambda user, sample: random_uuid(user.random)),
    "random": (2, 2, _random),
    "now": (0, 1, _now),
    "len": (1, 1, _length),
    "md5": (1, 1, _md5),
}
"""The language's own functions: least and greatest number of arguments, and what compiles a call."""
