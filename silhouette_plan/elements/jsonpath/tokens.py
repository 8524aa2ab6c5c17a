"""The parts of a JSONPath, as data."""

from __future__ import annotations

from silhouette_plan.plan.records import record


@record
class Property:
    """``.name`` and ``['a','b']``; ``quote`` is how messages show it."""

    names: tuple[str, ...]
    quote: str = "'"

    @property
    def fragment(self) -> str:
        """As in Jayway's messages."""
        return "[" + ",".join(f"{self.quote}{name}{self.quote}" for name in self.names) + "]"


@record
class Index:
    """``[0]``, ``[-1]``, ``[1,2]``."""

    numbers: tuple[int, ...]

    @property
    def fragment(self) -> str:
        """As in Jayway's messages."""
        return "[" + ",".join(map(str, self.numbers)) + "]"


@record
class Slice:
    """``[from:to]``, either end open. A step is not known."""

    start: int | None
    end: int | None

    @property
    def fragment(self) -> str:
        """As in Jayway's messages."""
        return f"[{'' if self.start is None else self.start}:{'' if self.end is None else self.end}]"


@record
class Wildcard:
    """``*`` and ``[*]``."""

    fragment = "[*]"


@record
class Scan:
    """``..``."""

    fragment = ".."


@record
class Filter:
    """``[?(…)]``."""

    condition: Condition
    fragment = "[?]"


@record
class Function:
    """``.name(…)``. An argument is a path, or JSON text already parsed."""

    name: str
    arguments: tuple[Path | Literal, ...] = ()

    @property
    def fragment(self) -> str:
        """As in Jayway's messages."""
        return f".{self.name}{'(...)' if self.arguments else '()'}"


Token = Property | Index | Slice | Wildcard | Scan | Filter | Function


@record
class Path:
    """A path from the document (``$``) or from where a filter stands (``@``)."""

    root: str
    tokens: tuple[Token, ...] = ()

    @property
    def is_function(self) -> bool:
        """Whether it ends in a function."""
        return bool(self.tokens) and isinstance(self.tokens[-1], Function)

    def __str__(self) -> str:
        return self.root + "".join(token.fragment for token in self.tokens)


@record
class Literal:
    """A value written in a filter or a function's arguments."""

    value: object


@record
class PatternLiteral:
    """``/regex/flags``."""

    source: str
    flags: str = ""


@record
class Comparison:
    """``left operator right``; the operator in upper case."""

    left: Operand
    operator: str
    right: Operand


@record
class Exists:
    """``@.path`` and ``!@.path`` alone."""

    path: Path
    wanted: bool = True


@record
class Not:
    """``!(…)``."""

    operand: Condition


@record
class Every:
    """``a && b``."""

    operands: tuple[Condition, ...]


@record
class Some:
    """``a || b``."""

    operands: tuple[Condition, ...]


Operand = Path | Literal | PatternLiteral
Condition = Comparison | Exists | Not | Every | Some


def is_definite(tokens: tuple[Token, ...]) -> bool:
    """Whether ``tokens`` can lead to one place only."""
    last = len(tokens) - 1
    return all(is_definite_token(token, leaf=position == last) for position, token in enumerate(tokens))


def is_definite_token(token: Token, *, leaf: bool) -> bool:
    """Whether ``token`` leads to one place; several properties at the end merge into one object."""
    match token:
        case Property(names):
            return leaf or len(names) == 1
        case Index(numbers):
            return len(numbers) == 1
        case Function():
            return True
        case _:
            return False
