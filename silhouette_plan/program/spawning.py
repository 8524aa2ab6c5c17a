"""The rows of Ultimate Thread Groups as a property: ``-Jthreads_schedule="spawn(5,0s,30s,1h,10s) spawn(…)"``.

It takes the place of the rows of every such group. Durations are a number of seconds or of units, ``1h30m10s``
(``UltimateThreadGroup.parseChunk``, ``JMeterPluginsUtils.getSecondsForShortString``). The plugin leaves out what it cannot
read; here that is an error.
"""

from __future__ import annotations

import re

from silhouette_plan.program.numbers import BadNumber

PROPERTY = "threads_schedule"

_SPAWN = re.compile(r"\s*spawn\s*\(\s*(\d+)((?:\s*,[\s\ddhms]+){4})\)", re.IGNORECASE)
_PART = re.compile(r"(\d+)([dhms]?)", re.IGNORECASE)
_DURATION = re.compile(r"(?:\d+[dhms])*\d*", re.IGNORECASE)
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}

Row = tuple[int, int, int, int, int]


def spawned_rows(text: str) -> list[Row]:
    """Rows of users, delay, ramp-up, hold and ramp-down (s). Raises ``BadNumber``."""
    rows, position = [], 0
    while text[position:].strip():
        match = _SPAWN.match(text, position)
        if match is None:
            raise BadNumber(
                f"the property {PROPERTY} has `{text[position : position + 40].strip()}`, which is no spawn(…)"
            )
        delay, ramp_up, hold, ramp_down = (_seconds(part) for part in match[2].split(",")[1:])
        rows.append((int(match[1]), delay, ramp_up, hold, ramp_down))
        position = match.end()
    return rows


def _seconds(text: str) -> int:
    written = text.strip()
    if not written or not _DURATION.fullmatch(written):
        raise BadNumber(f"the property {PROPERTY} has the duration `{written}`, which is none: 1h30m10s")
    return sum(int(part[1]) * _UNITS[part[2].lower()] for part in _PART.finditer(written))
