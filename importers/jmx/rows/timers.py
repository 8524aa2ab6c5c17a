"""Element rows: timers."""

from __future__ import annotations

from silhouette_plan.importers.jmx.columns.basic import TextColumn as Text
from silhouette_plan.importers.jmx.columns.lists import GridColumn as Grid
from silhouette_plan.importers.jmx.rows.row import Row
from silhouette_plan.importers.jmx.rows.scripts import bean_row, script_row

from silhouette_plan.plan import timers as t

_OLD_RANDOM = {"DelayOffset": "ConstantTimer.delay", "MaximumRandomRange": "RandomTimer.range"}
_THROUGHPUT_MODES = {
    **{f"calcMode.{number}": str(number - 1) for number in range(1, 6)},
    "this thread only": "0",
    "all active threads": "1",
    "all active threads in current thread group": "2",
    "all active threads (shared)": "3",
    "all active threads in current thread group (shared)": "4",
}

ROWS: tuple[Row, ...] = (
    Row(t.ConstantTimer, "ConstantTimer", "ConstantTimerGui", (Text("delay", "ConstantTimer.delay", absent=""),)),
    Row(
        t.UniformRandomTimer,
        "UniformRandomTimer",
        "UniformRandomTimerGui",
        (Text("offset", "ConstantTimer.delay", absent=""), Text("spread", "RandomTimer.range", absent="")),
        lookalikes=("RandomTimer", "RandomTimerGui"),
        renames=_OLD_RANDOM,
    ),
    Row(
        t.GaussianRandomTimer,
        "GaussianRandomTimer",
        "GaussianRandomTimerGui",
        (Text("offset", "ConstantTimer.delay", absent=""), Text("deviation", "RandomTimer.range", absent="")),
        renames=_OLD_RANDOM,
    ),
    Row(
        t.PoissonRandomTimer,
        "PoissonRandomTimer",
        "PoissonRandomTimerGui",
        (Text("offset", "ConstantTimer.delay", absent=""), Text("mean", "RandomTimer.range", absent="")),
        renames=_OLD_RANDOM,
    ),
    Row(
        t.ConstantThroughputTimer,
        "ConstantThroughputTimer",
        "TestBeanGUI",
        (
            Text("mode", "calcMode", kind="int", renames=_THROUGHPUT_MODES),
            Text("throughput", "throughput", kind="double"),
        ),
        old_guis=("ConstantThroughputTimerGui",),
        renames={"ConstantThroughputTimer.throughput": "throughput"},
        known=("legacyMode",),
    ),
    Row(
        t.PreciseThroughputTimer,
        "PreciseThroughputTimer",
        "TestBeanGUI",
        (
            Text("allowed_surplus", "allowedThroughputSurplus", kind="double"),
            Text("exact_limit", "exactLimit", kind="int"),
            Text("throughput", "throughput", kind="double"),
            Text("period", "throughputPeriod", kind="int"),
            Text("duration", "duration", kind="long"),
            Text("batch_size", "batchSize", kind="int"),
            Text("batch_delay", "batchThreadDelay", kind="int"),
            Text("seed", "randomSeed", kind="long"),
        ),
    ),
    Row(
        t.SyncTimer,
        "SyncTimer",
        "TestBeanGUI",
        (Text("users", "groupSize", kind="int"), Text("timeout", "timeoutInMs", kind="long")),
    ),
    Row(
        t.ThroughputShapingTimer,
        "kg.apc.jmeter.timers.VariableThroughputTimer",
        "kg.apc.jmeter.timers.VariableThroughputTimerGui",
        (Grid("rows", "load_profile", width=3),),
    ),
    script_row(t.ScriptTimer, "JSR223Timer"),
    bean_row(t.ScriptTimer, "BeanShellTimer"),
    bean_row(t.ScriptTimer, "BSFTimer"),
)
