"""Passes over the plan that find what is wrong before it runs; the plan as a picture; two plans compared."""

from silhouette_plan.analysis.analyser import analyse
from silhouette_plan.analysis.tree import Surroundings

__all__ = ["Surroundings", "analyse"]
