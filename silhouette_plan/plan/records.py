"""Frozen dataclasses whose methods are compiled when they are first called.

``dataclass`` compiles seven functions a class, which takes half a millisecond. There are some 300 classes of data here, and a
command meets few of them; so a class begins with its fields alone, and a method is made of them at its first call. From then on
it is the one that ``dataclass(frozen=True, slots=True)`` would have made. Records cannot be pickled. What is first made while a
sample is measured is better a plain dataclass: no sample shall pay for a method.
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


_MADE_BY: dict[str, dict[str, bool]] = {
    "__init__": {"frozen": True},
    "__repr__": {"init": False, "repr": True},
    "__eq__": {"init": False, "eq": True},
    "__hash__": {"init": False, "unsafe_hash": True},
}
"""Each method with the options of a dataclass that has it, and little else."""


def _later(kind: Any, eq: bool) -> Any:
    for name in _MADE_BY if eq else ("__init__", "__repr__"):
        if vars(kind).get(name) is None:
            setattr(kind, name, _first(kind, name))
    kind.__setattr__ = _refuse
    kind.__delattr__ = _refuse
    return kind


def _first(kind: Any, method: str) -> Callable[..., Any]:
    """Stands for a method until its first call, which puts the real one in its place."""

    def call(self: Any, *values: Any, **named: Any) -> Any:
        real = _compiled(kind, method)
        setattr(kind, method, real)
        return real(self, *values, **named)

    return call


def _compiled(kind: Any, method: str) -> Any:
    given: dict[str, Any] = {"__doc__": kind.__doc__}  # without one, ``dataclass`` would write it, which takes long
    if hasattr(kind, "__post_init__"):
        given["__post_init__"] = kind.__post_init__
    named = [(one.name, one.type, one) for one in fields(kind)]
    options: Any = {"repr": False, "eq": False, **_MADE_BY[method]}
    return vars(make_dataclass(kind.__name__, named, namespace=given, **options))[method]


def _refuse(self: object, name: str, value: object = None) -> NoReturn:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} cannot be changed")
