"""Rows of the database in the shapes of the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from silhouette_plan.demo.http import Request
from silhouette_plan.demo.store import Row

MOST_ROWS = 1000

EXECUTION_TIME = timedelta(seconds=2)
"""How long an execution runs."""


def user_view(row: Row) -> Row:
    """A user, without the password."""
    return {
        "id": row["id"],
        "email": row["email"],
        "name": row["name"],
        "preferences": row["preferences"],
        "createdAt": row["created_at"],
    }


def workflow_view(row: Row) -> Row:
    """A workflow."""
    return {
        "id": row["id"],
        "userId": row["user_id"],
        "name": row["name"],
        "description": row["description"],
        "status": row["status"],
        "triggers": row["triggers"],
        "actions": row["actions"],
        "createdAt": row["created_at"],
        "updatedAt": row["updated_at"],
    }


def execution_view(row: Row) -> Row:
    """An execution; one that was started shows as completed after ``EXECUTION_TIME``."""
    end = row["finished_at"] or row["created_at"] + EXECUTION_TIME
    running = row["status"] == "running" and end > datetime.now(UTC)
    return {
        "id": row["id"],
        "workflowId": row["workflow_id"],
        "status": "completed" if row["status"] == "running" and not running else row["status"],
        "trigger": row["trigger"],
        "startedAt": row["created_at"],
        "finishedAt": None if running else end,
    }


def event_view(row: Row) -> Row:
    """An event of a user."""
    return {"id": row["id"], "type": row["event_type"], "payload": row["payload"], "at": row["created_at"]}


class BadField(Exception):
    """A field of a request is not what it must be."""


def whole_number(fields: dict[str, str], name: str, default: int, most: int = MOST_ROWS) -> int:
    """A number from 1 to ``most`` (larger ones count as ``most``); raises ``BadField``."""
    text = fields.get(name) or str(default)
    if not (text.isascii() and text.isdigit()) or int(text[:18]) < 1:
        raise BadField(f"{name} must be a whole number from 1 up, not “{text}”")
    return min(int(text[:18]), most)


def page_of(request: Request, default: int = 20) -> tuple[int, int]:
    """Page (from 1) and rows a page that ``request`` asks for."""
    fields = request.query
    return whole_number(fields, "page", 1, most=10**6), whole_number(fields, "limit", default)


def pagination(page: int, limit: int, total: int) -> dict[str, Any]:
    """What stands beside a page of rows."""
    return {
        "page": page,
        "limit": limit,
        "total": total,
        "totalPages": -(-total // limit),
        "hasNext": page * limit < total,
        "hasPrev": page > 1,
    }
