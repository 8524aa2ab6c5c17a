"""What all elements of the plan graph share."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from silhouette_plan.plan.records import record
from silhouette_plan.plan.span import Span

Text = str
"""A template: text in which ``${name}`` and ``${__function(…)}`` are live when the plan runs.

Numbers, durations and counts are ``Text`` as well, as JMeter keeps them, because any of them may hold a reference.
"""

Flag = bool | str
"""A switch. A ``str`` only where the source computes it: text with ``${}`` that reads as ``true`` or not."""


@record
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


@record(kw_only=True)
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

    __slots__: ClassVar[tuple[str, ...]]  # the fields that a kind has beyond those of its base


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
