"""The objectives of a plan (``slo``): what they are, measured while a run goes on, and judged."""

from silhouette_plan.results.objectives.judging import Judgement, Result
from silhouette_plan.results.objectives.objective import Action, Objective, Scope, Selection
from silhouette_plan.results.objectives.tracking import Tracker

__all__ = ["Action", "Judgement", "Objective", "Result", "Scope", "Selection", "Tracker"]
