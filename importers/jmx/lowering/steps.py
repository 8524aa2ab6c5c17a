"""Steps, data and scoped elements of the language as JMeter's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silhouette_plan.importers.jmx.lowering import groovy
from silhouette_plan.importers.jmx.lowering.scene import Lowered, Scene, act, same

from silhouette_plan.plan import assertions, configs, processors, samplers
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.testplan import Argument, Parameter, UserVariables


def _parameter(element: Parameter, scene: Scene) -> Lowered:
    default = "" if element.secret else element.default.replace(",", "\\,")
    if element.environment:
        found = f"System.getenv({groovy.literal(element.environment)})"
        default = groovy.function(f"{found} ?: {groovy.text('' if element.secret else element.default)}")
    value = f"${{__P({element.name},{default})}}"
    return Lowered(UserVariables(**same(element), variables=(Argument(element.name, value),)))


def _pause(element: samplers.Pause, scene: Scene) -> Lowered:
    duration = f"${{__Random({element.low},{element.high})}}" if element.high else element.low
    return Lowered(samplers.FlowControl(**same(element), action=1, duration=duration))


def _acting(element: Element, script: str, parameters: str = "") -> Lowered:
    step = act("", script, parameters)
    return Lowered(samplers.FlowControl(**same(element)), step.children)


def _log(element: samplers.LogMessage, scene: Scene) -> Lowered:
    return _acting(element, "log.info(Parameters)", element.message)


def _set(element: samplers.SetVariable, scene: Scene) -> Lowered:
    name = groovy.literal(element.variable)
    store, drop = ("props.put", "props.remove") if element.shared else ("vars.put", "vars.remove")
    lines = [
        f"def value = {groovy.value(element.value)}",
        f"value == null ? {drop}({name}) : {store}({name}, S(value))",
    ]
    return _acting(element, groovy.script(lines))


def _draw(element: configs.RandomChoice, scene: Scene) -> Lowered:
    """A draw an iteration: one user parameter whose text is computed."""
    weights = [f"N({groovy.text(weight.rstrip('%'))})" for _, weight in element.choices]
    texts = [groovy.text(text) for text, _ in element.choices]
    if not texts:
        raise groovy.Unportable("a draw from nothing")
    total = " + ".join(weights)
    drawn = texts[-1]
    for index in range(len(texts) - 2, -1, -1):
        drawn = f"r < {' + '.join(weights[: index + 1])} ? {texts[index]} : ({drawn})"
    value = groovy.function(f"def r = Math.random() * ({total}); {drawn}")
    return Lowered(
        configs.UserParameters(**same(element), names=(element.variable,), values=((value,),), per_iteration=True)
    )


def _extract(element: processors.ExpressionExtractor, scene: Scene) -> Lowered:
    name = groovy.literal(element.variable)
    lines = [f"def value = {groovy.value(element.value)}", "if (value == Optional.empty()) value = null"]
    if element.keep or element.default is None:
        lines.append(f"if (value != null) vars.put({name}, S(value))")
    else:
        lines.append(f"vars.put({name}, value == null ? {groovy.text(element.default)} : S(value))")
    return Lowered(processors.ScriptPostProcessor(**same(element), script=_guarded(lines, element.when)))


def _assert(element: assertions.ExpressionAssertion, scene: Scene) -> Lowered:
    lines = [
        *(["prev.setSuccessful(true)"] if element.assume_success else []),
        f"if (!{groovy.truth(element.condition)}) {{",
        "  AssertionResult.setFailure(true)",
        f"  AssertionResult.setFailureMessage({groovy.text(element.message or element.name)})",
        "}",
    ]
    return Lowered(assertions.ScriptAssertion(**same(element), script=_guarded(lines, element.when)))


def _guarded(lines: list[str], when: Any) -> str:
    if when is None:
        return groovy.script(lines)
    return groovy.script([f"if ({groovy.truth(when)}) {{", *(f"  {line}" for line in lines), "}"])


STEPS: Mapping[type[Element], Callable[..., Lowered | None]] = {
    Parameter: _parameter,
    samplers.Pause: _pause,
    samplers.LogMessage: _log,
    samplers.SetVariable: _set,
    configs.RandomChoice: _draw,
    processors.ExpressionExtractor: _extract,
    assertions.ExpressionAssertion: _assert,
}
"""What lowers a kind."""
