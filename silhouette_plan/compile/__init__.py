"""The compiler: plan to program. Resolves calls, scope, configuration and values; knows no element but by table."""

from silhouette_plan.compile.options import Compilation, CompileOptions
from silhouette_plan.compile.plan import compile_plan

__all__ = ["Compilation", "CompileOptions", "compile_plan"]
