"""The passes: each a function from the view of a plan to the diagnostics it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from silhouette_plan.analysis.passes.assertions import empty_assertions
from silhouette_plan.analysis.passes.bodies import lost_backslashes
from silhouette_plan.analysis.passes.calls import bad_calls, include_cycles
from silhouette_plan.analysis.passes.credentials import credentials
from silhouette_plan.analysis.passes.csv_headers import csv_headers
from silhouette_plan.analysis.passes.dead_controllers import dead_controllers
from silhouette_plan.analysis.passes.disabled_properties import disabled_properties
from silhouette_plan.analysis.passes.empty_blocks import empty_blocks
from silhouette_plan.analysis.passes.endless_loops import endless_loops
from silhouette_plan.analysis.passes.function_calls import function_calls
from silhouette_plan.analysis.passes.group_sizes import group_sizes
from silhouette_plan.analysis.passes.hosts import hosts
from silhouette_plan.analysis.passes.list_lengths import list_lengths
from silhouette_plan.analysis.passes.numbers import numbers
from silhouette_plan.analysis.passes.patterns import patterns
from silhouette_plan.analysis.passes.placement import placement
from silhouette_plan.analysis.passes.plan_variables import plan_variables
from silhouette_plan.analysis.passes.result_files import result_files
from silhouette_plan.analysis.passes.skipped_children import skipped_children
from silhouette_plan.analysis.passes.thresholds import thresholds
from silhouette_plan.analysis.passes.unknown_variables import unknown_variables
from silhouette_plan.analysis.passes.unread_extractors import unread_extractors
from silhouette_plan.analysis.passes.unset_variables import unset_variables
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic

Pass = Callable[[PlanView], Iterator[Diagnostic]]

PASSES: tuple[Pass, ...] = (
    unknown_variables,
    unset_variables,
    unread_extractors,
    plan_variables,
    group_sizes,
    disabled_properties,
    placement,
    dead_controllers,
    empty_blocks,
    endless_loops,
    skipped_children,
    bad_calls,
    include_cycles,
    function_calls,
    numbers,
    lost_backslashes,
    patterns,
    list_lengths,
    hosts,
    csv_headers,
    empty_assertions,
    credentials,
    thresholds,
    result_files,
)
