"""The one hook for observation: what the engine tells whoever listens."""

from __future__ import annotations

from silhouette_plan.results.sample import Sample


class Observer:
    """Receives a run's events. Override what matters; the engine calls only what is overridden.

    ``on_sample`` is called on the hot path, in the order in which samples end; it must not block.
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

    def on_sample(self, sample: Sample) -> None:
        """A sample, as a listener at the plan's level would get it."""

    def on_metric(self, kind: str, name: str, value: float) -> None:
        """An observation of a metric of the plan's own, made outside samples; ``kind`` is ``counter rate trend gauge``."""

    def on_finding(self, code: str, message: str) -> None:
        """Something worth telling that is no sample: a script that failed, a missing file, a user that died."""

    def on_run_ended(self, end: int, interrupted: str) -> None:
        """The run is over; ``interrupted`` names what cut it short (``"SIGINT"``, ``"stop"`` …), or is empty."""
