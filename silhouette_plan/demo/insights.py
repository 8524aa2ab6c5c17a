"""Handlers of ``/analytics`` and ``/search``, and of the service's own state."""

from __future__ import annotations

import time
from collections.abc import Awaitable

import psutil

from silhouette_plan.demo.http import Answer, Request, answer
from silhouette_plan.demo.service import Routes, Service
from silhouette_plan.demo.store import Row
from silhouette_plan.demo.views import user_view, whole_number, workflow_view

_DAYS = {"24h": 1, "7d": 7, "30d": 30}
_REPORT_DAYS = {"small": 1, "large": 365}


def dashboard(service: Service, request: Request) -> Answer | Awaitable[Answer]:
    """The summary with the latest trend."""
    known = service.store.remembered("dashboard")
    return known if isinstance(known, Answer) else _find_dashboard(service)


async def _find_dashboard(service: Service) -> Answer:
    async def find() -> Answer:
        counts = await service.store.summary()
        rate = 1 - counts["failed"] / counts["executions"] if counts["executions"] else 1.0
        summary = {**counts, "successRate": rate}
        return answer({"summary": summary, "trend": _days(await service.store.events_by_day(7))})

    found: Answer = await service.store.cached("dashboard", find)
    return found


def realtime(service: Service, request: Request) -> Answer:
    """The moment."""
    return answer({"at": time.time(), "requests": service.requests, "uptime": time.time() - service.started})


async def reports(service: Service, request: Request) -> Answer:
    """Events a day; ``size=large`` over a year."""
    days = _REPORT_DAYS.get(request.query.get("size", ""), 30)
    return answer(_days(await service.store.events_by_day(days)))


async def trends(service: Service, request: Request) -> Answer:
    """Events a day over a month."""
    return answer(_days(await service.store.events_by_day(30)))


async def event_metrics(service: Service, request: Request) -> Answer:
    """Events a kind, within ``timeframe`` (24h, 7d, 30d)."""
    timeframe = request.query.get("timeframe", "24h")
    rows = await service.store.events_by_day(_DAYS.get(timeframe, 1))
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row["event_type"]] = kinds.get(row["event_type"], 0) + row["events"]
    return answer({"timeframe": timeframe, "events": kinds})


def stress_test(service: Service, request: Request) -> Answer:
    """Work for the processor: so many sums of a thousand numbers."""
    operations = whole_number(request.query, "operations", 10)
    return answer({"operations": operations, "result": sum(sum(range(1000)) for _ in range(operations))})


async def search(service: Service, request: Request) -> Answer:
    """Workflows, then users, that hold the words."""
    fields = request.query
    text, limit = fields.get("q", ""), whole_number(fields, "limit", 20)
    found: list[Row] = [
        {"type": "workflow", **workflow_view(row)} for row in await service.store.search_workflows(text, "", limit)
    ]
    if len(found) < limit:
        rows = await service.store.search_users(text, limit - len(found))
        found += [{"type": "user", **user_view(row)} for row in rows]
    return answer(found, query=text)


async def search_workflows(service: Service, request: Request) -> Answer:
    """Workflows that hold the words."""
    fields = request.query
    rows = await service.store.search_workflows(
        fields.get("q", ""), fields.get("status", ""), whole_number(fields, "limit", 20)
    )
    return answer([workflow_view(row) for row in rows])


async def search_users(service: Service, request: Request) -> Answer:
    """Users that hold the words."""
    fields = request.query
    rows = await service.store.search_users(fields.get("q", ""), whole_number(fields, "limit", 20))
    return answer([user_view(row) for row in rows])


def health(service: Service, request: Request) -> Answer:
    """Whether the service lives; said outside the envelope too, where probes look."""
    return _HEALTHY


def status(service: Service, request: Request) -> Answer:
    """What runs."""
    return answer({"service": "silhouette-workflow", "status": "running", "uptime": time.time() - service.started})


def own_metrics(service: Service, request: Request) -> Answer:
    """Memory (bytes) and requests of this process."""
    memory = psutil.Process().memory_info().rss
    return answer({"requests": service.requests, "memoryBytes": memory, "leakedBytes": service.leaked_bytes()})


def _days(rows: list[Row]) -> list[Row]:
    return [{"day": row["day"].date(), "type": row["event_type"], "events": row["events"]} for row in rows]


_HEALTHY = Answer(200, b'{"success":true,"status":"healthy","data":{"status":"healthy"}}')

ROUTES: Routes = {
    ("GET", "/analytics/dashboard"): dashboard,
    ("GET", "/analytics/realtime"): realtime,
    ("GET", "/analytics/reports"): reports,
    ("GET", "/analytics/metrics"): event_metrics,
    ("GET", "/analytics/trends"): trends,
    ("GET", "/analytics/stress_test"): stress_test,
    ("GET", "/search"): search,
    ("GET", "/search/workflows"): search_workflows,
    ("GET", "/search/users"): search_users,
    ("GET", "/health"): health,
    ("GET", "/status"): status,
    ("GET", "/metrics"): own_metrics,
}

FREE = frozenset({"/health", "/status", "/metrics"})
"""Paths that need no token."""
