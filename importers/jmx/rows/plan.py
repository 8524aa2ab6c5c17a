"""Element rows: the test plan, its variables, and groups."""

from __future__ import annotations

from silhouette_plan.importers.jmx.columns.basic import Column, Fixed, LeftOut
from silhouette_plan.importers.jmx.columns.basic import FlagColumn as Flag
from silhouette_plan.importers.jmx.columns.basic import TextColumn as Text
from silhouette_plan.importers.jmx.columns.lists import GridColumn as Grid
from silhouette_plan.importers.jmx.columns.lists import ItemsColumn, ItemType, NestedColumn
from silhouette_plan.importers.jmx.rows.row import Row

from silhouette_plan.plan import groups
from silhouette_plan.plan.base import Group, Property
from silhouette_plan.plan.testplan import Argument, TestFragment, TestPlan, UserVariables

ARGUMENT = ItemType(
    Argument,
    "Argument",
    (
        Text("name", "Argument.name"),
        Text("value", "Argument.value"),
        Fixed((Property("string", "Argument.metadata", "="),)),
        Text("description", "Argument.desc", absent="", omit=True),
    ),
    title="name",
)
"""A name with its value, as user defined variables and Java parameters have them."""


def arguments(field: str, name: str) -> ItemsColumn:
    """Arguments in an ``elementProp`` called ``name``."""
    return ItemsColumn(
        field, "Arguments.arguments", ARGUMENT, (name, "Arguments", "ArgumentsPanel"), "User Defined Variables"
    )


def _loop(*columns: Column, name_field: str = "") -> NestedColumn:
    return NestedColumn(
        "ThreadGroup.main_controller",
        "LoopController",
        "LoopControlPanel",
        columns,
        name_field=name_field,
        title="Loop Controller",
    )


_ON_ERROR = Text("on_error", "ThreadGroup.on_sample_error", absent="continue")
_LOOPS = Text("loops", "LoopController.loops", absent="0")
_ENDLESS = _loop(Fixed((Property("bool", "LoopController.continue_forever", "false"),)), _LOOPS)

_OLD_TIMES = LeftOut(("ThreadGroup.start_time", "ThreadGroup.end_time"))

_THREADS: tuple[Column, ...] = (
    _ON_ERROR,
    _loop(Flag("continue_forever", "LoopController.continue_forever", absent=True), _LOOPS, name_field="loop_name"),
    Text("users", "ThreadGroup.num_threads", absent="0"),
    Text("ramp_up", "ThreadGroup.ramp_time", absent="0"),
    Flag("delayed_start", "ThreadGroup.delayedStart", absent=False, omit=True),
    Flag("scheduler", "ThreadGroup.scheduler", absent=False),
    Text("duration", "ThreadGroup.duration", absent=""),
    Text("delay", "ThreadGroup.delay", absent=""),
    Flag("same_user", "ThreadGroup.same_user_on_next_iteration", absent=True),
    _OLD_TIMES,
)


def _thread_group(kind: type[groups.ThreadGroup], tag: str) -> Row:
    return Row(kind, tag, f"{tag}Gui", _THREADS)


_BLAZEMETER = "com.blazemeter.jmeter"
_USERS_AS_THEY_COME = NestedColumn(
    "ThreadGroup.main_controller", f"{_BLAZEMETER}.control.VirtualUserController", "", ()
)


def _dynamic(kind: type[Group], place: str, *columns: Column) -> Row:
    """A group of the casutg plugin that starts users as a target asks for them."""
    shared: tuple[Column, ...] = (
        _USERS_AS_THEY_COME,
        _ON_ERROR,
        *columns,
        Text("log_file", "LogFilename", absent=""),
        Text("iterations", "Iterations", absent=""),
        Text("unit", "Unit", absent="M"),
    )
    tag = f"{_BLAZEMETER}.threads.{place}"
    return Row(kind, tag, f"{tag}Gui", shared, known=("ThreadGroup.num_threads", "ThreadGroup.ramp_time"))


