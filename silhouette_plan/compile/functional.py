"""Functional mode: result files in XML hold what was sent and what came (``SampleSaveConfiguration.saveResponseData``), and
sub-samples keep their own names (``SampleResult.isRenameSampleLabel``)."""

from __future__ import annotations

from dataclasses import replace

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.listeners import ResultCollector
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.plan.walk import transform
from silhouette_plan.program.fields import fixed_flag

_SWITCHES = ("responseData", "samplerData")
_PROPERTIES = (
    "jmeter.save.saveservice.response_data",
    "jmeter.save.saveservice.samplerData",
    "subresults.disable_renaming",
)


def in_functional_mode(plan: TestPlan, build: PlanBuild) -> TestPlan:
    """``plan`` with the switches of its listeners, and the properties of ``build``, as functional mode has them."""
    if not fixed_flag(build, plan, plan.functional):
        return plan
    build.properties.update(dict.fromkeys(_PROPERTIES, "true"))
    changed = transform(plan, _telling_all)
    assert isinstance(changed, TestPlan)
    return changed


def _telling_all(element: Element) -> Element:
    if not isinstance(element, ResultCollector) or not element.save:
        return element
    kept = tuple(pair for pair in element.save if pair[0] not in _SWITCHES)
    return replace(element, save=(*kept, *((switch, "true") for switch in _SWITCHES)))
