"""Which variables an element sets: by its fields, by functions in its texts, by scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from silhouette_plan.analysis.functions import FAMILIES, LAST, STORES
from silhouette_plan.analysis.references import CallReference, pattern_of, references
from silhouette_plan.analysis.script_names import NOTHING, UNKNOWN, ScriptNames, script_names
from silhouette_plan.analysis.texts import TextSite, parts
from silhouette_plan.analysis.tree import Node, Surroundings
from silhouette_plan.analysis.variables import Set, Sets
from silhouette_plan.plan import configs, controllers, listeners, processors, samplers, testplan
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.expressions import Expression, TextLiteral

_IDENTIFIER = re.compile(r"[A-Za-z_][\w.-]*")
_MOST_NAMES = 200
_ONLY_SENDS_OR_WATCHES = re.compile(
    r"sampl|assert|listener|collector|vi[sz]uali[sz]er|report|timer|perfmon|threadgroup|proxy", re.I
)


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
    collected.add_script(file_script(element))
    return collected.done()


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


def file_script(element: Element) -> ScriptNames:
    """A script in a file may do anything (``Sampler`` fields named ``file`` of other kinds are data)."""
    return UNKNOWN if hasattr(element, "script") and str(getattr(element, "file", "")) else NOTHING


def _texts_of(expression: Expression) -> Iterator[str]:
    return (part.text for part in parts(expression) if isinstance(part, TextLiteral))
