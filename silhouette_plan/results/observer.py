"""The one hook for observation: what the engine tells whoever listens."""

from __future__ import annotations

from collections.abc import Sequence

from silhouette_plan.results.sample import Sample


class Observer:
    """Receives a run's events. Override what matters; the engine calls only what is overridden.

    Samples come in the order in which they end, some at a time: all that ended since the run last waited. Who overrides
    ``on_samples`` gets them so, which is cheaper; who overrides ``on_sample`` gets one after another. Neither may block.
    """

    def on_run_started(self, start: int) -> None:
        """The run starts at ``start`` (ms since 1970)."""

    def on_group_started(self, name: str, planned_users: int | None) -> None:
        """A group starts; ``planned_users`` is None where arrivals decide."""

    def on_user_started(self, thread_name: str) -> None:
        """A user starts its life."""

    def on_user_ended(self, thread_name: str) -> None:
        """A user ended its life."""

    def on_group_ended(self, name: str) -> None:
        """All users of a group ended."""

    def on_samples(self, samples: Sequence[Sample]) -> None:
        """Samples, as a listener at the plan's level would get them."""
        for sample in samples:
            self.on_sample(sample)

    def on_sample(self, sample: Sample) -> None:
        """One sample; called by ``on_samples``."""

    def on_metric(self, kind: str, name: str, value: float) -> None:
        """An observation of a metric of the plan's own, made outside samples; ``kind`` is ``counter rate trend gauge``."""

    def on_finding(self, code: str, message: str) -> None:
        """Something worth telling that is no sample: a script that failed, a missing file, a user that died."""

    def on_run_ended(self, end: int, interrupted: str) -> None:
        """The run is over; ``interrupted`` names what cut it short (``"SIGINT"``, ``"stop"`` …), or is empty."""
