"""Frozen dataclasses whose methods are compiled when the first of their kind is made.

``dataclass`` compiles seven functions a class, which takes half a millisecond. There are some 300 classes of data here, and a
command meets few of them; so a class begins with its fields alone, and its first object brings the methods. From then on it is
what ``dataclass(frozen=True, slots=True)`` would have made, but for pickling.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, make_dataclass
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

_Kind = TypeVar("_Kind", bound=type)


@overload
def record(kind: _Kind) -> _Kind: ...


@overload
def record(*, kw_only: bool = False, eq: bool = True) -> Callable[[_Kind], _Kind]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: Any = None, *, kw_only: bool = False, eq: bool = True) -> Any:
    """Makes a class a frozen dataclass with slots; ``kw_only`` and ``eq`` as ``dataclass`` has them.

    Its bases are records too, or no dataclasses.
    """

    def make(kind: Any) -> Any:
        return _later(dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(kind), eq)

    return make if kind is None else make(kind)


def _later(kind: Any, eq: bool) -> Any:
    def begin(self: Any, *values: Any, **named: Any) -> None:
        _complete(kind, eq)
        kind.__init__(self, *values, **named)

    kind.__init__ = begin
    kind.__setattr__ = _refuse
    kind.__delattr__ = _refuse
    return kind


def _complete(kind: Any, eq: bool) -> None:
    """Gives ``kind`` the methods of a dataclass with its fields, but for those that it defines itself."""
    given: dict[str, Any] = {"__doc__": kind.__doc__}  # without one, ``dataclass`` would write it, which takes long
    if hasattr(kind, "__post_init__"):
        given["__post_init__"] = kind.__post_init__
    named = [(one.name, one.type, one) for one in fields(kind)]
    model: Any = make_dataclass(kind.__name__, named, frozen=True, eq=eq, namespace=given)
    kind.__init__ = model.__init__
    for name in ("__repr__", "__eq__", "__hash__"):
        if name in vars(model) and vars(kind).get(name) is None:
            setattr(kind, name, vars(model)[name])


def _refuse(self: object, name: str, value: object = None) -> NoReturn:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} cannot be changed")
