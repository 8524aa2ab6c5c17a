"""The root of a plan, and what stands beside its groups."""

from __future__ import annotations

from silhouette_plan.plan.base import Config, Controller, Element, Flag, Property, Text
from silhouette_plan.plan.records import record


@record
class Argument:
    """A name with a value (``org.apache.jmeter.config.Argument``)."""

    name: Text
    value: Text = ""
    description: str = ""


@record(kw_only=True)
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


@record(kw_only=True)
class UserVariables(Config):
    """User Defined Variables (``org.apache.jmeter.config.Arguments`` with ``ArgumentsPanel``); global wherever it stands."""

    variables: tuple[Argument, ...] = ()


@record(kw_only=True)
class Parameter(Config):
    """A named input of the plan: ``param x = 500 env NAME secret``; JMeter's ``x = ${__P(x,500)}``.

    ``name`` is the parameter's name. A ``secret`` is masked wherever it would be shown.
    """

    default: Text = ""
    environment: str = ""
    secret: bool = False


@record(kw_only=True)
class TestFragment(Controller):
    """Steps that run only where they are called (``TestFragmentController``)."""


@record(kw_only=True)
class Foreign(Element):
    """An element that this package does not know, kept whole so that export writes it back.

    ``tag`` is its XML tag, ``testclass`` and ``guiclass`` its classes, ``properties`` all it holds.
    """

    tag: str
    testclass: str = ""
    guiclass: str = ""
    properties: tuple[Property, ...] = ()