_TARGET: tuple[Column, ...] = (
    Text("target", "TargetLevel", absent=""),
    Text("ramp_up", "RampUp", absent=""),
    Text("steps", "Steps", absent=""),
    Text("hold", "Hold", absent=""),
)
_LIMIT = Text("concurrency_limit", "ConcurrencyLimit", absent="")

ROWS: tuple[Row, ...] = (
    Row(
        TestPlan,
        "TestPlan",
        "TestPlanGui",
        (
            Flag("functional", "TestPlan.functional_mode", absent=False),
            Flag("teardown_on_shutdown", "TestPlan.tearDown_on_shutdown", absent=False),
            Flag("serialized", "TestPlan.serialize_threadgroups", absent=False),
            arguments("variables", "TestPlan.user_defined_variables"),
            Text("classpath", "TestPlan.user_define_classpath", absent=""),
            LeftOut(("TestPlan.thread_groups",)),
        ),
        known=("basedir",),
    ),
    Row(
        UserVariables,
        "Arguments",
        "ArgumentsPanel",
        (ItemsColumn("variables", "Arguments.arguments", ARGUMENT),),
    ),
    Row(TestFragment, "TestFragmentController", "TestFragmentControllerGui"),
    _thread_group(groups.ThreadGroup, "ThreadGroup"),
    _thread_group(groups.SetupGroup, "SetupThreadGroup"),
    _thread_group(groups.TeardownGroup, "PostThreadGroup"),
    Row(
        groups.OpenModelGroup,
        "OpenModelThreadGroup",
        "OpenModelThreadGroupGui",
        (
            NestedColumn("ThreadGroup.main_controller", "OpenModelThreadGroupController", "", ()),
            Text("schedule", "OpenModelThreadGroup.schedule", absent=""),
            Text("seed", "OpenModelThreadGroup.random_seed", kind="long", absent=""),
        ),
        known=("ThreadGroup.on_sample_error",),
    ),
    _dynamic(groups.ConcurrencyGroup, "concurrency.ConcurrencyThreadGroup", *_TARGET),
    _dynamic(groups.ArrivalsGroup, "arrivals.ArrivalsThreadGroup", *_TARGET, _LIMIT),
    _dynamic(
        groups.FreeFormArrivalsGroup,
        "arrivals.FreeFormArrivalsThreadGroup",
        Grid(
            "rows", "Schedule", groups.FreeFormArrivalsRow, lambda row: (row.start, row.end, row.duration), width=3
        ),
        _LIMIT,
    ),
    Row(
        groups.UltimateGroup,
        "kg.apc.jmeter.threads.UltimateThreadGroup",
        "kg.apc.jmeter.threads.UltimateThreadGroupGui",
        (
            Grid(
                "rows",
                "ultimatethreadgroupdata",
                groups.UltimateRow,
                lambda row: (row.users, row.delay, row.ramp_up, row.hold, row.ramp_down),
                width=5,
            ),
            _ENDLESS,
            _ON_ERROR,
        ),
    ),
    Row(
        groups.SteppingGroup,
        "kg.apc.jmeter.threads.SteppingThreadGroup",
        "kg.apc.jmeter.threads.SteppingThreadGroupGui",
        (
            _ON_ERROR,
            Text("users", "ThreadGroup.num_threads", absent="0"),
            Text("initial_delay", "Threads initial delay", absent="0"),
            Text("step_users", "Start users count", absent="0"),
            Text("burst", "Start users count burst", absent="0"),
            Text("step_interval", "Start users period", absent="0"),
            Text("stop_users", "Stop users count", absent="0"),
            Text("stop_interval", "Stop users period", absent="0"),
            Text("hold", "flighttime", absent="0"),
            Text("step_ramp_up", "rampUp", absent="0"),
            _ENDLESS,
        ),
    ),
)  # fmt: skip
