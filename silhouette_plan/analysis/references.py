"""References in templates, as the passes need them: flat, each with what it is."""

from __future__ import annotations

import re
from functools import lru_cache

from silhouette_plan.analysis.functions import KNOWN_FUNCTIONS
from silhouette_plan.plan.records import record
from silhouette_plan.values.parser import Call, Parsed, Plain, TemplateFault, Variable, parse

_KEPT = 1 << 15
"""Texts remembered between passes, so that each is parsed once even in a large plan."""


@record
class VariableReference:
    """``${name}``, at any depth."""

    name: str


@record
class CallReference:
    """``${__function(…)}``, at any depth. ``arguments`` are texts as written; ``constants`` their values, None where live."""

    function: str
    arguments: tuple[str, ...]
    constants: tuple[str | None, ...]


Reference = VariableReference | CallReference


@lru_cache(_KEPT)
def references(text: str) -> tuple[Reference, ...]:
    """Every reference in ``text``, outer ones first; none where the text cannot be compiled."""
    if "${" not in text:
        return ()
    parsed = _parsed(text)
    if parsed is None:
        return ()
    found: list[Reference] = []
    pending = [parsed]
    while pending:
        for piece in pending.pop().pieces:
            if isinstance(piece, Variable):
                found.append(VariableReference(piece.name))
            elif isinstance(piece, Call):
                found.append(_call(piece))
                pending.extend(reversed(piece.parameters))
    return tuple(found)


def template_fault(text: str) -> str:
    """What keeps ``text`` from compiling, or nothing."""
    try:
        parse(text, KNOWN_FUNCTIONS)
    except TemplateFault as fault:
        return fault.message
    return ""


def is_live(text: str) -> bool:
    """Whether anything in ``text`` is evaluated when the plan runs."""
    return bool(references(text))


def literal_parts(text: str) -> str:
    """``text`` without its references: what stands around them."""
    parsed = _parsed(text)
    return text if parsed is None else parsed.literal


def pattern_of(text: str) -> re.Pattern[str] | None:
    """What ``text`` can become, as a pattern; None where that is anything at all."""
    parsed = _parsed(text)
    if parsed is None:
        return re.compile(re.escape(text))
    if not parsed.literal.strip():
        return None
    pieces = (re.escape(piece.text) if isinstance(piece, Plain) else ".*" for piece in parsed.pieces)
    return re.compile("".join(pieces), re.DOTALL)


@lru_cache(_KEPT)
def _parsed(text: str) -> Parsed | None:
    try:
        return parse(text, KNOWN_FUNCTIONS)
    except TemplateFault:
        return None


def _call(call: Call) -> CallReference:
    return CallReference(
        call.function,
        tuple(parameter.source for parameter in call.parameters),
        tuple(None if parameter.live else parameter.literal for parameter in call.parameters),
    )
