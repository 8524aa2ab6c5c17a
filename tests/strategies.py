"""Hypothesis strategies for whole plans, shared by the rooms' tests.

``elements(kind)`` makes any element by the shape of its dataclass; ``plans()`` makes plans of the kinds that JMeter has,
with values as JMeter's files hold them; ``language_plans()`` adds the kinds and fields that only the language has.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from silhouette_plan.plan import assertions, configs, controllers, groups, listeners, processors, samplers, timers
from silhouette_plan.plan.base import Element, Property, Scoped
from silhouette_plan.plan.expressions import Binary, Call, IsKind, ListOf, Literal, Name, Range, TextLiteral, Unary
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.shape import AnyExpression, Choice, Field, Record, Row, Sequence, fields
from silhouette_plan.plan.testplan import TestFragment, TestPlan, UserVariables

_FAMILIES = (groups, controllers, samplers, configs, timers, processors, assertions, listeners)

LANGUAGE_ONLY = frozenset(
    {
        "ArrivalStages", "UserStages", "SharedIterations", "Choice", "Case", "ForeachValue", "Chance", "HoldConnection",
        "SetVariable", "LogMessage", "AddMetric", "Pause", "RandomChoice", "ExpressionExtractor", "Check", "Record",
        "JsonSchemaAssertion", "ExpressionAssertion", "SummaryLine", "Report", "Export", "Monitor", "Threshold", "Objectives",
    }
)  # fmt: skip
"""Kinds that only the language has."""

_LANGUAGE_FIELDS = {
    "RandomController": frozenset({"weights"}),
    "ModuleController": frozenset({"arguments"}),
    "HttpRequest": frozenset({"body_file", "json_body"}),
    "HttpDefaults": frozenset({"base"}),
    "Database": frozenset({"pool_min", "statement_timeout"}),
}
"""Fields that only the language sets."""

texts = st.one_of(
    st.sampled_from(["", "x", "${v}", "${__P(n,1)}", " a b ", "<&>\"'", "1;2", "a,b", "ü✓", "line\nline", "\t"]),
    st.text(max_size=8),
)
"""Templates and plain text."""

numbers = st.integers(-9, 10**6).map(str)
flags = st.one_of(st.booleans(), st.just("${on}"))
words = st.sampled_from(["a", "b-c", "On"])

_scripts = {
    "ScriptSampler": "Sampler",
    "ScriptTimer": "Timer",
    "ScriptPreProcessor": "PreProcessor",
    "ScriptPostProcessor": "PostProcessor",
    "ScriptAssertion": "Assertion",
    "ScriptListener": "Listener",
}


names = st.sampled_from(["status", "body", "token", "odd-name", "iteration"])

expressions: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.builds(Literal, st.one_of(st.integers(-9, 999), st.booleans(), st.none(), st.just(1.5))),
        st.builds(TextLiteral, texts),
        st.builds(Name, names),
    ),
    lambda inner: st.one_of(
        st.builds(Call, st.sampled_from(["json", "len", "__time", "header"]), st.tuples(inner)),
        st.builds(ListOf, st.lists(inner, max_size=2).map(tuple)),
        st.builds(Unary, st.sampled_from(["not", "-"]), inner),
        st.builds(Binary, st.sampled_from(["and", "or", "==", "<", "contains", "finds", "+", "%"]), inner, inner),
        st.builds(
            Binary, st.just("in"), inner, st.one_of(st.builds(ListOf, st.tuples(inner)), st.builds(Range, inner, inner))
        ),
        st.builds(IsKind, inner, st.sampled_from(["set", "null", "number", "empty"]), st.booleans()),
    ),
    max_leaves=4,
)
"""Expressions of the language."""


def _value(shape: Any, language: bool = False) -> st.SearchStrategy[Any]:
    match shape:
        case AnyExpression():
            return expressions
        case Choice(options):
            plain = [one for one in options if language or not isinstance(one, AnyExpression)]
            if set(plain) == {bool, str}:
                return flags
            return st.one_of([_value(one, language) for one in plain])
        case Sequence(item):
            return st.lists(_value(item, language), max_size=3).map(tuple)
        case Row(items):
            return st.tuples(*(_value(item, language) for item in items))
        case Record(kind) if kind is Property:
            return st.builds(Property, st.just("string"), st.sampled_from(["my.own", "other"]), texts)
        case Record(kind):
            return st.builds(kind, **{one.name: _field(kind, one) for one in fields(kind)})
        case _:
            return {
                str: texts,
                int: st.integers(0, 40),
                float: st.floats(allow_nan=False),
                bool: st.booleans(),
                type(None): st.none(),
            }[shape]


def _field(kind: type, field: Field, language: bool = False) -> st.SearchStrategy[Any]:
    special = _SPECIAL.get((kind.__name__, field.name))
    return special if special is not None else _value(field.shape, language)


_properties = st.lists(
    st.builds(Property, st.just("string"), st.sampled_from(["my.own", "other"]), texts),
    max_size=2,
    unique_by=lambda one: one.name,
).map(tuple)

_SPECIAL: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("SqlBinding", "type"): st.sampled_from(["varchar", "integer", "inout numeric"]),
    ("ResultCollector", "save"): st.lists(
        st.tuples(st.sampled_from(["time", "xml", "assertionsResultsToSave"]), st.sampled_from(["true", "false", "0"])),
        max_size=3,
    ).map(tuple),
    ("ResultCollector", "test_class"): st.just("ResultCollector"),
    ("ResultCollector", "gui"): st.sampled_from(["SimpleDataWriter", "SummaryReport", "ViewResultsFullVisualizer"]),
    ("Parameter", "secret"): st.just(False),
    ("Case", "language"): st.sampled_from(["", "jexl3", "groovy", "value", "odd"]),
    ("Stage", "start"): st.sampled_from(["", "0", "5", "10/s", "${a}/s"]),
    ("Stage", "end"): st.sampled_from(["0", "7", "10/s", "${a}/s"]),
    ("Stage", "duration"): st.sampled_from(["1s", "2m", "${d}s", "0s"]),
    ("WeightedSwitchController", "weights"): st.lists(st.tuples(texts, numbers, texts), max_size=3).map(tuple),
}


def elements(
    kind: type[Element], children: st.SearchStrategy[tuple[Element, ...]] | None = None, *, language: bool = False
) -> st.SearchStrategy[Element]:
    """Elements of ``kind`` as a ``.jmx`` can hold them; with ``language``, also what only the language says."""
    without = frozenset() if language else _LANGUAGE_FIELDS.get(kind.__name__, frozenset())
    given = {one.name: _field(kind, one, language) for one in fields(kind) if one.name not in without}
    given["extra"] = _properties
    given["children"] = children if children is not None else st.just(())
    if kind.__name__ in _scripts:
        return _script(kind, given)
    if "body" in given:
        return st.builds(kind, **given).map(_one_content)
    return st.builds(kind, **given)


def _one_content(element: Any) -> Any:
    """A request has arguments or a body."""
    return replace(element, arguments=()) if element.body is not None else element


def _script(kind: type[Element], given: dict[str, Any]) -> st.SearchStrategy[Element]:
    place = _scripts[kind.__name__]
    bean = given | {
        "legacy": st.just(f"BeanShell{place}"), "language": st.just("beanshell"), "cache_key": st.just("true")
    }  # fmt: skip
    bsf = given | {"legacy": st.just(f"BSF{place}"), "cache_key": st.just("true"), "reset_interpreter": st.just(False)}
    jsr = given | {"legacy": st.just(""), "reset_interpreter": st.just(False)}
    return st.one_of(*(st.builds(kind, **one) for one in (jsr, bean, bsf)))


def kinds_of(family: Any) -> list[type[Element]]:
    """The kinds of a family module that JMeter has."""
    return [
        kind
        for name, kind in vars(family).items()
        if isinstance(kind, type) and issubclass(kind, Element) and kind.__module__ == family.__name__
        if name not in LANGUAGE_ONLY
    ]


_leaves = [kind for family in _FAMILIES[2:] for kind in kinds_of(family)]
_blocks = [kind for family in (groups, controllers) for kind in kinds_of(family)]


def _some(
    kinds: list[type[Element]], below: st.SearchStrategy[Element] | None, language: bool = False
) -> st.SearchStrategy[Element]:
    children = st.lists(below, max_size=3).map(tuple) if below is not None else None
    return st.sampled_from(kinds).flatmap(lambda kind: elements(kind, children, language=language))


def plans() -> st.SearchStrategy[TestPlan]:
    """Plans of the kinds that JMeter has, nested three levels deep."""
    leaf = _some([*_leaves, UserVariables], None)
    block = _some([*_blocks, TestFragment, samplers.HttpRequest], leaf)
    top = _some([*_blocks, TestFragment], st.one_of(leaf, block))
    return elements(TestPlan, st.lists(top, max_size=3).map(tuple))  # type: ignore[return-value]


def language_plans() -> st.SearchStrategy[TestPlan]:
    """Plans of all kinds but ``Foreign``, nested three levels deep. What applies to a scope holds nothing itself."""
    everything = [kind for name, kind in KINDS.items() if name not in ("TestPlan", "Foreign")]
    leaf = _some(everything, None, language=True)
    block = _some([kind for kind in everything if not issubclass(kind, Scoped)], leaf, language=True)
    return elements(TestPlan, st.lists(st.one_of(leaf, block), max_size=4).map(tuple))  # type: ignore[return-value]
