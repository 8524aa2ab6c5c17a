"""What all elements of the plan graph share."""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, ClassVar, NoReturn, TypeVar, dataclass_transform

from silhouette_plan.plan.span import Span

_Kind = TypeVar("_Kind", bound="Element")

Text = str
"""A template: text in which ``${name}`` and ``${__function(…)}`` are live when the plan runs.

Numbers, durations and counts are ``Text`` as well, as JMeter keeps them, because any of them may hold a reference.
"""

Flag = bool | str
"""A switch. A ``str`` only where the source computes it: text with ``${}`` that reads as ``true`` or not."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property that no field holds, kept so that the way back to JMX loses nothing.

    ``kind`` is the JMX tag without ``Prop`` (``string bool int long float double element collection map obj``),
    ``value`` its text; ``element`` and ``collection`` have ``items`` instead. ``attributes`` are the XML attributes
    other than ``name`` (``elementType``, ``guiclass`` …), in order.
    """

    kind: str
    name: str
    value: str = ""
    items: tuple[Property, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def element(kind: type[_Kind]) -> type[_Kind]:
    """Makes a class derived of ``Element`` a frozen dataclass with slots and keyword arguments.

    Its methods are those of ``Element``, for all kinds the same: to generate them anew for each of 120 would cost every command
    more time than it takes to read a plan.
    """
    make = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)
    made = make(kind)
    made._defaults = {one.name: one.default for one in fields(made)}
    return made


@element
class Element:
    """A node of the plan graph.

    ``children`` stand in tree order, configuration and steps mixed, as JMeter's tree has them. ``comments`` is the
    element's own comment (``TestPlan.comments``). A disabled element and everything below it do not exist for a run.
    Spans do not take part in equality.
    """

    name: Text = ""
    enabled: bool = True
    comments: str = ""
    children: tuple[Element, ...] = ()
    extra: tuple[Property, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)

    _defaults: ClassVar[dict[str, Any]]

    def __init__(self, **values: Any) -> None:
        fill = object.__setattr__
        for name, default in self._defaults.items():
            value = values.pop(name, default)
            if value is MISSING:
                raise TypeError(f"{type(self).__name__} needs `{name}`")
            fill(self, name, value)
        if values:
            raise TypeError(f"{type(self).__name__} has no field `{next(iter(values))}`")

    def __repr__(self) -> str:
        shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        return _compared(self) == _compared(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(_compared(self))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")


def _compared(element: Element) -> tuple[Any, ...]:
    return tuple(getattr(element, one.name) for one in fields(element) if one.compare)


class Group(Element):
    """A group of users: it starts them, paces them and ends them."""

    __slots__ = ()


class Controller(Element):
    """Decides which of its steps comes next (``org.apache.jmeter.control.Controller``)."""

    __slots__ = ()


class Sampler(Element):
    """A step that makes a sample, or acts in the place of one (``org.apache.jmeter.samplers.Sampler``)."""

    __slots__ = ()


class Scoped(Element):
    """An element that applies to every sampler of its parent's subtree."""

    __slots__ = ()


class Config(Scoped):
    """Configuration merged into the samplers in scope, or data advanced each iteration."""

    __slots__ = ()


class Timer(Scoped):
    """A pause before each sampler in scope."""

    __slots__ = ()


class PreProcessor(Scoped):
    """Acts before each sampler in scope."""

    __slots__ = ()


class PostProcessor(Scoped):
    """Acts after each sampler in scope, before its assertions."""

    __slots__ = ()


class Assertion(Scoped):
    """Judges each sample in scope."""

    __slots__ = ()


class Listener(Scoped):
    """Receives each sample in scope."""

    __slots__ = ()
