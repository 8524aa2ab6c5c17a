"""Which variables an element sets, and which it reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from silhouette_plan.analysis.functions import ASKS, FAMILIES, LAST, LOOKS_UP, STORES
from silhouette_plan.analysis.references import CallReference, VariableReference, pattern_of, references
from silhouette_plan.analysis.script_names import NOTHING, UNKNOWN, ScriptNames, script_names
from silhouette_plan.analysis.texts import ExpressionSite, Site, TextSite, is_script, parts, property_texts
from silhouette_plan.analysis.tree import Node, Surroundings
from silhouette_plan.plan import configs, controllers, listeners, processors, samplers, testplan
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.expressions import Call, Expression, IsKind, Name, TextLiteral

SAMPLE_WORDS = frozenset(
    [
        "status",
        "message",
        "time",
        "latency",
        "connect",
        "size",
        "rows",
        "body",
        "headers",
        "url",
        "ok",
        "passed",
        "user",
        "thread",
        "iteration",
        "request-headers",
        "unescaped",
        "document",
    ]
)
"""Bare words of an expression that are no variables."""

_BUILT_IN = re.compile(
    r"(?:START\.\w+|TESTSTART\.MS|JMeterThread\.\w+|__jm__.*__idx|__jmv_SAME_USER|COOKIE_.*)\Z", re.DOTALL
)
_FAMILY = re.compile(r"(.+?)_(?:matchNr|n|#|ALL|\d+(?:_g\d*)?|g\d*)\Z", re.DOTALL)
_IDENTIFIER = re.compile(r"[A-Za-z_][\w.-]*")
_MOST_NAMES = 200
_ONLY_SENDS_OR_WATCHES = re.compile(
    r"sampl|assert|listener|collector|vi[sz]uali[sz]er|report|timer|perfmon|threadgroup|proxy", re.I
)


@dataclass(frozen=True, slots=True)
class Set:
    """A variable that an element sets. ``family``: also ``name_1``, ``name_matchNr`` …"""

    name: str
    family: bool = False


@dataclass(frozen=True, slots=True)
class Sets:
    """What an element sets. ``patterns`` match computed names; ``anything``: nobody can tell."""

    names: tuple[Set, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()
    anything: bool = False

    def __bool__(self) -> bool:
        return bool(self.names or self.patterns or self.anything)


@dataclass(frozen=True, slots=True)
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


def sets_of(node: Node, surroundings: Surroundings) -> Sets:
    """What ``node`` sets when it acts, functions and scripts in its texts included."""
    element = node.element
    collected = _Collected()
    if rule := _RULES.get(type(element)):
        rule(element, collected)
    if isinstance(element, configs.CsvDataSet):
        _csv(element, collected, surroundings)
    if isinstance(element, testplan.Foreign):
        _foreign(node, collected)
    for site in node.sites:
        if isinstance(site, TextSite):
            collected.add_calls(site.text)
            collected.add_script(script_names(site.text))
        else:
            for text in _texts_of(site.expression):
                collected.add_calls(text)
    collected.add_script(_file_script(element))
    return collected.done()


def uses_of(node: Node) -> tuple[Use, ...]:
    """What ``node`` reads."""
    found = [use for site in node.sites for use in _uses_of_site(site, node.element)]
    found += [
        Use(reference.name, f"property `{name}`", "extra", text=False, asks=True)
        for name, text in property_texts(node.element.extra)
        for reference in references(text)
        if isinstance(reference, VariableReference)
    ]
    for field, name in _names_read(node.element):
        found.append(Use(name, field.replace("_", " "), field, text=False))
    return tuple(found)


def reads_anything(node: Node) -> bool:
    """Whether ``node`` may read variables by names that are not to be seen."""
    element = node.element
    if isinstance(element, (samplers.DebugSampler, processors.DebugPostProcessor)):
        return True
    if _file_script(element).reads_anything:
        return True
    return any(
        script_names(site.text).reads_anything or _computed_look_up(site.text)
        for site in node.sites
        if isinstance(site, TextSite)
    )


def properties_set(node: Node) -> frozenset[str]:
    """JMeter properties that ``node`` sets, where their names can be seen."""
    found: set[str] = set()
    if isinstance(node.element, samplers.SetVariable) and node.element.shared:
        found.add(node.element.variable)
    for site in node.sites:
        if isinstance(site, TextSite):
            found |= script_names(site.text).properties
            for reference in references(site.text):
                if (
                    isinstance(reference, CallReference)
                    and reference.function == "__setProperty"
                    and reference.constants
                ):
                    found.add((reference.constants[0] or "").strip())
    return frozenset(found)


class _Collected:
    """Gathers what one element sets."""

    def __init__(self) -> None:
        self.names: dict[str, Set] = {}
        self.patterns: list[re.Pattern[str]] = []
        self.anything = False

    def add(self, text: str, *, family: bool = False) -> None:
        name = text.strip()
        if not name:
            return
        if "${" not in name:
            self.names[name] = Set(name, family or (name in self.names and self.names[name].family))
        elif (pattern := pattern_of(name)) is None:
            self.anything = True
        else:
            self.patterns.append(re.compile(pattern.pattern + r"(?:_\w+)?", re.DOTALL) if family else pattern)

    def add_all(self, names: Iterable[str], *, family: bool = False) -> None:
        for name in names:
            self.add(name, family=family)

    def add_calls(self, text: str) -> None:
        for reference in references(text):
            if not isinstance(reference, CallReference):
                continue
            index = STORES.get(reference.function)
            if reference.function == "__StringFromFile" and len(reference.arguments) == 1:
                self.add("StringFromFile_")
            if index is not None and reference.arguments and index < len(reference.arguments):
                family = reference.function in FAMILIES
                self.add(reference.arguments[index if index != LAST else -1], family=family)

    def add_script(self, names: ScriptNames) -> None:
        self.add_all(names.sets)
        self.patterns += [re.compile(pattern, re.DOTALL) for pattern in names.set_patterns]
        self.anything = self.anything or names.sets_anything

    def done(self) -> Sets:
        return Sets(tuple(self.names.values()), tuple(self.patterns), self.anything)


def _extractor(element: Any, collected: _Collected) -> None:
    collected.add(element.variable, family=True)


def _json_extractor(element: processors.JsonExtractor, collected: _Collected) -> None:
    collected.add_all(element.names.split(";"), family=True)


def _stored_columns(element: Any, collected: _Collected) -> None:
    collected.add_all(element.store.split(","), family=True)
    collected.add(element.result)


def _named_variables(element: Any, collected: _Collected) -> None:
    collected.add_all(argument.name for argument in element.variables)


def _variable(element: Any, collected: _Collected) -> None:
    collected.add(element.variable)


def _set_variable(element: samplers.SetVariable, collected: _Collected) -> None:
    if not element.shared:
        collected.add(element.variable)


def _csv(element: configs.CsvDataSet, collected: _Collected, surroundings: Surroundings) -> None:
    if element.variables.strip():
        collected.add_all(element.variables.split(","))
        return
    header = surroundings.first_line(element.file) if "${" not in element.file else None
    if header is None:
        collected.anything = True
    else:
        delimiter = "\t" if element.delimiter == "\\t" else element.delimiter or ","
        collected.add_all(part.strip().strip('"') for part in header.split(delimiter))


def _foreign(node: Node, collected: _Collected) -> None:
    """An element of unknown kind may set any variable whose name it holds; one that reads data or acts on users, any at all."""
    kind = getattr(node.element, "testclass", "") or getattr(node.element, "tag", "")
    collected.anything = collected.anything or not _ONLY_SENDS_OR_WATCHES.search(kind)
    for site in node.sites:
        if isinstance(site, TextSite) and len(site.text) < _MOST_NAMES:
            collected.add_all(_IDENTIFIER.findall(site.text), family=True)


_RULES: dict[type[Element], Callable[[Any, _Collected], None]] = {
    testplan.TestPlan: _named_variables,
    testplan.UserVariables: _named_variables,
    testplan.Parameter: lambda element, collected: collected.add(element.name),
    configs.Counter: _variable,
    configs.RandomVariable: _variable,
    configs.RandomChoice: _variable,
    configs.Database: _variable,
    configs.KeystoreConfig: lambda element, collected: collected.add(element.alias_variable),
    configs.UserParameters: lambda element, collected: collected.add_all(element.names),
    controllers.ForeachController: lambda element, collected: collected.add(element.returned),
    controllers.ForeachValue: lambda element, collected: collected.add(element.returned),
    controllers.ModuleController: lambda element, collected: collected.add_all(name for name, _ in element.arguments),
    samplers.SetVariable: _set_variable,
    samplers.SqlRequest: _stored_columns,
    processors.SqlPreProcessor: _stored_columns,
    processors.SqlPostProcessor: _stored_columns,
    processors.JsonExtractor: _json_extractor,
    processors.JmesPathExtractor: _extractor,
    processors.RegexExtractor: _extractor,
    processors.BoundaryExtractor: _extractor,
    processors.XPathExtractor: _extractor,
    processors.XPath2Extractor: _extractor,
    processors.CssExtractor: _extractor,
    processors.ExpressionExtractor: _extractor,
    listeners.ResultSaver: _variable,
}


def _file_script(element: Element) -> ScriptNames:
    """A script in a file may do anything (``Sampler`` fields named ``file`` of other kinds are data)."""
    return UNKNOWN if hasattr(element, "script") and str(getattr(element, "file", "")) else NOTHING


def _names_read(element: Element) -> Iterator[tuple[str, str]]:
    """Fields that hold the name of a variable to read."""
    scope_variable: str = getattr(element, "scope_variable", "")
    if scope_variable and getattr(element, "scope", "") == "variable" and "${" not in scope_variable:
        yield "scope_variable", scope_variable.strip()
    if isinstance(element, controllers.ForeachController) and element.source and "${" not in element.source:
        yield "source", f"{element.source}{'_' if element.use_separator is not False else ''}1"


def _uses_of_site(site: Site, element: Element) -> Iterator[Use]:
    if isinstance(site, ExpressionSite):
        yield from _uses_of_expression(site)
        return
    lenient = is_script(site) or isinstance(element, testplan.Foreign)
    yield from _uses_of_text(site, lenient)
    yield from (Use(name, site.place, site.field, text=False, asks=True) for name in script_names(site.text).reads)


def _uses_of_text(site: TextSite, lenient: bool) -> Iterator[Use]:
    for reference in references(site.text):
        if isinstance(reference, VariableReference):
            asks = lenient or f"\\${{{reference.name}}}" in site.text or f"$\\{{{reference.name}}}" in site.text
            yield Use(reference.name, site.place, site.field, asks=asks)
            continue
        for table, asks in ((LOOKS_UP, False), (ASKS, True)):
            index = table.get(reference.function)
            if index is not None and index < len(reference.constants) and (name := reference.constants[index]):
                asks = asks or (reference.function == "__V" and len(reference.constants) > 1)
                for one in name.split("|") if reference.function == "__RandomFromMultipleVars" else (name,):
                    yield Use(one.strip(), site.place, site.field, text=False, asks=asks)


def _uses_of_expression(site: ExpressionSite) -> Iterator[Use]:
    asked: set[int] = set()
    for part in parts(site.expression):
        match part:
            case IsKind(operand=operand):
                asked.add(id(operand))
            case Name(name) if name not in SAMPLE_WORDS:
                yield Use(name, site.place, site.field, text=False, asks=id(part) in asked)
            case Call("var", (TextLiteral(text), *_)):
                yield Use(text, site.place, site.field, text=False, asks=id(part) in asked)
            case TextLiteral(text):
                yield from _uses_of_text(TextSite(text, site.place, site.field), lenient=False)
            case _:
                pass


def _texts_of(expression: Expression) -> Iterator[str]:
    return (part.text for part in parts(expression) if isinstance(part, TextLiteral))


def _computed_look_up(text: str) -> bool:
    return any(
        isinstance(reference, CallReference)
        and (reference.function == "__eval" or _argument_is_live(reference, LOOKS_UP.get(reference.function)))
        for reference in references(text)
    )


def _argument_is_live(reference: CallReference, index: int | None) -> bool:
    return index is not None and index < len(reference.constants) and reference.constants[index] is None
