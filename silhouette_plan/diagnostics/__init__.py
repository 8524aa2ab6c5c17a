"""Diagnostics: one value, many renderings."""

from silhouette_plan.diagnostics.model import Code, Diagnostic, PlanError, Severity

__all__ = ["Code", "Diagnostic", "PlanError", "Severity"]
