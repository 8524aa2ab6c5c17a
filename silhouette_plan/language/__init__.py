"""The `.lplan` language, both ways: text to plan graph and back."""

from silhouette_plan.language.formatting import format_source
from silhouette_plan.language.parsing import Parsing, parse
from silhouette_plan.language.printing import normalise, print_plan

__all__ = ["Parsing", "format_source", "normalise", "parse", "print_plan"]
