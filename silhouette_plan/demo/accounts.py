"""Handlers of ``/auth`` and ``/users``."""

from __future__ import annotations

from silhouette_plan.demo.http import Answer, Request, answer, refusal
from silhouette_plan.demo.service import Routes, Service, fields_of, text_field
from silhouette_plan.demo.store import Row
from silhouette_plan.demo.views import (
    BadField,
    event_view,
    page_of,
    pagination,
    user_view,
    whole_number,
    workflow_view,
)

TOKEN_SECONDS = 3600


async def login(service: Service, request: Request) -> Answer:
    """A token for an address and password; where any is good, unknown addresses are signed up."""
    fields = fields_of(request)
    email, password = text_field(fields, "email"), text_field(fields, "password")
    user = await service.store.user_by_email(email)
    if service.access.strict and (user is None or user["password"] != password):
        return refusal(401, "the address or the password is wrong")
    if user is None:
        user = await service.store.sign_up(email, password)
    return answer(_session(service, user))


async def refresh(service: Service, request: Request) -> Answer:
    """A new token in the place of the one in use."""
    user = await service.store.user(request.user)
    if user is None:
        return _gone(request)
    service.access.close(request)
    return answer(_session(service, user))


def logout(service: Service, request: Request) -> Answer:
    """Ends the session."""
    service.access.close(request)
    return answer({"loggedOut": True})


async def profile(service: Service, request: Request) -> Answer:
    """Who sent the request."""
    number = request.user
    user = await service.store.cached(("user", number), lambda: service.store.user(number))
    return _gone(request) if user is None else answer(user_view(user))


async def change_profile(service: Service, request: Request) -> Answer:
    """A new name, new preferences."""
    fields = fields_of(request)
    name = text_field(fields, "name") if "name" in fields else None
    preferences = fields.get("preferences", {})
    if not isinstance(preferences, dict):
        raise BadField("preferences must be an object")
    user = await service.store.change_profile(request.user, name, preferences)
    service.store.forget()
    return _gone(request) if user is None else answer(user_view(user))


async def activity(service: Service, request: Request) -> Answer:
    """What the sender did lately."""
    limit = whole_number(request.query, "limit", 50)
    return answer([event_view(row) for row in await service.store.activity(request.user, limit)])


async def users(service: Service, request: Request) -> Answer:
    """A page of users."""
    page, limit = page_of(request)
    rows, total = await service.store.users(limit, (page - 1) * limit)
    return answer([user_view(row) for row in rows], pagination=pagination(page, limit, total))


async def user(service: Service, request: Request) -> Answer:
    """A user by number."""
    found = await service.store.user(request.number)
    return refusal(404, f"there is no user {request.number}") if found is None else answer(user_view(found))


async def workflows_of(service: Service, request: Request) -> Answer:
    """A page of a user's workflows."""
    page, limit = page_of(request)
    rows, total = await service.store.workflows(limit, (page - 1) * limit, "id", False, "", request.number)
    return answer([workflow_view(row) for row in rows], pagination=pagination(page, limit, total))


def bulk_create(service: Service, request: Request) -> Answer:
    """Users made for a moment, and dropped: work for the garbage collector."""
    count = whole_number(request.query, "count", 10)
    made = [{"email": f"bulk-{n}@silhouette-workflow.com", "name": f"Bulk user {n}"} for n in range(count)]
    return answer(made, created=len(made))


def _session(service: Service, row: Row) -> Row:
    return {
        "token": service.access.open(row["id"]),
        "refreshToken": service.access.open(row["id"]),
        "expiresIn": TOKEN_SECONDS,
        "user": user_view(row),
    }


def _gone(request: Request) -> Answer:
    return refusal(404, f"there is no user {request.user}")


ROUTES: Routes = {
    ("POST", "/auth/login"): login,
    ("POST", "/auth/logout"): logout,
    ("POST", "/auth/refresh"): refresh,
    ("GET", "/auth/profile"): profile,
    ("PUT", "/auth/profile"): change_profile,
    ("GET", "/users"): users,
    ("GET", "/users/me"): profile,
    ("GET", "/users/me/activity"): activity,
    ("GET", "/users/bulk_create"): bulk_create,
    ("GET", "/users/{id}"): user,
    ("GET", "/users/{id}/workflows"): workflows_of,
}
