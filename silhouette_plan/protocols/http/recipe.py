"""From a merged request to what makes its requests: the plan's texts compiled, and rendered for a user.

Where nothing in a recipe is live it is rendered once and each sample gets the same ``Request``; a fault in constant parts (a
bad URL) is met once as well, and raised at each sample.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from silhouette_plan.plan.records import record
from silhouette_plan.plan.samplers import HttpArgument, HttpFile
from silhouette_plan.program.build import Build
from silhouette_plan.protocols.http.body import Body, Field, Upload, boundary, file, form, multipart, query, raw
from silhouette_plan.protocols.http.encode import charset
from silhouette_plan.protocols.http.faults import HttpFault
from silhouette_plan.protocols.http.merge import Merged
from silhouette_plan.protocols.http.request import WITHOUT_BODY, Request, build_request
from silhouette_plan.protocols.http.texts import Render, Switch, Texts
from silhouette_plan.protocols.http.url import Url, assemble, parse
from silhouette_plan.values.user import User

_WITH_QUERY = {"GET", "DELETE", "OPTIONS"}


@record
class _Argument:
    name: Render
    value: Render
    content_type: Render
    encode: Switch
    use_equals: Switch

    def render(self, user: User) -> Field:
        return Field(
            self.name(user), self.value(user), self.encode(user), self.use_equals(user), self.content_type(user)
        )


@record
class _File:
    path: Callable[[User], Path | None]
    parameter: Render
    mime_type: Render

    def render(self, user: User) -> Upload:
        path = self.path(user)
        if path is None:
            raise HttpFault("java.io.FileNotFoundException", "the file may not be read")
        return Upload(path, self.parameter(user), self.mime_type(user))


@record
class Recipe:
    """A request's texts, compiled. ``live``: it must be rendered for each sample."""

    live: bool
    base: Render
    protocol: Render
    domain: Render
    port: Render
    path: Render
    method: Render
    encoding: Render
    arguments: tuple[_Argument, ...]
    headers: tuple[tuple[Render, Render], ...]
    files: tuple[_File, ...]
    raw: bool
    json_body: bool
    keep_alive: Switch
    multipart: Switch
    browser: Switch

    def render(self, user: User) -> Request:
        """The request for ``user``. Raises ``HttpFault``, ``ValueFault``."""
        method, encoding = self.method(user), self.encoding(user)
        fields = [argument.render(user) for argument in self.arguments]
        url = self._url(user, method, fields, encoding)
        headers = tuple((name(user), value(user)) for name, value in self.headers)
        try:
            body = self._body(user, method, fields, encoding)
            return build_request(url, method, headers, body, keep_alive=self.keep_alive(user), json_body=self.json_body)
        except HttpFault as fault:
            fault.url = url.text
            raise

    def _url(self, user: User, method: str, fields: list[Field], encoding: str) -> Url:
        path = self.path(user).replace(" ", "%20")
        if path.startswith(("http://", "https://")):
            return parse(path)
        protocol, domain, port = self.protocol(user), self.domain(user), self.port(user)
        if base := self.base(user):
            protocol, domain, port, path = _under(base, path)
        path = path if path.startswith("/") else f"/{path}"
        if method in _WITH_QUERY and (text := query(fields, charset(encoding, "utf-8"))):
            path += ("&" if "?" in path else "?") + text
        return assemble(protocol, domain, port, path)

    def _body(self, user: User, method: str, fields: list[Field], encoding: str) -> Body | None:
        uploads = [item.render(user) for item in self.files]
        alone = not fields and len(uploads) == 1 and not uploads[0].parameter
        is_raw = self.raw or bool(fields and not any(item.name for item in fields))
        if method in WITHOUT_BODY and not (method == "GET" and (alone or is_raw)):
            return None
        as_parts = self.multipart(user) or bool(uploads and not (len(uploads) == 1 and not uploads[0].parameter))
        if as_parts:
            parts = multipart(fields, uploads, encoding, boundary(), browser=self.browser(user))
            return replace(parts, stays=alone or is_raw)
        if alone:
            return file(uploads[0])
        if is_raw:
            return raw(fields, encoding, uploads[0].mime_type if uploads else "")
        return form(fields, encoding)


def _under(base: str, path: str) -> tuple[str, str, str, str]:
    """Protocol, domain, port and path for ``path`` below the language's ``base``."""
    parts = urlsplit(base if "//" in base else f"//{base}")
    prefix = parts.path.rstrip("/")
    port = parts.netloc.rpartition("@")[2].rpartition("]")[2].partition(":")[2]
    joined = path if not prefix else f"{prefix}/{path.lstrip('/')}" if path else prefix
    return parts.scheme, parts.hostname or "", port, joined


def recipe_of(merged: Merged, build: Build) -> Recipe:
    """The recipe of a merged request; problems of its texts are reported at its node."""
    node = merged.node
    texts = Texts(build, node)
    files = (*node.files, *((HttpFile(path=node.body_file),) if node.body_file else ()))
    made = Recipe(
        live=False,
        base=texts.text(merged.base),
        protocol=texts.text(merged.protocol),
        domain=texts.text(merged.domain),
        port=texts.text(merged.port),
        path=texts.text(merged.path),
        method=texts.text(merged.method),
        encoding=texts.text(merged.encoding),
        arguments=tuple(_argument(argument, texts) for argument in merged.arguments),
        headers=tuple((texts.text(header.name), texts.text(header.value)) for header in merged.headers),
        files=tuple(_file(item, texts) for item in files if item.path),
        raw=merged.raw,
        json_body=node.json_body,
        keep_alive=texts.flag(node.keep_alive),
        multipart=texts.flag(node.multipart),
        browser=texts.flag(node.browser_compatible),
    )
    return replace(made, live=texts.live)


def _argument(argument: HttpArgument, texts: Texts) -> _Argument:
    return _Argument(
        texts.text(argument.name),
        texts.text(argument.value),
        texts.text(argument.content_type),
        texts.flag(argument.encode),
        texts.flag(argument.use_equals),
    )


def _file(item: HttpFile, texts: Texts) -> _File:
    constant, render = texts.constant(item.path), texts.text(item.path)
    if constant is not None:
        found = texts.build.may_read(constant, texts.node)
        return _File(lambda user: found, texts.text(item.parameter), texts.text(item.mime_type))
    known: dict[str, Path | None] = {}

    def allowed(user: User) -> Path | None:
        path = render(user)
        if path not in known:
            known[path] = texts.build.may_read(path, texts.node)
        return known[path]

    return _File(allowed, texts.text(item.parameter), texts.text(item.mime_type))
