"""``silplan schema``: the JSON Schema of plans in JSON."""

from __future__ import annotations

import json

import click

from silhouette_plan.cli.output import say
from silhouette_plan.plan.schema import plan_schema


@click.command("schema")
def command() -> None:
    """Print the JSON Schema that every plan in JSON validates against."""
    say(json.dumps(plan_schema(), indent=2, ensure_ascii=False))
