"""What a text refers to, without compiling it."""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.plan.records import record
from silhouette_plan.values.functions import FUNCTIONS, WITH_PLUGINS
from silhouette_plan.values.parser import Call, Parsed, Plain, TemplateFault, Variable, parse


@record
class Reference:
    """A reference in a text, from ``start`` to ``end`` (exclusive, in characters).

    ``function`` says whether ``name`` is a function; ``arguments`` are then its parameters as written, ``takes`` whether
    their number is right and ``unsupported`` why the function cannot run, if it cannot.
    """

    name: str
    start: int
    end: int
    function: bool = False
    arguments: tuple[str, ...] = ()
    takes: bool = True
    unsupported: str = ""


@record
class References:
    """All references of a text, outer ones first. ``problem`` says why it is no template, ``problem_at`` where.

    ``unclosed``: a ``${`` never ends, so the text is sent without it.
    """

    all: tuple[Reference, ...] = ()
    problem: str = ""
    problem_at: int = 0
    unclosed: bool = False

    @property
    def variables(self) -> tuple[Reference, ...]:
        """Those that read a variable by name."""
        return tuple(reference for reference in self.all if not reference.function)

    @property
    def functions(self) -> tuple[Reference, ...]:
        """Those that call a function."""
        return tuple(reference for reference in self.all if reference.function)


def references(text: str, plugin_functions: bool = False) -> References:
    """Which variables ``text`` reads and which functions it calls. Raises nothing.

    Text that JMeter would not look at (no reference found) has none. Variables that a function names by a parameter
    (``__V``, ``__jexl3``) are not resolved; their parameters are in ``arguments``.
    """
    if "${" not in text:
        return References()
    known = WITH_PLUGINS if plugin_functions else FUNCTIONS
    try:
        parsed = parse(text, known)
    except TemplateFault as fault:
        return References(problem=fault.message, problem_at=fault.offset)
    unclosed = any(isinstance(piece, Plain) and piece.unclosed for piece in parsed.pieces)
    return References(tuple(_found(parsed)) if parsed.found_reference else (), unclosed=unclosed)


def _found(parsed: Parsed) -> Iterator[Reference]:
    for piece in parsed.pieces:
        if isinstance(piece, Variable):
            yield Reference(piece.name, piece.start, piece.end)
        elif isinstance(piece, Call):
            yield _called(piece)
            for parameter in piece.parameters:
                yield from _found(parameter)


def _called(call: Call) -> Reference:
    function = WITH_PLUGINS[call.function]
    return Reference(
        call.function,
        call.start,
        call.end,
        function=True,
        arguments=tuple(parameter.source for parameter in call.parameters),
        takes=function.takes(len(call.parameters)),
        unsupported=function.unsupported,
    )
