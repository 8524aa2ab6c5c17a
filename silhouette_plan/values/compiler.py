"""Templates to closures.

Text without a reference is a constant; one variable is one dictionary look-up; text around variables is one format of
the values found. Only functions cost calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.values.codes import fault
from silhouette_plan.values.context import Evaluate, Function, Occurrence, ValueContext
from silhouette_plan.values.functions import FUNCTIONS, WITH_PLUGINS
from silhouette_plan.values.java.strings import text_of
from silhouette_plan.values.parser import Call, Parsed, Piece, Plain, TemplateFault, Variable, parse
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import User

PLUGINS = "silplan.plugin_functions"
"""The property that makes functions of the jpgc plugins known."""


def compile_template(text: str, context: ValueContext) -> Template:
    """``text`` compiled. Problems are reported to the context, and the text then stands for itself, as in JMeter."""
    if "${" not in text:
        return constant_template(text)
    functions = functions_of(context)
    try:
        parsed = parse(text, functions)
        if not parsed.found_reference:
            return constant_template(text)
        return _compile(parsed, context, functions)
    except TemplateFault as problem:
        context.report(_diagnostic(problem, context))
        return constant_template(text)


def functions_of(context: ValueContext) -> Mapping[str, Function]:
    """The functions known in ``context``, by name."""
    if context.functions is not None:
        return context.functions
    plugins = context.plugin_functions or context.properties.get(PLUGINS) == "true"
    return WITH_PLUGINS if plugins else FUNCTIONS


def constant_template(text: str) -> Template:
    """A template that is ``text`` and nothing else."""
    return Template(text, text, lambda user: text)


def _diagnostic(problem: TemplateFault, context: ValueContext) -> Diagnostic:
    return fault("VL001", problem.message, context.span)


def _check_count(call: Call, function: Function) -> None:
    if not function.takes(len(call.parameters)):
        raise TemplateFault(f"{call.function} takes {function.arity} parameters, not {len(call.parameters)}")


def _compile(parsed: Parsed, context: ValueContext, functions: Mapping[str, Function]) -> Template:
    if not parsed.live:
        return constant_template(parsed.literal)
    parts = tuple([_part(piece, context, functions) for piece in parsed.pieces])
    match parts:
        case (only,) if not isinstance(only, str):
            evaluate = only
        case _ if any(isinstance(piece, Call) for piece in parsed.pieces):
            evaluate = _joined(parts)
        case _:
            evaluate = _text_and_variables(parsed.pieces)
    return Template(parsed.source, None, evaluate, parts)


def variable(name: str) -> Evaluate:
    """``${name}``: the variable's text, or the reference itself while nothing sets it."""
    literal = f"${{{name}}}"

    def evaluate(user: User) -> str:
        value = user.variables.get(name)
        return value if value.__class__ is str else literal if value is None else text_of(value)

    return evaluate


def _text_and_variables(pieces: tuple[Piece, ...]) -> Evaluate:
    """Text around variables. ``join`` takes nothing but text, so what is no text is found out at no cost."""
    lookups = [_lookup(piece) for piece in pieces]

    def with_objects(user: User) -> str:
        get = user.variables.get
        return "".join([text if name is None else _shown(get(name), text) for name, text in lookups])

    texts, names = _alternating(lookups)
    match names:
        case [(name, literal)]:
            return _around_one(texts[0], name, literal, texts[1], with_objects)
        case [first, second]:
            return _around_two(texts, first, second, with_objects)

    def evaluate(user: User) -> str:
        get = user.variables.get
        try:
            return "".join([text if name is None else get(name, text) for name, text in lookups])
        except TypeError:
            return with_objects(user)

    return evaluate


def _lookup(piece: Piece) -> tuple[str | None, str]:
    """A variable's name and what stands for it while it is not set; no name and the text itself for text."""
    return (
        (piece.name, f"${{{piece.name}}}")
        if isinstance(piece, Variable)
        else (None, piece.text if isinstance(piece, Plain) else "")
    )


def _alternating(lookups: list[tuple[str | None, str]]) -> tuple[list[str], list[tuple[str, str]]]:
    """The texts before, between and after the variables, and the variables."""
    texts, names = [""], list[tuple[str, str]]()
    for name, text in lookups:
        if name is None:
            texts[-1] += text
        else:
            names.append((name, text))
            texts.append("")
    return texts, names


def _around_one(before: str, name: str, literal: str, after: str, with_objects: Evaluate) -> Evaluate:
    def evaluate(user: User) -> str:
        try:
            return before + user.variables.get(name, literal) + after  # type: ignore[no-any-return]
        except TypeError:
            return with_objects(user)

    return evaluate


def _around_two(texts: list[str], first: tuple[str, str], second: tuple[str, str], with_objects: Evaluate) -> Evaluate:
    before, between, after = texts
    one, one_unset = first
    two, two_unset = second

    def evaluate(user: User) -> str:
        get = user.variables.get
        try:
            return "".join((before, get(one, one_unset), between, get(two, two_unset), after))
        except TypeError:
            return with_objects(user)

    return evaluate


def _shown(value: object, literal: str) -> str:
    return literal if value is None else text_of(value)


def _part(piece: Piece, context: ValueContext, functions: Mapping[str, Function]) -> Evaluate | str:
    match piece:
        case Plain(text):
            return text
        case Variable(name):
            _warn_of_plugin(name, context)
            return variable(name)
        case Call():
            return _call(piece, context, functions)


def _warn_of_plugin(name: str, context: ValueContext) -> None:
    """A function of a plugin that is not known reads as a variable that nothing sets."""
    function = name.partition("(")[0].strip()
    if context.functions is None and function in WITH_PLUGINS:
        message = f"{function} belongs to a plugin of JMeter; without it `${{{name}}}` is sent as it stands"
        hint = f"where the plugin is installed, run with -J{PLUGINS}=true"
        context.report(fault("VL008", message, context.span, hint=hint))


def _joined(parts: tuple[Evaluate | str, ...]) -> Evaluate:
    pattern = "".join(part.replace("%", "%%") if isinstance(part, str) else "%s" for part in parts)
    live = [part for part in parts if not isinstance(part, str)]
    if len(live) == 1:
        (only,) = live
        return lambda user: pattern % (only(user),)
    return lambda user: pattern % tuple([part(user) for part in live])


def _call(call: Call, context: ValueContext, functions: Mapping[str, Function]) -> Evaluate:
    function = functions[call.function]
    _check_count(call, function)
    if function.unsupported:
        context.report(fault("VL002", f"{call.function} {function.unsupported}", context.span, Severity.ERROR))
        return variable(call.function)
    parameters = tuple(_compile(parameter, context, functions) for parameter in call.parameters)
    return make_function(call.function, function, parameters, context)


def make_function(name: str, function: Function, parameters: tuple[Template, ...], context: ValueContext) -> Evaluate:
    """One occurrence of ``function``, its result stored where a parameter names a variable."""
    occurrence = Occurrence(name, parameters, context, lambda text: _compile_live(text, context))
    evaluate = function.make(occurrence)
    store = occurrence.store(function.store) if function.store is not None else None
    return evaluate if store is None else _storing(evaluate, store)


def _storing(evaluate: Evaluate, store: Callable[[User, str], None]) -> Evaluate:
    def stored(user: User) -> str:
        value = evaluate(user)
        store(user, value)
        return value

    return stored


def _compile_live(text: str, context: ValueContext) -> Template:
    """Text that became known while the plan runs: its escapes are resolved even without a reference (``__eval``)."""
    functions = functions_of(context)
    return _compile(parse(text, functions), context, functions)
