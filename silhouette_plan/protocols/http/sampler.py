"""HTTP Request: plan node to sampler (``HTTPSamplerProxy`` with the HttpClient4 implementation)."""

from __future__ import annotations

from math import inf

from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.program.build import Build, SamplerScope
from silhouette_plan.program.steps import Take
from silhouette_plan.protocols.http.exchange import Terms, fail, perform
from silhouette_plan.protocols.http.faults import HttpFault
from silhouette_plan.protocols.http.merge import merge
from silhouette_plan.protocols.http.recipe import recipe_of
from silhouette_plan.protocols.http.request import Request
from silhouette_plan.protocols.http.session import session_of
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import User


def build_http(node: HttpRequest, scope: SamplerScope, build: Build) -> Take:
    """The sampler of ``node``; what cannot be done as JMeter does it is reported."""
    merged = merge(node, scope)
    recipe = recipe_of(merged, build)
    terms = Terms()
    label = build.template(node.name, node)

    async def take(user: User) -> Sample | None:
        session = session_of(user)
        if session.iteration != user.iteration:
            session.begin_iteration()
        request = recipe.render(user)
        begun = session.now()
        sample = Sample(label.evaluate(user), session.stamp(begun))
        sample.url = request.url.text
        await perform(session, request, request.plain, sample, begun, terms)
        return sample

    return take
