"""Groups of the language as JMeter's."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from silhouette_plan.importers.jmx.lowering import groovy
from silhouette_plan.importers.jmx.lowering.scene import Lowered, Scene, act, same

from silhouette_plan.plan import groups as g
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.units import UnitError, milliseconds, per_second, plain

_HOLE_WITH_UNIT = re.compile(r"(.*\})\s*(/?[A-Za-z]+)", re.DOTALL)


def _arrivals(element: g.ArrivalStages, scene: Scene) -> Lowered:
    """An Open Model schedule: a rate before and one behind each stage, between which JMeter goes in a line."""
    kind = "even_arrivals" if element.spread == "even" else "random_arrivals"
    parts: list[str] = []
    now = ""
    for stage in element.stages:
        start, end = _rate(stage.start or stage.end), _rate(stage.end)
        if start != now:
            parts.append(f"rate({start})")
        parts.append(f"{kind}({_duration(stage.duration)})")
        if end != start:
            parts.append(f"rate({end})")
        now = end
    return Lowered(g.OpenModelGroup(**same(element), schedule=" ".join(parts), seed=element.seed))


def _rate(text: str) -> str:
    hole = _HOLE_WITH_UNIT.fullmatch(text)
    return text if hole else f"{plain(Fraction(_measured(per_second, text)).limit_denominator(10**6))}/s"


def _duration(text: str) -> str:
    hole = _HOLE_WITH_UNIT.fullmatch(text)
    return f"{hole[1]} {hole[2]}" if hole else f"{round(_measured(milliseconds, text))} ms"


def _measured(read: Callable[[str], float], text: str) -> float:
    try:
        return read(text)
    except UnitError as problem:
        raise groovy.Unportable(str(problem)) from None


def _stages(element: g.UserStages, scene: Scene) -> Lowered:
    """Rows of an Ultimate Thread Group: a rise is a row, a fall ends the rows that rose last."""
    rows = _Rows()
    users, clock = 0, 0.0
    for stage in element.stages:
        start = _users(stage.start or stage.end)
        end, length = _users(stage.end), _measured(milliseconds, stage.duration) / 1000
        rows.change(users, start, clock, 0.0)
        rows.change(start, end, clock, length)
        users, clock = end, clock + length
    return Lowered(g.UltimateGroup(**same(element), rows=rows.finished(clock), on_error=element.on_error))


def _users(text: str) -> int:
    if not text.isdecimal():
        raise groovy.Unportable(f"a number of users that is computed ({text})")
    return int(text)


class _Rows:
    """Rows being built. Open ones wait for their end, the last risen first."""

    def __init__(self) -> None:
        self.done: list[g.UltimateRow] = []
        self.open: list[tuple[int, float, float]] = []

    def change(self, before: int, after: int, clock: float, length: float) -> None:
        """From ``before`` to ``after`` users over ``length`` s from ``clock`` on."""
        if after > before:
            self.open.append((after - before, clock, length))
        falling, at = before - after, clock
        while falling > 0:
            users, begun, rise = self.open.pop()
            ending = min(users, falling)
            share = length * ending / (before - after)
            self._close(ending, begun, rise, at, share)
            if users > ending:
                self.open.append((users - ending, begun, rise))
            falling, at = falling - ending, at + share

    def _close(self, users: int, begun: float, rise: float, at: float, fall: float) -> None:
        hold = max(at - begun - rise, 0.0)
        self.done.append(g.UltimateRow(str(users), *(_seconds(one) for one in (begun, rise, hold, fall))))

    def finished(self, clock: float) -> tuple[g.UltimateRow, ...]:
        """All rows, in the order of their start; what is open ends at ``clock``."""
        for users, begun, rise in self.open:
            self._close(users, begun, rise, clock, 0.0)
        return tuple(sorted(self.done, key=lambda row: int(row.delay)))


def _seconds(value: float) -> str:
    return str(round(value))


def _iterations(element: g.SharedIterations, scene: Scene) -> Lowered:
    """A Thread Group without end whose first step counts, and ends the user when the count is over."""
    key = groovy.literal(f"silplan.iterations.{element.name}")
    lines = [
        "def count",
        f"synchronized (props) {{ count = props.computeIfAbsent({key}, {{ new java.util.concurrent.atomic.AtomicLong() }}) }}",
        f"if (count.incrementAndGet() > (N({groovy.text(element.iterations)}) as long)) ctx.getThread().stop()",
    ]
    group = g.ThreadGroup(**same(element), users=element.users, ramp_up="0", loops="-1", on_error=element.on_error)
    return Lowered(group, (act("", groovy.script(lines)),))


GROUPS: Mapping[type[Element], Callable[..., Lowered | None]] = {
    g.ArrivalStages: _arrivals,
    g.UserStages: _stages,
    g.SharedIterations: _iterations,
}
"""What lowers a kind."""
