"""Scripts, wherever they stand."""

from __future__ import annotations

from typing import Any

from silhouette_plan.language.statements.model import Clause, Operand, Place, Row, flags
from silhouette_plan.language.statements.values import LONG_TEXT, TEXT, word_or_text
from silhouette_plan.plan.assertions import ScriptAssertion
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.listeners import ScriptListener
from silhouette_plan.plan.processors import ScriptPostProcessor, ScriptPreProcessor
from silhouette_plan.plan.samplers import ScriptSampler
from silhouette_plan.plan.timers import ScriptTimer


def _row(verb: str, kind: type[Element], place: Place, jmeter: str, summary: str, example: str) -> Row:
    def name(values: dict[str, Any]) -> str:
        return f"{verb} {values['language']}"

    return Row(
        verb=verb,
        kinds=(kind,),
        place=place,
        operands=(
            Operand("language", word_or_text("a language", "from", "params", "as")),
            Operand("script", LONG_TEXT, optional=True),
        ),
        clauses=(
            Clause("from", "file", TEXT),
            Clause("params", "parameters", TEXT),
            Clause("cache", "cache_key", TEXT),
            Clause("legacy", "legacy", TEXT),
            *flags("reset-interpreter"),
        ),
        default_name=name,
        jmeter=jmeter,
        summary=summary,
        example=example,
    )


ROWS = (
    _row(
        "script",
        ScriptSampler,
        Place.STEP,
        "JSR223 Sampler",
        "A script as a sample, in groovy, beanshell, javascript, jexl3 or python; `legacy` names BeanShell and BSF elements.",
        'threads "Users" {\n  script groovy """\n    vars.put("n", "1")\n    """ params "a b"\n  script groovy from "order.groovy"\n}',
    ),
    _row(
        "before script",
        ScriptPreProcessor,
        Place.SCOPED,
        "JSR223 PreProcessor",
        "Runs before each sample.",
        'before script groovy \'vars.put("n", "1")\'',
    ),
    _row(
        "after script",
        ScriptPostProcessor,
        Place.SCOPED,
        "JSR223 PostProcessor",
        "Runs after each sample.",
        "after script groovy 'vars.put(\"n\", prev.getResponseCode())'",
    ),
    _row(
        "assert script",
        ScriptAssertion,
        Place.SCOPED,
        "JSR223 Assertion",
        "Judges each sample by a script.",
        "assert script groovy 'AssertionResult.setFailure(prev.getTime() > 500)'",
    ),
    _row(
        "think script",
        ScriptTimer,
        Place.SCOPED,
        "JSR223 Timer",
        "Pauses for the ms that a script gives.",
        "think script groovy 'return 100'",
    ),
    _row(
        "listen script",
        ScriptListener,
        Place.SCOPED,
        "JSR223 Listener",
        "A script for each result.",
        "listen script groovy 'log.info(sampleResult.getSampleLabel())'",
    ),
)
"""The six places of scripts."""
