"""A compiled JSONPath."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from silhouette_plan.elements.jsonpath.conditions import ConditionCompiler
from silhouette_plan.elements.jsonpath.faults import PathFault, PathNotFound
from silhouette_plan.elements.jsonpath.functions import function_named
from silhouette_plan.elements.jsonpath.steps import Compiler, Search, Test
from silhouette_plan.elements.jsonpath.syntax import read_path
from silhouette_plan.elements.jsonpath.tokens import (
    Filter,
    Function,
    Literal,
    Path,
    Property,
    Scan,
    Wildcard,
    is_definite,
)

_NO_LIST = "Options AS_PATH_LIST and ALWAYS_RETURN_LIST are not allowed when using path functions!"


class JsonPath:
    """A path compiled for use on any document. ``definite`` paths lead to one place at most.

    ``keys`` are those of a path of single properties, which chained lookups follow; None for any other path.
    """

    __slots__ = ("_run", "definite", "is_function", "keys", "path")

    def __init__(self, path: Path, *, strict: bool = False) -> None:
        self.path = _function_first(path)
        self.definite = is_definite(self.path.tokens)
        self.is_function = self.path.is_function
        self.keys = _plain_keys(self.path)
        self._run = Compiler(self.path.tokens, strict, _compile_filter, _compile_function).step(0, path=self.path.root)

    def find(self, document: Any) -> list[Any]:
        """All matches, as the JSON Extractor wants them (``ALWAYS_RETURN_LIST``): a definite path gives one.

        Raises ``PathNotFound`` where a definite path leads nowhere, ``PathFault`` where it cannot be applied.
        """
        if self.keys is not None:
            value = document
            try:
                for key in self.keys:
                    value = value[key]
            except (KeyError, TypeError):
                pass
            else:
                return [value]
        if self.is_function:
            raise PathFault(_NO_LIST)
        found = self.evaluate(document, document)
        return [found] if self.definite else found

    def read(self, document: Any) -> Any:
        """The value of a definite path, the list of all matches of any other (``JsonPath.read``); raises as ``find``."""
        return self.evaluate(document, document)

    def evaluate(self, value: Any, document: Any) -> Any:
        """As ``read``, from ``value`` within ``document``."""
        search = Search(document)
        self._run(value, search)
        if not self.definite:
            return search.found
        if not search.found:
            raise PathNotFound(f"No results for path: {self.path}")
        return search.found[-1]


@lru_cache(maxsize=4096)
def compile_path(text: str) -> JsonPath:
    """``text`` compiled; raises ``InvalidPath``."""
    return JsonPath(read_path(text))


def _plain_keys(path: Path) -> tuple[str, ...] | None:
    """The keys of a path of single properties, which chained lookups follow; None for any other."""
    if all(isinstance(token, Property) and len(token.names) == 1 for token in path.tokens):
        return tuple(token.names[0] for token in path.tokens if isinstance(token, Property))
    return None


def _function_first(path: Path) -> Path:
    """``$..a.sum()`` means ``$.sum($..a)``."""
    if not (path.is_function and isinstance(path.tokens[0], Scan)):
        return path
    position = next(place for place, token in enumerate(path.tokens) if isinstance(token, Function))
    function = path.tokens[position]
    assert isinstance(function, Function)
    inner = Path(path.root, path.tokens[:position])
    return Path("$", (Function(function.name, (inner,)), *path.tokens[position + 1 :]))


def _compile_filter(token: Filter) -> Test:
    return ConditionCompiler(JsonPath).test(token.condition)


def _compile_function(token: Function) -> Callable[[Any, Search], Any]:
    """The function with its arguments, whose paths start at the document."""
    arguments = [_compile_argument(argument) for argument in token.arguments]
    if token.name in ("length", "size") and token.arguments:
        return _children_of(token.arguments[0], token.name, arguments)

    def call(value: Any, search: Search) -> Any:
        function = function_named(token.name)
        return function(value, [argument(search.document) for argument in arguments])

    return call


def _compile_argument(argument: Path | Literal) -> Callable[[Any], Any]:
    if isinstance(argument, Literal):
        return lambda document: argument.value
    return JsonPath(argument).read


def _children_of(
    argument: Path | Literal, name: str, arguments: list[Callable[[Any], Any]]
) -> Callable[[Any, Search], Any]:
    """``length($.path)`` as 2.7 has it: of an indefinite path, the number of children of all matches; of a definite one,
    the length of its last child where that is an array, else the length of the value that the function stands on."""
    if isinstance(argument, Literal):
        raise PathFault(f"Function {name} needs a path")
    outer = JsonPath(argument)
    inner = outer if outer.is_function else JsonPath(Path(argument.root, (*argument.tokens, Wildcard())))

    def call(value: Any, search: Search) -> Any:
        for evaluate in arguments:
            evaluate(search.document)
        found = inner.read(value)
        if outer.definite and not outer.is_function:
            if not found:
                raise PathNotFound(f"No results for path: {inner.path}")
            found = found[-1]
        return len(found) if isinstance(found, list) else function_named(name)(value, ())

    return call
