"""``${__unit(${hold},s)}``, the language's conversion of a text with a unit, in JMeter's words and back.

JMeter has no such function; a Groovy one-liner does its work there. Reading knows that line again.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.plan.walk import transform

_HOLE = "\0"
_DURATION = (
    '${__groovy(("' + _HOLE + '" =~ "([0-9.]+)([a-z]+)").collect{(it[1] as BigDecimal)*[ms:1\\,s:1000\\,m:60000\\,'
    "min:60000\\,h:3600000\\,d:86400000][it[2]]}.sum().divide(%s).stripTrailingZeros().toPlainString())}"
)
_RATE = (
    '${__groovy(("' + _HOLE + "\".tokenize('/').with{(it[0] as BigDecimal)*%s/[s:1\\,m:60\\,min:60\\,h:3600][it[1]]})"
    ".stripTrailingZeros().toPlainString())}"
)
_FORMS = {
    "ms": _DURATION % "1.0",
    "s": _DURATION % "1000.0",
    "/s": _RATE % "1",
    "/min": _RATE % "60",
    "%": '${__groovy("' + _HOLE + "\".replace('%'\\, ''))}",
}
"""What JMeter evaluates, by the unit that is wanted."""

_OURS = re.compile(r"\$\{__unit\(((?:[^${}(),\\]|\$\{[\w.-]+\})+),(/?\w+|%)\)\}")
_THEIRS = {unit: re.compile(re.escape(form).replace(re.escape(_HOLE), r"([^\"]*)")) for unit, form in _FORMS.items()}

Change = Callable[[str], str]


def in_jmeters_words(plan: Element) -> Element:
    """``plan`` with every conversion that JMeter can be told in its words."""
    return _changed(plan, "${__unit(", lambda text: _OURS.sub(_their_form, text))


def in_our_words(plan: TestPlan) -> TestPlan:
    """The way back."""
    changed = _changed(plan, "${__groovy(", _our_form)
    assert isinstance(changed, TestPlan)
    return changed


def _their_form(found: re.Match[str]) -> str:
    form = _FORMS.get(found[2])
    return found[0] if form is None else form.replace(_HOLE, found[1])


def _our_form(text: str) -> str:
    for unit, form in _THEIRS.items():
        text = form.sub(rf"${{__unit(\1,{unit})}}", text)
    return text


def _changed(plan: Element, sign: str, change: Change) -> Element:
    def texts(value: Any) -> Any:
        if isinstance(value, str):
            return change(value) if sign in value else value
        if isinstance(value, tuple):
            return tuple(texts(item) for item in value) if sign in repr(value) else value
        return _of_record(value, texts) if dataclasses.is_dataclass(value) else value

    def of_element(element: Element) -> Element:
        parts = {
            f.name: getattr(element, f.name) for f in dataclasses.fields(element) if f.name not in ("children", "span")
        }
        new = {name: texts(value) for name, value in parts.items()}
        differing = {name: value for name, value in new.items() if value != parts[name]}
        return dataclasses.replace(element, **differing) if differing else element

    return transform(plan, of_element)


def _of_record(value: Any, texts: Callable[[Any], Any]) -> Any:
    new = {field.name: texts(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return dataclasses.replace(value, **new)
