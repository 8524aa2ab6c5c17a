"""Groups of users, and the load lines that stand first in their blocks."""

from __future__ import annotations

from typing import Any

from silhouette_plan.language.statements.model import (
    Body,
    Built,
    Clause,
    Line,
    Operand,
    Place,
    Row,
    Values,
    defaults_of,
    differing,
    flags,
)
from silhouette_plan.language.statements.values import (
    DURATION,
    LONG_TEXT,
    LOOPS,
    NUMBER,
    RATE,
    SECONDS,
    TEXT,
    choice,
    ranged,
)
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.groups import (
    ArrivalsGroup,
    ArrivalStages,
    ConcurrencyGroup,
    FreeFormArrivalsGroup,
    FreeFormArrivalsRow,
    OpenModelGroup,
    SetupGroup,
    SharedIterations,
    Stage,
    SteppingGroup,
    TeardownGroup,
    ThreadGroup,
    UltimateGroup,
    UltimateRow,
    UserStages,
)

_TITLE = Operand("name", TEXT)
_ON_ERROR = Clause(
    "on-error",
    "on_error",
    choice(
        "an action",
        {
            "continue": "continue",
            "next-loop": "startnextloop",
            "stop-thread": "stopthread",
            "stop-test": "stoptest",
            "stop-now": "stoptestnow",
        },
    ),
)
_UNIT = Clause("in-minutes", "unit", constant="M")
_ENDS = (
    Clause("iterations", "iterations", NUMBER),
    Clause("limit", "concurrency_limit", NUMBER),
    Clause("log", "log_file", TEXT),
    _ON_ERROR,
)
"""The clauses that the casutg groups end with."""


def _row(verb: str, kinds: tuple[type[Element], ...], *operands: Operand, **told: Any) -> Row:
    """The row of a group: its name, its operands and a block of steps."""
    return Row(
        verb=verb, kinds=kinds, place=Place.GROUP, body=Body.STEPS, title="name", operands=(_TITLE, *operands), **told
    )


# ---- threads


def _threads(kind: type[Element]) -> Any:
    def build(values: Values) -> Built:
        duration, delay = values.pop("for", None), values.pop("delay", None)
        if duration is not None:
            values = {"loops": "-1", **values, "duration": duration}
        if delay is not None:
            values["delay"] = delay
        if duration is not None or delay is not None:
            values["scheduler"] = True
        return kind, values

    return build


def _of_threads(group: ThreadGroup) -> Values:
    values = differing(group, "users", "ramp_up", "loops", "on_error", "delayed_start", "same_user")
    if group.scheduler is True and group.delay:
        values["delay"] = group.delay
    if group.scheduler is True and group.duration:
        values |= {"for": group.duration, "loops": group.loops}
        if group.loops == "-1":
            del values["loops"]
    return values


def _threads_row(verb: str, kind: type[Element], jmeter: str, summary: str, example: str) -> Row:
    return _row(
        verb,
        (kind,),
        Operand("users", NUMBER, optional=True),
        clauses=(
            Clause("ramp", "ramp_up", SECONDS),
            Clause("loops", "loops", LOOPS),
            Clause("for", "for", SECONDS),
            Clause("delay", "delay", SECONDS),
            _ON_ERROR,
            Clause("fresh-user", "same_user", constant=False),
            *flags("delayed-start"),
        ),
        build=_threads(kind),
        values_of=_of_threads,
        jmeter=jmeter,
        summary=summary,
        example=example,
    )


# ---- load lines


def _stage(values: Values) -> Stage:
    low, high = values["load"]
    duration = values.get("over") or values.get("for") or ""
    return Stage("", low, duration) if high is None else Stage(low, high, duration)


def _of_stage(stage: Stage) -> Values | None:
    if not stage.duration:
        return None
    if stage.start:
        return {"load": (stage.start, stage.end), "over": stage.duration}
    return {"load": (stage.end, None), "for": stage.duration}


def _stage_line(verb: str, load: Any, summary: str) -> Line:
    return Line(
        verb=verb,
        operands=(Operand("load", load),),
        clauses=(Clause("over", "over", DURATION), Clause("for", "for", DURATION)),
        into="stages",
        make=_stage,
        unmake=_of_stage,
        summary=summary,
    )


