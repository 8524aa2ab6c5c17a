"""Listeners, and what watches and judges a run."""

from __future__ import annotations

from silhouette_plan.plan.base import Element, Flag, Listener, Text
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import Argument


@record(kw_only=True)
class ResultCollector(Listener):
    """Writes samples to ``file`` (``ResultCollector`` in all its guises; ``gui`` says which).

    ``save`` are the switches of ``SampleSaveConfiguration`` as the source gives them, in order: (name, "true"/"false"
    or a number). ``test_class`` is kept for the guises that have a class of their own.
    """

    file: Text = ""
    errors_only: Flag = False
    successes_only: Flag = False
    save: tuple[tuple[str, str], ...] = ()
    gui: str = "SimpleDataWriter"
    test_class: str = "ResultCollector"


@record(kw_only=True)
class Summariser(Listener):
    """Generate Summary Results: lines with the counts so far."""


@record(kw_only=True)
class BackendListener(Listener):
    """Backend Listener; kept for export."""

    class_name: str = ""
    queue_size: Text = "5000"
    arguments: tuple[Argument, ...] = ()


@record(kw_only=True)
class ResultSaver(Listener):
    """Save Responses to a file."""

    file: Text = ""
    variable: Text = ""
    errors_only: Flag = False
    successes_only: Flag = False
    skip_auto_number: Flag = False
    skip_suffix: Flag = False
    add_timestamp: Flag = False
    pad: Text = ""
    ignore_transactions: Flag = True


@record(kw_only=True)
class ScriptListener(Listener):
    """``JSR223Listener``; ``legacy`` names ``BeanShellListener`` or ``BSFListener``."""

    language: str = "groovy"
    script: Text = ""
    file: Text = ""
    parameters: Text = ""
    cache_key: Text = "true"
    legacy: str = ""
    reset_interpreter: Flag = False


@record(kw_only=True)
class SummaryLine(Listener):
    """``summary every 30s``: the interval of the running summary, text with a unit."""

    every: Text = "30s"


@record(kw_only=True)
class Report(Listener):
    """``report html|json "path"``."""

    format: str = "html"
    path: Text = ""


@record(kw_only=True)
class Export(Listener):
    """``export prometheus|otlp|influx …``; ``options`` are words and texts as written."""

    target: str = "prometheus"
    options: tuple[Text, ...] = ()


@record(kw_only=True)
class Monitor(Element):
    """``monitor "node" process "node"|pid N|command "…" [every 1s] [children] [for 5m]``."""

    by: str = "process"
    target: Text = ""
    every: Text = "1s"
    with_children: bool = False
    duration: Text = ""


@record(kw_only=True)
class Threshold(Element):
    """One line of ``slo``: ``AGG(METRIC [of WHAT]) CMP VALUE [during A..B] [over D] [warn | abort [after D]]``.

    ``aggregate`` is ``min avg med max stddev pNN count rate growth throughput``; times in ms; ``comparison`` is
    ``< <= > >= == != in``; for ``in``, ``value`` is a ``Range``. Durations are text with units.
    """

    aggregate: str
    metric: str = ""
    of: str = ""
    comparison: str = "<"
    value: Expression
    during: tuple[Text, Text] | None = None
    over: Text = ""
    action: str = ""
    after: Text = ""


@record(kw_only=True)
class Objectives(Element):
    """``slo { … }``: its children are ``Threshold``."""
