"""The sample of a user that was interrupted in it."""

from __future__ import annotations

from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import User


def interrupted_sample(user: User) -> Sample:
    """What the sampler left in ``User.under_way``, or what JMeter's HTTP sampler says then."""
    sample = user.under_way
    user.under_way = None
    if sample is None:
        stamp = user.run.clock.stamp
        sample = Sample(user.sampler_name, stamp(user.began))
        sample.elapsed = stamp(user.run.clock.now()) - sample.start
        sample.code = "Non HTTP response code: java.net.SocketException"
        sample.message = "Non HTTP response message: Socket closed"
        sample.data_type = "text"
    sample.success = False
    return sample
