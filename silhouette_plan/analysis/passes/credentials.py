"""Passwords, tokens and keys written into the plan (AN501)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan import configs, samplers
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.testplan import Parameter, TestPlan, UserVariables

_SECRET_NAME = re.compile(
    r"(?:.*[_.-])?(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_.-]?key|private[_.-]?key|access[_.-]?key)\Z",
    re.IGNORECASE,
)
_SECRET_HEADER = re.compile(r"(?:proxy-)?authorization\Z|(?:x-)?(?:api|auth|access)[_-]?(?:key|token)\Z", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_SECRET = re.compile(r"(?:not_?found|null|none|undefined|x+|\*+|changeme|todo|<.*>|bearer|basic)\Z", re.IGNORECASE)
_IN_BODY = re.compile(
    r'"((?:[A-Za-z]+[_-])?(?:password|passwd|secret|api[_-]?key))"\s*:\s*"((?:[^"\\]|\\.)*)"', re.IGNORECASE
)


def credentials(view: PlanView) -> Iterator[Diagnostic]:
    """One diagnostic for each place with a literal secret; a reference is none."""
    for node in view.active:
        for what, value in _secrets(node.element):
            if _is_literal(value):
                yield found(
                    "AN501",
                    node,
                    f"{what} of `{node.name}` is written into the plan",
                    hint="make it a parameter: `${__P(name)}`, in the language `param name env NAME secret`",
                )


def _is_literal(value: str) -> bool:
    text = value.strip()
    return bool(text) and "${" not in text and not _NO_SECRET.match(text)


def _secrets(element: Element) -> Iterator[tuple[str, str]]:
    match element:
        case configs.AuthManager(entries=entries):
            yield from ((f"the password for `{entry.url}`", entry.password) for entry in entries)
        case configs.HeaderManager(headers=headers):
            yield from ((f"the header `{h.name}`", h.value) for h in headers if _SECRET_HEADER.match(h.name))
        case configs.Database(password=password) | configs.LoginConfig(password=password):
            yield "the password", password
        case samplers.TcpRequest(password=password):
            yield "the password", password
        case samplers.HttpRequest() | configs.HttpDefaults():
            yield from _of_request(element)
        case TestPlan(variables=variables) | UserVariables(variables=variables):
            yield from ((f"the variable `{v.name}`", v.value) for v in variables if is_secret_name(v.name))
        case Parameter(name=name, default=default, secret=secret):
            if is_secret_name(name) and not secret:
                yield f"the default of `{name}`", default
        case _:
            pass


def _of_request(request: samplers.HttpRequest | configs.HttpDefaults) -> Iterator[tuple[str, str]]:
    yield "the password of the proxy", request.proxy_password
    yield from ((f"the argument `{a.name}`", a.value) for a in request.arguments if is_secret_name(a.name))
    if request.body:
        yield from ((f"`{match[1]}` in the body", match[2]) for match in _IN_BODY.finditer(request.body))


def is_secret_name(name: str) -> bool:
    """Whether something called ``name`` is meant to be kept secret."""
    return bool(_SECRET_NAME.match(_CAMEL.sub("_", name.strip())))
