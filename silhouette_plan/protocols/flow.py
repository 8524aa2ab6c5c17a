"""Steps in a sampler's place that make no sample: they steer the flow, pause, set, log and count."""

from __future__ import annotations

from silhouette_plan.plan.samplers import AddMetric, FlowControl, LogMessage, Pause, SetVariable
from silhouette_plan.program.build import Build, SamplerScope
from silhouette_plan.program.fields import integer
from silhouette_plan.program.steps import Take
from silhouette_plan.results.sample import NextAction
from silhouette_plan.values.coercion import is_true, observation, text_of
from silhouette_plan.values.user import User

_STOP, _PAUSE, _STOP_NOW = 0, 1, 2
_THIS_USER, _TEST = 0, 2

_NEXT = {3: NextAction.NEXT_THREAD_LOOP, 4: NextAction.NEXT_LOOP, 5: NextAction.BREAK_LOOP}


def build_flow_control(node: FlowControl, scope: SamplerScope, build: Build) -> Take:
    """Flow Control Action (``TestAction``)."""
    duration = build.template(node.duration, node)
    action, target = node.action, node.target

    async def take(user: User) -> None:
        if action == _PAUSE:
            await user.pause(integer(duration.evaluate(user)) / 1000.0)
        elif action in (_STOP, _STOP_NOW):
            if target in (_THIS_USER, _TEST):
                user.stopping = True
            if target == _TEST:
                user.run.stop(action == _STOP_NOW)
        else:
            user.next_action = _NEXT.get(action, NextAction.CONTINUE)

    return take


def build_pause(node: Pause, scope: SamplerScope, build: Build) -> Take:
    """``pause``: between two durations, evenly drawn."""
    low = build.template(node.low, node)
    high = build.template(node.high or node.low, node)

    async def take(user: User) -> None:
        shortest = integer(low.evaluate(user))
        longest = integer(high.evaluate(user))
        await user.pause(user.random.uniform(shortest, max(shortest, longest)) / 1000.0)

    return take


def build_set_variable(node: SetVariable, scope: SamplerScope, build: Build) -> Take:
    """``set``: a variable, or a property where it is shared."""
    value = build.expression(node.value, node)
    name, shared = node.variable, node.shared

    async def take(user: User) -> None:
        target = user.run.properties if shared else user.variables
        target[name] = text_of(value(user, None))

    return take


def build_log(node: LogMessage, scope: SamplerScope, build: Build) -> Take:
    """``log``: told to the observers as a finding."""
    message = build.template(node.message, node)

    async def take(user: User) -> None:
        user.run.finding("HT902", message.evaluate(user))

    return take


def build_add_metric(node: AddMetric, scope: SamplerScope, build: Build) -> Take:
    """``add``: an observation of a metric of the plan's own."""
    value = build.expression(node.value, node)
    when = None if node.when is None else build.expression(node.when, node)
    kind, metric = node.kind, node.metric

    async def take(user: User) -> None:
        if when is not None and not is_true(when(user, None)):
            return
        found = observation(kind, value(user, None))
        if found is not None:
            user.run.metric(kind, metric, found)

    return take
