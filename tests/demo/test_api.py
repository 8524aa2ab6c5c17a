"""The API answers in the shapes that the platform's own test scripts check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from silhouette_plan.demo.options import DemoOptions
from silhouette_plan.demo.process import DemoProcess, start


@pytest.fixture(scope="module")
def client(demo: DemoProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=demo.url, headers={"Authorization": "Bearer test-token"}) as made:
        yield made


SHAPES: list[tuple[str, str, Any, int, Callable[[dict[str, Any]], object]]] = [
    ("GET", "/health", None, 200, lambda r: r["status"] == "healthy"),
    ("GET", "/status", None, 200, lambda r: r["data"]["status"] == "running"),
    ("GET", "/metrics", None, 200, lambda r: r["data"]["memoryBytes"] > 0),
    ("GET", "/auth/profile", None, 200, lambda r: r["data"]["id"] and r["data"]["email"]),
    ("PUT", "/auth/profile", {"name": "N", "preferences": {"theme": "dark"}}, 200, lambda r: r["data"]["name"] == "N"),
    ("POST", "/auth/refresh", {}, 200, lambda r: r["data"]["token"]),
    ("POST", "/auth/logout", None, 200, lambda r: r["success"]),
    ("GET", "/workflows", None, 200, lambda r: r["success"] is True and len(r["data"]) == 20),
    ("GET", "/workflows?limit=10", None, 200, lambda r: len(r["data"]) == 10 and r["data"][0]["id"]),
    (
        "GET",
        "/workflows?page=2&limit=20&sort=createdAt&order=desc",
        None,
        200,
        lambda r: r["pagination"]["page"] == 2 and r["pagination"]["total"] >= 1000,
    ),
    ("GET", "/workflows?limit=500&include=executions", None, 200, lambda r: r["data"][0]["executions"]),
    ("GET", "/workflows?create_temp_data=true&count=100", None, 200, lambda r: r["success"]),
    ("GET", "/workflows?status=draft", None, 200, lambda r: {w["status"] for w in r["data"]} == {"draft"}),
    ("GET", "/workflows/templates", None, 200, lambda r: r["data"][0]["name"]),
    ("GET", "/workflows/stream", None, 200, lambda r: r["success"]),
    ("GET", "/notifications/stream", None, 200, lambda r: r["success"]),
    ("POST", "/workflows", {"name": "w", "actions": [{}]}, 201, lambda r: r["data"]["id"] and r["data"]["name"] == "w"),
    ("GET", "/workflows/7", None, 200, lambda r: r["data"]["id"] == 7),
    ("PUT", "/workflows/8", {"name": "renamed"}, 200, lambda r: r["data"]["name"] == "renamed"),
    ("POST", "/workflows/1000/execute", {"trigger": "api"}, 200, lambda r: r["data"]["status"] == "running"),
    ("GET", "/workflows/7/metrics", None, 200, lambda r: r["data"]["executions"] > 0),
    ("GET", "/workflows/7/executions", None, 200, lambda r: r["data"][-1]["status"] in ("completed", "failed")),
    ("GET", "/users", None, 200, lambda r: len(r["data"]) == 20 and "password" not in r["data"][0]),
    ("GET", "/users/7", None, 200, lambda r: r["data"]["id"] == 7),
    ("GET", "/users/7/workflows", None, 200, lambda r: {w["userId"] for w in r["data"]} == {7}),
    ("GET", "/users/me", None, 200, lambda r: r["data"]["id"] and r["data"]["email"]),
    ("GET", "/users/me/activity?limit=5", None, 200, lambda r: len(r["data"]) == 5),
    ("GET", "/users/bulk_create?count=20", None, 200, lambda r: len(r["data"]) == 20),
    ("GET", "/analytics/dashboard", None, 200, lambda r: r["data"]["summary"]["users"] >= 200),
    ("GET", "/analytics/realtime", None, 200, lambda r: r["data"]["requests"] > 0),
    ("GET", "/analytics/reports?size=large", None, 200, lambda r: len(r["data"]) > 20),
    ("GET", "/analytics/metrics?timeframe=24h", None, 200, lambda r: r["data"]["events"]),
    ("GET", "/analytics/trends", None, 200, lambda r: r["data"][0]["day"]),
    ("GET", "/analytics/stress_test?operations=50", None, 200, lambda r: r["data"]["operations"] == 50),
    ("GET", "/search?q=workflow&limit=10", None, 200, lambda r: len(r["data"]) == 10),
    ("GET", "/search?q=100%25_nothing", None, 200, lambda r: r["data"] == []),
    ("GET", "/search/workflows?q=dashboard&status=active&limit=5", None, 200, lambda r: len(r["data"]) == 5),
    ("GET", "/search/users?q=loadtest", None, 200, lambda r: len(r["data"]) == 20),
    # What is wrong is told.
    ("GET", "/nothing", None, 404, lambda r: "/api/nothing" in r["error"]),
    ("GET", "/workflows/999999", None, 404, lambda r: "999999" in r["error"]),
    ("POST", "/workflows/999999/execute", {}, 404, lambda r: "999999" in r["error"]),
    ("POST", "/workflows/${workflowId}/execute", {}, 404, lambda r: r["success"] is False),
    ("GET", "/workflows?limit=many", None, 400, lambda r: "limit" in r["error"]),
    ("GET", "/workflows?sort=password", None, 400, lambda r: "createdAt" in r["error"]),
    ("POST", "/workflows", {"description": "no name"}, 400, lambda r: "name" in r["error"]),
    ("POST", "/workflows", ["a list"], 400, lambda r: "object" in r["error"]),
    ("POST", "/workflows", {"name": "x", "actions": "no list"}, 400, lambda r: "actions" in r["error"]),
    ("POST", "/auth/login", {"email": "a@b.c"}, 400, lambda r: "password" in r["error"]),
    ("PUT", "/auth/profile", {"preferences": []}, 400, lambda r: "preferences" in r["error"]),
    ("PATCH", "/workflows/7", {}, 405, lambda r: r["success"] is False),
]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "holds"), SHAPES, ids=[f"{case[0]} {case[1]}" for case in SHAPES]
)
def test_shapes(
    client: httpx.Client, method: str, path: str, body: Any, status: int, holds: Callable[[dict[str, Any]], object]
) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/json"
    assert holds(response.json())


def test_login_gives_a_token_of_the_user(client: httpx.Client) -> None:
    email = "loadtest-user-5@silhouette-workflow.com"
    data = client.post("/auth/login", json={"email": email, "password": "LoadTest123!"}).json()["data"]
    me = client.get("/users/me", headers={"Authorization": f"Bearer {data['token']}"}).json()["data"]
    assert me["email"] == data["user"]["email"] == email


def test_login_takes_a_form_as_the_jmeter_plan_sends_it(client: httpx.Client) -> None:
    response = client.post(
        "/auth/login",
        content="email=new%40example.org&password=x",
        headers={"Content-Type": "application/json"},
    )
    assert response.json()["data"]["user"]["email"] == "new@example.org"


def test_created_workflows_are_listed_at_once(client: httpx.Client) -> None:
    def newest() -> str:
        return str(client.get("/workflows?limit=1&sort=id&order=desc").json()["data"][0]["name"])

    newest()
    for name in ("first", "second"):
        client.post("/workflows", json={"name": name})
        assert newest() == name
    number = client.get("/workflows?limit=1&sort=id&order=desc").json()["data"][0]["id"]
    assert client.delete(f"/workflows/{number}").status_code == 200
    assert newest() == "first"


def test_something_must_say_who_asks(demo: DemoProcess) -> None:
    assert httpx.get(f"{demo.url}/workflows").status_code == 401
    assert httpx.get(f"{demo.url}/workflows", headers={"X-API-Key": "anything"}).status_code == 200
    assert httpx.get(f"{demo.url}/health").status_code == 200


def test_strict_access_limit_and_leak() -> None:
    """One target with several options, for they do not meet."""
    options = DemoOptions(auth="strict", api_key="the-key", rate_limit=5, leak=1000)
    with start(options) as strict, httpx.Client(base_url=strict.url) as client:
        assert client.get("/users/me", headers={"Authorization": "Bearer made-up"}).status_code == 401
        assert client.get("/users/me", headers={"X-API-Key": "the-key"}).status_code == 200
        wrong = {"email": "loadtest-user-1@silhouette-workflow.com", "password": "wrong"}
        assert client.post("/auth/login", json=wrong).status_code == 401
        session = client.post("/auth/login", json={**wrong, "password": "LoadTest123!"}).json()["data"]
        bearer = {"Authorization": f"Bearer {session['token']}"}
        assert client.get("/users/me", headers=bearer).status_code == 200
        assert client.post("/auth/logout", headers=bearer).status_code == 200
        assert client.get("/users/me", headers=bearer).status_code == 401
        answers = [client.get("/status", headers={"X-API-Key": "x"}) for _ in range(8)]
        limited = [answer for answer in answers if answer.status_code == 429]
        assert len(limited) >= 2
        assert limited[0].headers["retry-after"] == "1"
        assert "rate limit" in limited[0].json()["error"]
        leaked = client.get("/metrics", headers={"X-API-Key": "y"}).json()["data"]["leakedBytes"]
        assert leaked >= 10_000
