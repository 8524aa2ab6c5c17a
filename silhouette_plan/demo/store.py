"""What the API asks of its database, and what it remembers of the answers."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Sequence
from importlib import resources
from typing import Any

import asyncpg

from silhouette_plan.demo.options import DemoError

Row = dict[str, Any]

CACHE_SECONDS = 1.0
"""How long an answer of the database is given again, as the real platform's cache does."""

MOST_CACHED = 1000

SORTABLE = {"createdAt": "created_at", "updatedAt": "updated_at", "name": "name", "id": "id", "status": "status"}
"""Columns by which workflows are sorted, by their name in the API."""

_WORKFLOW = "id, user_id, name, description, status, triggers, actions, created_at, updated_at"
_EXECUTION = "id, workflow_id, status, trigger, created_at, finished_at"


class Store:
    """Queries over a pool of connections."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record]) -> None:
        self._pool = pool
        self._cached: dict[object, tuple[float, Any]] = {}

    @classmethod
    async def connect(cls, dsn: str, size: int = 10) -> Store:
        """A store on ``dsn``, its tables made and filled where they are missing; raises ``DemoError``."""
        try:
            pool = await asyncpg.create_pool(dsn, min_size=2, max_size=size, init=_read_json)
            await pool.execute(resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8"))
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as fault:
            raise DemoError(f"the database cannot be used: {fault}", "check the value of --dsn") from None
        return cls(pool)

    def close(self) -> None:
        """Closes all connections."""
        self._pool.terminate()

    async def rows(self, query: str, *values: object) -> list[Row]:
        """The rows of ``query`` as plain data."""
        return [dict(row) for row in await self._pool.fetch(query, *values)]

    async def row(self, query: str, *values: object) -> Row | None:
        """The first row of ``query``."""
        found = await self._pool.fetchrow(query, *values)
        return None if found is None else dict(found)

    def remembered(self, key: object) -> Any:
        """What was found for ``key`` within the last ``CACHE_SECONDS``, or None."""
        entry = self._cached.get(key)
        return entry[1] if entry and entry[0] > time.monotonic() else None

    async def cached(self, key: object, find: Callable[[], Awaitable[Any]]) -> Any:
        """What ``find`` gives, or gave lately."""
        found = self.remembered(key)
        if found is None:
            found = await find()
            if len(self._cached) >= MOST_CACHED:
                self._cached.clear()
            self._cached[key] = (time.monotonic() + CACHE_SECONDS, found)
        return found

    def forget(self) -> None:
        """Forgets all answers, after a change."""
        self._cached.clear()

    async def user_by_email(self, email: str) -> Row | None:
        """The user with its password."""
        return await self.row("SELECT * FROM users WHERE email = $1", email)

    async def user(self, number: int) -> Row | None:
        """A user by its number."""
        return await self.row("SELECT * FROM users WHERE id = $1", number)

    async def sign_up(self, email: str, password: str) -> Row:
        """The user of ``email``, made if there is none."""
        found = await self.row(
            "INSERT INTO users (email, password, name) VALUES ($1, $2, $3) "
            "ON CONFLICT (email) DO UPDATE SET updated_at = now() RETURNING *",
            email,
            password,
            email.partition("@")[0],
        )
        assert found is not None
        return found

    async def change_profile(self, number: int, name: str | None, preferences: dict[str, Any]) -> Row | None:
        """The user with its new name and preferences."""
        return await self.row(
            "UPDATE users SET name = coalesce($2, name), preferences = preferences || $3, updated_at = now() "
            "WHERE id = $1 RETURNING *",
            number,
            name,
            preferences,
        )

    async def users(self, limit: int, offset: int) -> tuple[list[Row], int]:
        """A page of users, and how many there are."""
        rows = await self.rows("SELECT * FROM users ORDER BY id LIMIT $1 OFFSET $2", limit, offset)
        return rows, await self._count("users")

    async def workflows(
        self, limit: int, offset: int, sort: str, descending: bool, status: str, user: int = 0
    ) -> tuple[list[Row], int]:
        """A page of workflows, and how many there are; ``sort`` is a name of ``SORTABLE``."""
        order = f"{SORTABLE[sort]} {'DESC' if descending else 'ASC'}, id"
        where, values = _where(status=status, user_id=user)
        rows = await self.rows(
            f"SELECT {_WORKFLOW} FROM workflows{where} ORDER BY {order} LIMIT {limit:d} OFFSET {offset:d}", *values
        )
        count = await self.row(f"SELECT count(*) AS total FROM workflows{where}", *values)
        return rows, count["total"] if count else 0

    async def workflow(self, number: int) -> Row | None:
        """A workflow by its number."""
        return await self.row(f"SELECT {_WORKFLOW} FROM workflows WHERE id = $1", number)

    async def create_workflow(self, user: int, given: Row) -> Row:
        """A new workflow."""
        found = await self.row(
            f"INSERT INTO workflows (user_id, name, description, triggers, actions) VALUES ($1, $2, $3, $4, $5) "
            f"RETURNING {_WORKFLOW}",
            user,
            given["name"],
            given.get("description") or "",
            given.get("triggers") or [],
            given.get("actions") or [],
        )
        assert found is not None
        self.forget()
        return found

    async def change_workflow(self, number: int, given: Row) -> Row | None:
        """The workflow with new texts."""
        self.forget()
        return await self.row(
            f"UPDATE workflows SET name = coalesce($2, name), description = coalesce($3, description), "
            f"status = coalesce($4, status), updated_at = now() WHERE id = $1 RETURNING {_WORKFLOW}",
            number,
            given.get("name"),
            given.get("description"),
            given.get("status"),
        )

    async def delete_workflow(self, number: int) -> bool:
        """Whether there was one to delete."""
        self.forget()
        return await self.row("DELETE FROM workflows WHERE id = $1 RETURNING id", number) is not None

    async def execute(self, workflow: int, trigger: str) -> Row | None:
        """A new execution, running; None where there is no such workflow."""
        return await self.row(
            f"INSERT INTO workflow_executions (workflow_id, trigger) SELECT id, $2 FROM workflows WHERE id = $1 "
            f"RETURNING {_EXECUTION}",
            workflow,
            trigger,
        )

    async def executions(self, workflows: Sequence[int], limit: int) -> list[Row]:
        """The latest executions of some workflows."""
        return await self.rows(
            f"SELECT {_EXECUTION} FROM workflow_executions WHERE workflow_id = ANY($1) ORDER BY id DESC LIMIT $2",
            list(workflows),
            limit,
        )

    async def workflow_metrics(self, workflow: int) -> Row | None:
        """Counts of a workflow's executions."""
        return await self.row(
            "SELECT count(*) AS executions, count(*) FILTER (WHERE status = 'failed') AS failed, "
            "coalesce(avg(extract(epoch FROM finished_at - created_at)), 0)::float AS seconds "
            "FROM workflow_executions WHERE workflow_id = $1",
            workflow,
        )

    async def activity(self, user: int, limit: int) -> list[Row]:
        """The latest events of a user."""
        return await self.rows(
            "SELECT id, event_type, payload, created_at FROM analytics_events WHERE user_id = $1 "
            "ORDER BY id DESC LIMIT $2",
            user,
            limit,
        )

    async def summary(self) -> Row:
        """Counts over all."""
        found = await self.row(
            "SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM workflows) AS workflows, "
            "(SELECT count(*) FROM workflow_executions) AS executions, "
            "(SELECT count(*) FROM workflow_executions WHERE status = 'failed') AS failed"
        )
        assert found is not None
        return found

    async def events_by_day(self, days: int) -> list[Row]:
        """Events a day and kind."""
        return await self.rows(
            "SELECT date_trunc('day', created_at) AS day, event_type, count(*) AS events FROM analytics_events "
            "WHERE created_at > now() - $1 * interval '1 day' GROUP BY 1, 2 ORDER BY 1, 2",
            days,
        )

    async def search_workflows(self, text: str, status: str, limit: int) -> list[Row]:
        """Workflows whose name holds ``text``."""
        where, values = _where(status=status)
        condition = f"{where} AND" if where else " WHERE"
        return await self.rows(
            f"SELECT {_WORKFLOW} FROM workflows{condition} name ILIKE ${len(values) + 1} ORDER BY id LIMIT {limit:d}",
            *values,
            f"%{_literal(text)}%",
        )

    async def search_users(self, text: str, limit: int) -> list[Row]:
        """Users whose name or address holds ``text``."""
        return await self.rows(
            "SELECT * FROM users WHERE name ILIKE $1 OR email ILIKE $1 ORDER BY id LIMIT $2",
            f"%{_literal(text)}%",
            limit,
        )

    async def _count(self, table: str) -> int:
        found = await self.row(f"SELECT count(*) AS total FROM {table}")
        return found["total"] if found else 0


def _where(**conditions: object) -> tuple[str, list[object]]:
    """The conditions that are set, as SQL with its values."""
    given = {name: value for name, value in conditions.items() if value}
    texts = [f"{name} = ${place}" for place, name in enumerate(given, 1)]
    return f" WHERE {' AND '.join(texts)}" if texts else "", list(given.values())


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "")


async def _read_json(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
