"""A record is what a frozen dataclass with slots is, from its first object on."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

from silhouette_plan.plan.records import record


def kinds(make: Any, keywords: Any, identical: Any) -> tuple[Any, ...]:
    """The same classes, made one way or the other."""

    @make
    class Point:
        """Two fields, one of which is neither shown nor compared."""

        x: int
        y: int = 2
        note: str = field(default="", compare=False, repr=False)

        @property
        def sum(self) -> int:
            return self.x + self.y

    @make
    class Deep(Point):
        z: tuple[int, ...] = ()
        w: list[int] = field(default_factory=list, compare=False)

    @make
    class Told:
        name: str
        doubled: str = field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "doubled", self.name * 2)

        def __str__(self) -> str:
            return self.name

    @make
    class Folded:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Folded) and self.name.lower() == other.name.lower()

        def __hash__(self) -> int:
            return hash(self.name.lower())

    @keywords
    class Named:
        a: int = 1
        b: int

    @identical
    class Self:
        a: int = 1

    return Point, Deep, Told, Folded, Named, Self


def frozen(**more: Any) -> Any:
    return dataclass(frozen=True, slots=True, **more)


RECORDS = kinds(record, record(kw_only=True), record(eq=False))
DATACLASSES = kinds(frozen(), frozen(kw_only=True), frozen(eq=False))


def facts(kinds: tuple[Any, ...]) -> list[object]:
    """What can be seen of the classes and their objects."""
    point, deep, told, folded, named, own = kinds
    seen: list[object] = [[(one.name, one.kw_only, one.compare) for one in fields(kind)] for kind in kinds]
    seen += [kind.__match_args__ for kind in kinds]
    one, other = deep(1, 3, z=(1,)), own()
    seen += [repr(one), repr(told("n")), str(told("n")), repr(named(b=2)), repr(other), one.sum, one.w]
    seen += [one == deep(1, 3, "note", (1,)), one == deep(1), point(1) == deep(1), folded("A") == folded("a")]
    seen += [len({point(1), point(1, 2), point(2)}), len({folded("A"), folded("a")}), len({own(), own()})]
    seen += [replace(one, x=9).x, other == own(), other == other, hasattr(one, "__dict__"), is_dataclass(one)]
    return seen


def test_records_are_dataclasses() -> None:
    assert [str(fact) for fact in facts(RECORDS)] == [str(fact) for fact in facts(DATACLASSES)]


@pytest.mark.parametrize("kinds", [RECORDS, DATACLASSES])
def test_records_are_frozen(kinds: tuple[Any, ...]) -> None:
    point = kinds[0](1)
    with pytest.raises(FrozenInstanceError):
        point.x = 2
    with pytest.raises(FrozenInstanceError):
        del point.x
    assert point.x == 1


@pytest.mark.parametrize("kinds", [RECORDS, DATACLASSES])
@pytest.mark.parametrize(("values", "named"), [((), {}), ((1, 2, "", 4), {}), ((1,), {"unknown": 2})])
def test_a_record_takes_its_fields_alone(kinds: tuple[Any, ...], values: Any, named: Any) -> None:
    with pytest.raises(TypeError):
        kinds[0](*values, **named)


def test_a_kind_that_nobody_makes_costs_no_methods() -> None:
    @record
    class Unused:
        x: int = 1

    before = Unused.__init__
    Unused()
    assert Unused.__init__ is not before
