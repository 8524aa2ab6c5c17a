"""What compiling a value needs, and what a function of the table is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path

from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.records import record
from silhouette_plan.plan.span import Span
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.java.strings import trim
from silhouette_plan.values.template import Template, ValueFault
from silhouette_plan.values.user import GroupState, Run, User

Evaluate = Callable[[User], str]
"""A value over a user; may raise ``ValueFault``."""

EvaluateWithSample = Callable[[User, Sample | None], object]
"""An expression over a user and, after a sample, that sample."""

Query = Callable[[tuple[EvaluateWithSample, ...], "ValueContext"], EvaluateWithSample]
"""Builds a query of the language (``json(path)`` …) from its compiled arguments."""


def _nowhere(path: str) -> Path | None:
    return None


def _ignore(diagnostic: Diagnostic) -> None:
    return None


@record
class ValueContext:
    """Where a value stands and what it may use.

    ``properties`` are JMeter's at compile time; ``report`` takes diagnostics, at ``span``. ``may_read`` and
    ``may_write`` give the file for a path as the plan writes it, or None where it is refused; they are called while the
    plan compiles and while it runs, and report nothing. ``plan_level`` is the user whose variables parameters fixed at
    compile time may read (JMeter's engine thread). ``queries`` are the language's queries by name. ``plugin_functions``
    makes the functions of the jpgc plugins known (so does the property ``silplan.plugin_functions=true``); in a stock
    JMeter they stay text. ``functions`` is another table of functions altogether.
    """

    properties: Mapping[str, str] = field(default_factory=dict)
    report: Callable[[Diagnostic], None] = _ignore
    span: Span | None = None
    folder: Path = field(default_factory=Path)
    may_read: Callable[[str], Path | None] = _nowhere
    may_write: Callable[[str], Path | None] = _nowhere
    plan_level: User | None = None
    queries: Mapping[str, Query] = field(default_factory=dict)
    plugin_functions: bool = False
    functions: Mapping[str, Function] | None = None

    def engine_user(self) -> User:
        """The user that stands for the plan's level; one without variables where none is given."""
        if self.plan_level is not None:
            return self.plan_level
        return User(Run(self.properties, self.folder, "", 0), GroupState("", 0, None), 0, "", {})


@record(eq=False)
class Occurrence:
    """A function where it stands in the plan; state shared by all users of a run is kept under it (``run.service``).

    ``compile`` makes a template of text that is known only while the plan runs (``__eval``).
    """

    name: str
    parameters: tuple[Template, ...]
    context: ValueContext
    compile: Callable[[str], Template]

    def __len__(self) -> int:
        return len(self.parameters)

    def text(self, index: int, default: str = "") -> Evaluate:
        """Parameter ``index``, ``default`` where it was not given."""
        if index >= len(self.parameters):
            return lambda user: default
        return self.parameters[index].evaluate

    def constant(self, index: int, default: str = "") -> str | None:
        """Parameter ``index`` where it is constant text (or missing), else None."""
        return default if index >= len(self.parameters) else self.parameters[index].constant

    def fixed(self, index: int, default: str = "") -> str:
        """Parameter ``index`` evaluated now, at the plan's level, as ``__time`` does with its format."""
        constant = self.constant(index, default)
        return self.parameters[index].evaluate(self.context.engine_user()) if constant is None else constant

    def store(self, index: int) -> Callable[[User, str], None] | None:
        """Puts a result into the variable that parameter ``index`` names; None where it names none."""
        constant = self.constant(index)
        if constant is None:
            name_of = self.parameters[index].evaluate

            def put(user: User, value: str) -> None:
                if name := trim(name_of(user)):
                    user.variables[name] = value

            return put
        name = trim(constant)
        return _put(name) if name else None


def _put(name: str) -> Callable[[User, str], None]:
    def put(user: User, value: str) -> None:
        user.variables[name] = value

    return put


Make = Callable[[Occurrence], Evaluate]


@record
class Function:
    """A function of the table: how many parameters it takes (``maximum`` None: any number) and how it is compiled.

    The result also goes to the variable named by parameter ``store``, where that is given. ``unsupported`` says why a
    known function cannot run.
    """

    minimum: int
    maximum: int | None
    make: Make
    store: int | None = None
    unsupported: str = ""

    def takes(self, count: int) -> bool:
        """Whether ``count`` parameters are right."""
        return count >= self.minimum and (self.maximum is None or count <= self.maximum)

    @property
    def arity(self) -> str:
        """``2``, ``1 to 3`` or ``at least 2``."""
        if self.maximum is None:
            return f"at least {self.minimum}"
        return str(self.minimum) if self.minimum == self.maximum else f"{self.minimum} to {self.maximum}"


def of_texts(compute: Callable[..., str]) -> Make:
    """A function of nothing but its evaluated parameters; what ``compute`` raises for bad text is a ``ValueFault``."""

    def make(occurrence: Occurrence) -> Evaluate:
        parameters = [parameter.evaluate for parameter in occurrence.parameters]
        name = occurrence.name

        def evaluate(user: User) -> str:
            try:
                return compute(*[parameter(user) for parameter in parameters])
            except (ValueError, IndexError, LookupError) as error:
                raise ValueFault(f"{name}: {error}") from None

        return evaluate

    return make
