"""The root of a plan, and what stands beside its groups."""

from __future__ import annotations

from dataclasses import dataclass

from silhouette_plan.plan.base import Config, Controller, Element, Flag, Property, Text, element


@dataclass(frozen=True, slots=True)
class Argument:
    """A name with a value (``org.apache.jmeter.config.Argument``)."""

    name: Text
    value: Text = ""
    description: str = ""


@element
class TestPlan(Element):
    """The root (``org.apache.jmeter.testelement.TestPlan``).

    ``serialized``: groups run one after another. ``teardown_on_shutdown``: tearDown groups also run after a stop.
    ``variables`` are evaluated once, before the first user starts, and cannot see one another.
    """

    serialized: Flag = False
    teardown_on_shutdown: Flag = True
    functional: Flag = False
    variables: tuple[Argument, ...] = ()
    classpath: str = ""


@element
class UserVariables(Config):
    """User Defined Variables (``org.apache.jmeter.config.Arguments`` with ``ArgumentsPanel``); global wherever it stands."""

    variables: tuple[Argument, ...] = ()


@element
class Parameter(Config):
    """A named input of the plan: ``param x = 500 env NAME secret``; JMeter's ``x = ${__P(x,500)}``.

    ``name`` is the parameter's name. A ``secret`` is masked wherever it would be shown.
    """

    default: Text = ""
    environment: str = ""
    secret: bool = False


@element
class TestFragment(Controller):
    """Steps that run only where they are called (``TestFragmentController``)."""


@element
class Foreign(Element):
    """An element that this package does not know, kept whole so that export writes it back.

    ``tag`` is its XML tag, ``testclass`` and ``guiclass`` its classes, ``properties`` all it holds.
    """

    tag: str
    testclass: str = ""
    guiclass: str = ""
    properties: tuple[Property, ...] = ()
