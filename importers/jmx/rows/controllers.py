"""Element rows: logic controllers."""

from __future__ import annotations

from silhouette_plan.importers.jmx.columns.basic import FlagColumn as Flag
from silhouette_plan.importers.jmx.columns.basic import TextColumn as Text
from silhouette_plan.importers.jmx.columns.lists import GridColumn as Grid
from silhouette_plan.importers.jmx.columns.lists import ListColumn as Listing
from silhouette_plan.importers.jmx.columns.parallel import Limit
from silhouette_plan.importers.jmx.rows.row import Row

from silhouette_plan.plan import controllers as c

_STYLE = Text("style", "InterleaveControl.style", kind="int", absent="0")
_BLAZEMETER = "com.blazemeter.jmeter"

ROWS: tuple[Row, ...] = (
    Row(c.SimpleController, "GenericController", "LogicControllerGui"),
    Row(c.RecordingController, "RecordingController", "RecordController"),
    Row(
        c.LoopController,
        "LoopController",
        "LoopControlPanel",
        (
            Flag("continue_forever", "LoopController.continue_forever", absent=True),
            Text("loops", "LoopController.loops", absent="0"),
        ),
        lookalikes=("LoopControllerGui",),
    ),
    Row(c.OnceOnlyController, "OnceOnlyController", "OnceOnlyControllerGui"),
    Row(
        c.InterleaveController,
        "InterleaveControl",
        "InterleaveControlGui",
        (_STYLE, Flag("across_threads", "InterleaveControl.accrossThreads", absent=False)),
    ),
    Row(c.RandomController, "RandomController", "RandomControlGui", (_STYLE,), lookalikes=("RandomControllerGui",)),
    Row(c.RandomOrderController, "RandomOrderController", "RandomOrderControllerGui"),
    Row(
        c.IfController,
        "IfController",
        "IfControllerPanel",
        (
            Text("condition", "IfController.condition", absent=""),
            Flag("evaluate_all", "IfController.evaluateAll", absent=False),
            Flag("use_expression", "IfController.useExpression", absent=False),
        ),
    ),
    Row(
        c.WhileController,
        "WhileController",
        "WhileControllerGui",
        (Text("condition", "WhileController.condition", absent=""),),
    ),
    Row(
        c.ForeachController,
        "ForeachController",
        "ForeachControlPanel",
        (
            Text("source", "ForeachController.inputVal", absent=""),
            Text("returned", "ForeachController.returnVal", absent=""),
            Flag("use_separator", "ForeachController.useSeparator", absent=True),
            Text("start_index", "ForeachController.startIndex", absent=None),
            Text("end_index", "ForeachController.endIndex", absent=None),
        ),
    ),
    Row(
        c.SwitchController,
        "SwitchController",
        "SwitchControllerGui",
        (Text("value", "SwitchController.value", absent=""),),
        known=("InterleaveControl.style",),
    ),
    Row(
        c.ThroughputController,
        "ThroughputController",
        "ThroughputControllerGui",
        (
            Flag("by_percent", "ThroughputController.style", absent=False, words=("0", "1"), kind="int"),
            Flag("per_user", "ThroughputController.perThread", absent=False),
            Text("total", "ThroughputController.maxThroughput", kind="int", absent="0"),
            Text("percent", "ThroughputController.percentThroughput", kind="float", absent="0"),
        ),
    ),
    Row(c.RuntimeController, "RunTime", "RunTimeGui", (Text("seconds", "RunTime.seconds", absent="0"),)),
    Row(
        c.TransactionController,
        "TransactionController",
        "TransactionControllerGui",
        (
            Flag("parent", "TransactionController.parent", absent=False),
            Flag("include_timers", "TransactionController.includeTimers", absent=True),
        ),
    ),
    Row(
        c.CriticalSectionController,
        "CriticalSectionController",
        "CriticalSectionControllerGui",
        (Text("lock", "CriticalSectionController.lockName", absent=""),),
    ),
    Row(
        c.ModuleController,
        "ModuleController",
        "ModuleControllerGui",
        (Listing("path", "ModuleController.node_path"),),
    ),
    Row(
        c.IncludeController,
        "IncludeController",
        "IncludeControllerGui",
        (Text("file", "IncludeController.includepath", absent=""),),
    ),
    Row(
        c.WeightedSwitchController,
        f"{_BLAZEMETER}.control.WeightedSwitchController",
        f"{_BLAZEMETER}.control.WeightedSwitchControllerGui",
        (Grid("weights", "Weights"), Flag("random_choice", "IsRandomChoice", absent=False)),
    ),
    Row(
        c.ParallelController,
        f"{_BLAZEMETER}.controller.ParallelSampler",
        f"{_BLAZEMETER}.controller.ParallelControllerGui",
        (
            Limit(),
            Flag("parent_sample", "PARENT_SAMPLE", absent=False),
        ),
    ),
)
