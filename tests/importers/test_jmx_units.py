"""Conversions of units go to JMeter as Groovy and come back as they were."""

from __future__ import annotations

import pytest
from silhouette_plan.importers.jmx import read, write

from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.samplers import HttpArgument, HttpRequest
from silhouette_plan.plan.testplan import TestPlan


@pytest.mark.parametrize("unit", ["ms", "s", "/s", "/min", "%"])
def test_comes_back(unit: str) -> None:
    text = f"a ${{__unit(${{hold}},{unit})}} b ${{__unit(${{x.y}}s,{unit})}}"
    request = HttpRequest(name=text, arguments=(HttpArgument("q", text),))
    plan = TestPlan(name="P", children=(ThreadGroup(name="G", duration=text, children=(request,)),))
    written = write(plan)
    assert b"__unit" not in written
    assert read(written, "p.jmx").plan == plan


def test_other_groovy_stays() -> None:
    plan = TestPlan(name='${__groovy("a" =~ "b")}')
    assert read(write(plan), "p.jmx").plan == plan