def _arrivals(values: Values) -> Built:
    return (OpenModelGroup if "schedule" in values else ArrivalStages), values


def _of_arrivals(group: ArrivalStages | OpenModelGroup) -> Values:
    if isinstance(group, OpenModelGroup):
        return {"schedule": group.schedule, **differing(group, "seed")}
    return differing(group, "stages", "spread", "seed")


def _ultimate(values: Values) -> UltimateRow:
    return UltimateRow(values["users"], *(values.get(name, "0") for name in ("delay", "ramp_up", "hold", "ramp_down")))


def _of_row(row: Any) -> Values:
    return {name: getattr(row, name) for name in row.__slots__}


# ---- the casutg groups keep seconds or minutes


def _timed(kind: type[Element]) -> Any:
    def build(values: Values) -> Built:
        if values["unit"] == "M":
            for name in ("ramp_up", "hold"):
                seconds = values.get(name, "")
                if seconds.isdecimal() and int(seconds) % 60 == 0:
                    values[name] = str(int(seconds) // 60)
        return kind, values

    return build


def _of_timed(group: ConcurrencyGroup | ArrivalsGroup) -> Values:
    values = differing(group, *(name for name in defaults_of(type(group)) if name not in ("ramp_up", "hold")), unit="S")
    factor = 60 if group.unit == "M" else 1
    for name in ("ramp_up", "hold"):
        text = getattr(group, name)
        if text:
            values[name] = str(int(text) * factor) if text.isdecimal() and text.isascii() else text
    return values


_TIMED_CLAUSES = (
    Clause("ramp", "ramp_up", SECONDS),
    Clause("steps", "steps", NUMBER),
    Clause("for", "hold", SECONDS),
    _UNIT,
    *_ENDS,
)


def _timed_row(verb: str, kind: type[Element], jmeter: str, summary: str, example: str) -> Row:
    known = defaults_of(kind)
    return _row(
        verb,
        (kind,),
        Operand("target", NUMBER, optional=True),
        clauses=tuple(clause for clause in _TIMED_CLAUSES if clause.name in known),
        defaults={"unit": "S"},
        build=_timed(kind),
        values_of=_of_timed,
        jmeter=jmeter,
        summary=summary,
        example=example,
    )


ROWS = (
    _threads_row(
        "threads",
        ThreadGroup,
        "Thread Group",
        "Users that each run the steps. One user if no number; `for` without `loops` runs until it ends; with neither, one loop. "
        "`fresh-user` forgets cookies, cache and connections after each iteration.",
        'threads "Users" 100 ramp 30s for 10m on-error next-loop {\n  get "/health"\n}',
    ),
    _threads_row(
        "setup",
        SetupGroup,
        "setUp Thread Group",
        "Runs before all other groups.",
        'setup "Prepare" {\n  post "/reset"\n}',
    ),
    _threads_row(
        "teardown",
        TeardownGroup,
        "tearDown Thread Group",
        "Runs after all other groups.",
        'teardown "Clean" {\n  delete "/data"\n}',
    ),
    _row(
        "arrivals",
        (ArrivalStages, OpenModelGroup),
        clauses=(
            Clause("even", "spread", constant="even"),
            Clause("poisson", "spread", constant="poisson"),
            Clause("seed", "seed", NUMBER),
            Clause("schedule", "schedule", LONG_TEXT),
        ),
        lines=(
            _stage_line(
                "arrive",
                ranged(RATE, "a rate or a range of rates"),
                "Users that start a second (`for`), or rising from one rate to another (`over`).",
            ),
        ),
        build=_arrivals,
        values_of=_of_arrivals,
        jmeter="Open Model Thread Group",
        summary="An open load: users arrive at a rate, however long the others take. `schedule` is JMeter's own text.",
        example='arrivals "Visitors" even seed 42 {\n  arrive 0/s..100/s over 1m\n  arrive 100/s for 10m\n  get "/"\n}',
    ),
    _row(
        "stages",
        (UserStages,),
        clauses=(_ON_ERROR,),
        lines=(
            _stage_line(
                "users",
                ranged(NUMBER, "a number or a range of users"),
                "Users held (`for`), or rising or falling (`over`).",
            ),
        ),
        jmeter="Ultimate Thread Group",
        summary="A number of users that follows a line of stages.",
        example='stages "Day" {\n  users 0..50 over 1m\n  users 50 for 5m\n  users 50..0 over 30s\n  get "/"\n}',
    ),
    _row(
        "ultimate",
        (UltimateGroup,),
        clauses=(Clause("loops", "loops", LOOPS), _ON_ERROR),
        lines=(
            Line(
                verb="users",
                operands=(Operand("users", NUMBER),),
                clauses=(
                    Clause("after", "delay", SECONDS),
                    Clause("ramp", "ramp_up", SECONDS),
                    Clause("hold", "hold", SECONDS),
                    Clause("down", "ramp_down", SECONDS),
                ),
                into="rows",
                make=_ultimate,
                unmake=_of_row,
                summary="Users that come and go.",
            ),
        ),
        jmeter="Ultimate Thread Group",
        summary="Rows of users that come and go on their own.",
        example='ultimate "Waves" {\n  users 10 after 0s ramp 30s hold 1m down 10s\n  users 20 after 1m ramp 30s hold 1m down 10s\n  get "/"\n}',
    ),
    _row(
        "stepping",
        (SteppingGroup,),
        Operand("users", NUMBER, optional=True),
        clauses=(
            Clause("after", "initial_delay", SECONDS),
            Clause("burst", "burst", NUMBER),
            Clause("add", "step_users", NUMBER),
            Clause("every", "step_interval", SECONDS),
            Clause("ramp", "step_ramp_up", SECONDS),
            Clause("hold", "hold", SECONDS),
            Clause("remove", "stop_users", NUMBER),
            Clause("each", "stop_interval", SECONDS),
            Clause("loops", "loops", LOOPS),
            _ON_ERROR,
        ),
        jmeter="Stepping Thread Group",
        summary="Users started and stopped in equal steps.",
        example='stepping "Stairs" 100 add 10 every 30s ramp 5s hold 1m remove 5 each 1s {\n  get "/"\n}',
    ),
    _timed_row(
        "concurrency",
        ConcurrencyGroup,
        "Concurrency Thread Group",
        "Keeps a number of users alive. `in-minutes` keeps JMeter's fields in minutes.",
        'concurrency "Crowd" 200 ramp 5m steps 10 for 1h {\n  get "/"\n}',
    ),
    _timed_row(
        "arrivals-target",
        ArrivalsGroup,
        "Arrivals Thread Group",
        "Starts a number of iterations a second (with `in-minutes`, a minute).",
        'arrivals-target "Rush" 20 ramp 1m for 5m limit 500 {\n  get "/"\n}',
    ),
    _row(
        "arrivals-rows",
        (FreeFormArrivalsGroup,),
        clauses=(_UNIT, *_ENDS),
        defaults={"unit": "S"},
        lines=(
            Line(
                verb="row",
                operands=(
                    Operand("start", NUMBER),
                    Operand("end", NUMBER, sign=".."),
                    Operand("duration", NUMBER, sign="over"),
                ),
                into="rows",
                make=lambda values: FreeFormArrivalsRow(**values),
                unmake=_of_row,
                summary="From a rate to a rate, over a time, all in the group's unit.",
            ),
        ),
        jmeter="Free-Form Arrivals Thread Group",
        summary="Iterations started at rates that rise and fall by rows.",
        example='arrivals-rows "Tide" {\n  row 1..10 over 60\n  row 10..10 over 600\n  get "/"\n}',
    ),
    _row(
        "iterations",
        (SharedIterations,),
        Operand("iterations", NUMBER),
        clauses=(Clause("users", "users", NUMBER), _ON_ERROR),
        jmeter="Thread Group with a shared counter",
        summary="One count of passes, shared by all users of the group.",
        example='iterations "Batch" 1000 users 50 {\n  get "/"\n}',
    ),
)
