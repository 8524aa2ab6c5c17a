"""Logic controllers (``org.apache.jmeter.control`` unless a class is named)."""

from __future__ import annotations

from silhouette_plan.plan.base import Controller, Flag, Text
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.plan.records import record


@record(kw_only=True)
class SimpleController(Controller):
    """``GenericController``: a named block."""


@record(kw_only=True)
class RecordingController(Controller):
    """``RecordingController``: a block that a recorder fills; runs as a block."""


@record(kw_only=True)
class LoopController(Controller):
    """``loops`` passes over its children (−1: for ever). With ``continue_forever`` false it runs only once a user."""

    loops: Text = "1"
    continue_forever: Flag = True


@record(kw_only=True)
class OnceOnlyController(Controller):
    """Runs when its parent announces its first iteration."""


@record(kw_only=True)
class InterleaveController(Controller):
    """``InterleaveControl``: one child a pass. ``style`` 0 ignores sub-controllers, 1 runs a child controller whole."""

    style: Text = "0"
    across_threads: Flag = False


@record(kw_only=True)
class RandomController(Controller):
    """One child a pass, drawn. ``style`` as in Interleave. ``weights`` (the language's ``weight N``) has one entry a
    step child, or is empty for a uniform draw; with weights it exports as a Weighted Switch Controller."""

    style: Text = "0"
    weights: tuple[Text, ...] = ()


@record(kw_only=True)
class RandomOrderController(Controller):
    """All children, in a new random order each pass."""


@record(kw_only=True)
class IfController(Controller):
    """Runs its children while ``condition`` holds.

    Text: JavaScript that must give ``true``, or with ``use_expression`` text that must read ``true``. An
    ``Expression`` is a condition of the language itself. ``evaluate_all`` asks again before each child.
    """

    condition: Text | Expression = ""
    use_expression: Flag = False
    evaluate_all: Flag = False


@record(kw_only=True)
class Choice(Controller):
    """``if … else if … else``: children are ``Case`` blocks; the first whose condition holds runs whole."""


@record(kw_only=True)
class Case(Controller):
    """An arm of a ``Choice``. ``condition`` None is the ``else``. ``language`` names a foreign condition's language
    (``jexl3 groovy javascript value``) and then ``condition`` is its text."""

    condition: Text | Expression | None = None
    language: str = ""


@record(kw_only=True)
class WhileController(Controller):
    """Repeats while ``condition`` does not read ``false``; blank and ``LAST`` look at the last sample."""

    condition: Text | Expression = ""


@record(kw_only=True)
class ForeachController(Controller):
    """``returned`` takes the values of ``source_1, source_2 …``. An absent index (None) is not an empty one."""

    source: Text = ""
    returned: Text = ""
    start_index: Text | None = None
    end_index: Text | None = None
    use_separator: Flag = True


@record(kw_only=True)
class ForeachValue(Controller):
    """The language's ``foreach x in 0..99`` and ``foreach x in "a", "b"``: ``values`` given, or the range ``first..last``."""

    returned: Text = ""
    values: tuple[Text, ...] = ()
    first: Text = ""
    last: Text = ""


@record(kw_only=True)
class SwitchController(Controller):
    """One child a pass, chosen by index or name."""

    value: Text = ""


@record(kw_only=True)
class ThroughputController(Controller):
    """Runs in ``percent`` % of its parent's iterations (``by_percent``), or ``total`` times."""

    by_percent: Flag = False
    per_user: Flag = False
    total: Text = "1"
    percent: Text = "100"


@record(kw_only=True)
class Chance(Controller):
    """``chance 30%``: an independent draw each pass. ``percent`` is a number 0..100."""

    percent: Text = "100"


@record(kw_only=True)
class RuntimeController(Controller):
    """``RunTime``: repeats its children until ``seconds`` are over."""

    seconds: Text = "1"


@record(kw_only=True)
class TransactionController(Controller):
    """Adds up its samples: as a row of its own after them, or (``parent``) as their parent."""

    parent: Flag = False
    include_timers: Flag = False


@record(kw_only=True)
class CriticalSectionController(Controller):
    """Holds the lock ``lock`` over one pass of its children."""

    lock: Text = "global_lock"


@record(kw_only=True)
class ModuleController(Controller):
    """Runs a copy of the node at ``path`` (names from the root). ``call "name"`` has a path of one name.

    ``arguments`` are set as variables before each pass (``with x = …``).
    """

    path: tuple[str, ...] = ()
    arguments: tuple[tuple[str, Expression], ...] = ()


@record(kw_only=True)
class IncludeController(Controller):
    """The steps of the Test Fragment in another file."""

    file: Text = ""


@record(kw_only=True)
class WeightedSwitchController(Controller):
    """``com.blazemeter.jmeter.control.WeightedSwitchController``; ``weights`` as (child name, weight, "true"/"false" enabled)."""

    weights: tuple[tuple[Text, ...], ...] = ()
    random_choice: Flag = False


@record(kw_only=True)
class ParallelController(Controller):
    """``com.blazemeter.jmeter.controller.ParallelSampler``: runs its children at once."""

    parent_sample: Flag = False
    limit: Text = ""


@record(kw_only=True)
class HoldConnection(Controller):
    """``hold main [begin]``: one database connection kept for the block; ``begin`` makes it one transaction."""

    database: Text = ""
    transaction: bool = False
