"""Handlers of ``/workflows``."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Awaitable

from silhouette_plan.demo.http import Answer, Request, answer, refusal
from silhouette_plan.demo.service import Routes, Service, fields_of, text_field
from silhouette_plan.demo.store import SORTABLE, Row
from silhouette_plan.demo.views import (
    BadField,
    execution_view,
    page_of,
    pagination,
    whole_number,
    workflow_view,
)

EXECUTIONS_SHOWN = 10

_TEMPLATES = answer(
    [
        {"id": number, "name": name, "triggers": [{"type": trigger}]}
        for number, (name, trigger) in enumerate(
            (("Invoice automation", "schedule"), ("User onboarding", "webhook"), ("Weekly report", "manual")), 1
        )
    ]
)


def list_page(service: Service, request: Request) -> Answer | Awaitable[Answer]:
    """A page of workflows; the same page is given again for a moment, as from a cache."""
    known = service.store.remembered(("workflows", request.query_text))
    return known if isinstance(known, Answer) else _find_page(service, request)


async def _find_page(service: Service, request: Request) -> Answer:
    fields = request.query
    page, limit = page_of(request)
    sort, order = fields.get("sort") or "id", (fields.get("order") or "asc").lower()
    if sort not in SORTABLE or order not in ("asc", "desc"):
        raise BadField(f"sort must be one of {', '.join(SORTABLE)}, order asc or desc")

    async def find() -> Answer:
        rows, total = await service.store.workflows(
            limit, (page - 1) * limit, sort, order == "desc", fields.get("status", "")
        )
        shown = [workflow_view(row) for row in rows]
        if fields.get("include") == "executions":
            await _add_executions(service, shown)
        return answer(shown, pagination=pagination(page, limit, total))

    if fields.get("create_temp_data") == "true":
        _ = [{"number": n, "text": "x" * 1000} for n in range(whole_number(fields, "count", 100))]
    found: Answer = await service.store.cached(("workflows", request.query_text), find)
    return found


async def _add_executions(service: Service, shown: list[Row]) -> None:
    by_workflow: dict[int, list[Row]] = defaultdict(list)
    for row in await service.store.executions([each["id"] for each in shown], EXECUTIONS_SHOWN * len(shown)):
        by_workflow[row["workflow_id"]].append(execution_view(row))
    for each in shown:
        each["executions"] = by_workflow[each["id"]][:EXECUTIONS_SHOWN]


async def create(service: Service, request: Request) -> Answer:
    """A new workflow, answered 201."""
    fields = fields_of(request)
    fields["name"] = text_field(fields, "name")
    if "description" in fields:
        fields["description"] = str(fields["description"]).replace("\0", "")
    for name in ("triggers", "actions"):
        if not isinstance(fields.get(name, []), list):
            raise BadField(f"{name} must be a list")
    row = await service.store.create_workflow(request.user, fields)
    return answer(workflow_view(row), 201)


async def show(service: Service, request: Request) -> Answer:
    """A workflow by number."""
    row = await service.store.workflow(request.number)
    return _none(request) if row is None else answer(workflow_view(row))


async def change(service: Service, request: Request) -> Answer:
    """New texts for a workflow."""
    fields = fields_of(request)
    given = {name: text_field(fields, name) for name in _CHANGEABLE if name in fields}
    row = await service.store.change_workflow(request.number, given)
    return _none(request) if row is None else answer(workflow_view(row))


async def delete(service: Service, request: Request) -> Answer:
    """Removes a workflow."""
    found = await service.store.delete_workflow(request.number)
    return answer({"deleted": request.number}) if found else _none(request)


async def execute(service: Service, request: Request) -> Answer:
    """Starts a workflow."""
    trigger = text_field(fields_of(request), "trigger", "manual")
    row = await service.store.execute(request.number, trigger)
    return _none(request) if row is None else answer(execution_view(row))


async def executions(service: Service, request: Request) -> Answer:
    """The latest executions of a workflow."""
    rows = await service.store.executions([request.number], whole_number(request.query, "limit", 20))
    return answer([execution_view(row) for row in rows])


async def metrics(service: Service, request: Request) -> Answer:
    """How a workflow's executions went."""
    row = await service.store.workflow_metrics(request.number)
    assert row is not None
    rate = 1 - row["failed"] / row["executions"] if row["executions"] else 1.0
    return answer(
        {
            "workflowId": request.number,
            "executions": row["executions"],
            "successRate": rate,
            "avgSeconds": row["seconds"],
        }
    )


def templates(service: Service, request: Request) -> Answer:
    """Workflows to start from."""
    return _TEMPLATES


def stream(service: Service, request: Request) -> Answer:
    """What happens now; nothing, told at once."""
    return answer({"events": [], "at": time.time()})


def _none(request: Request) -> Answer:
    return refusal(404, f"there is no workflow {request.number}")


_CHANGEABLE = ("name", "description", "status")

ROUTES: Routes = {
    ("GET", "/workflows"): list_page,
    ("POST", "/workflows"): create,
    ("GET", "/workflows/templates"): templates,
    ("GET", "/workflows/stream"): stream,
    ("GET", "/notifications/stream"): stream,
    ("GET", "/workflows/{id}"): show,
    ("PUT", "/workflows/{id}"): change,
    ("DELETE", "/workflows/{id}"): delete,
    ("POST", "/workflows/{id}/execute"): execute,
    ("GET", "/workflows/{id}/executions"): executions,
    ("GET", "/workflows/{id}/metrics"): metrics,
}
