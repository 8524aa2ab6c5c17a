"""What is said of variables: who sets them, who reads them, and which names belong together."""

from __future__ import annotations

import re

from silhouette_plan.plan.records import record

_BUILT_IN = re.compile(
    r"(?:START\.\w+|TESTSTART\.MS|JMeterThread\.\w+|__jm__.*__idx|__jmv_SAME_USER|COOKIE_.*)\Z", re.DOTALL
)
_FAMILY = re.compile(r"(.+?)_(?:matchNr|n|#|ALL|\d+(?:_g\d*)?|g\d*)\Z", re.DOTALL)


@record
class Set:
    """A variable that an element sets. ``family``: also ``name_1``, ``name_matchNr`` …"""

    name: str
    family: bool = False


@record
class Sets:
    """What an element sets. ``patterns`` match computed names; ``anything``: nobody can tell."""

    names: tuple[Set, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()
    anything: bool = False

    def __bool__(self) -> bool:
        return bool(self.names or self.patterns or self.anything)


@record
class Use:
    """A variable that is read at ``place``.

    ``text``: its reference stays as it is while the variable is unset. ``asks``: the place wants to know whether it is set, or reads
    it in a way that copes with its absence.
    """

    name: str
    place: str
    field: str
    text: bool = True
    asks: bool = False


def is_built_in(name: str) -> bool:
    """Whether JMeter itself sets the variable."""
    return bool(_BUILT_IN.match(name))


def family_of(name: str) -> str:
    """The extractor variable that ``name`` may belong to (``id`` for ``id_2``), or nothing."""
    match = _FAMILY.match(name)
    return match[1] if match else ""
