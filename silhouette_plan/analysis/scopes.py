"""When the elements around a sampler act: as data at an iteration's start, before the sample or after it."""

from __future__ import annotations

from silhouette_plan.analysis.tree import Node
from silhouette_plan.plan import configs, samplers
from silhouette_plan.plan.base import Assertion, Config, Element, Listener, PostProcessor, PreProcessor, Sampler, Timer
from silhouette_plan.plan.testplan import Foreign

NO_SAMPLE = (
    samplers.FlowControl,
    samplers.SetVariable,
    samplers.LogMessage,
    samplers.AddMetric,
    samplers.Pause,
)
"""Steps that act in a sampler's place and make no sample."""

_DATA = (
    configs.CsvDataSet,
    configs.Counter,
    configs.RandomVariable,
    configs.RandomChoice,
    configs.Database,
    configs.KeystoreConfig,
)


def is_data(element: Element) -> bool:
    """Whether it acts when an iteration of the controller around it starts; an element of unknown kind may."""
    if isinstance(element, configs.UserParameters):
        return bool(element.per_iteration)
    return isinstance(element, (*_DATA, Foreign))


def is_before(element: Element) -> bool:
    """Whether it acts before each sample in scope, or is read then."""
    return isinstance(element, (PreProcessor, Timer, Config)) and not is_data(element)


def is_after(element: Element) -> bool:
    """Whether it acts after each sample in scope."""
    return isinstance(element, (PostProcessor, Assertion, Listener))


def makes_sample(element: Element) -> bool:
    """Whether a step makes a sample that post-processors and assertions see."""
    return isinstance(element, Sampler) and not isinstance(element, NO_SAMPLE)


def enabled_children(node: Node) -> list[Node]:
    """The children that exist for a run."""
    return [child for child in node.children if child.element.enabled]
