"""Expressions of the language: tokens to trees and back."""

from silhouette_plan.language.expressions.printing import show_expression
from silhouette_plan.language.expressions.reading import read_expression

__all__ = ["read_expression", "show_expression"]
