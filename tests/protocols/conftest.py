"""A scripted target on loopback, and a user who sends requests to it."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import trio

from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.engine.turns import calling_at_turn_ends
from silhouette_plan.plan.base import Config, Element
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.program.build import SamplerScope
from silhouette_plan.protocols.http.sampler import build_http
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import GroupState, Run, User

CLOSE = "close"
RESET = "reset"
Step = bytes | float | str
Answer = Sequence[Step] | Callable[["Received"], Sequence[Step]]


def response(
    body: bytes = b"ok", status: str = "200 OK", headers: Sequence[str] = ("Content-Type: text/plain",)
) -> bytes:
    """A whole response with its length."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


@dataclass(frozen=True)
class Received:
    """A request as it came, on the target's ``connection``-th connection."""

    connection: int
    head: bytes
    body: bytes

    @property
    def target(self) -> str:
        return self.head.split(b" ")[1].decode()

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    def header(self, name: str) -> str | None:
        match = re.search(rf"\r\n{name}: ([^\r]*)".encode(), self.head, re.IGNORECASE)
        return match[1].decode("latin-1") if match else None


@dataclass
class Target:
    """Answers each request by its path's script: bytes are sent, numbers are pauses (s), words end the connection."""

    context: ssl.SSLContext | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    handshakes: list[bool] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    def __post_init__(self) -> None:
        self._open: set[socket.socket] = set()
        self.start()

    def start(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=512, reuse_port=False)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def stop(self) -> None:
        """Goes away: listener and connections."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in list(self._open):
            self._end(sock)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.add(sock)
            threading.Thread(target=self._serve, args=(sock, self.connections), daemon=True).start()

    def _serve(self, sock: socket.socket, number: int) -> None:
        try:
            if self.context is not None:
                raw, sock = sock, self.context.wrap_socket(sock, server_side=True)
                self._open.discard(raw)
                self._open.add(sock)
                self.handshakes.append(bool(sock.session_reused))  # type: ignore[attr-defined]
            with sock.makefile("rb") as stream:
                while (request := self._read(stream, number)) is not None:
                    self.received.append(request)
                    if not self._answer(sock, request):
                        break
        except (OSError, ValueError):
            pass
        self._end(sock)

    def _read(self, stream: Any, number: int) -> Received | None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = stream.readline()
            if not line:
                return None
            head += line
        length = re.search(rb"\r\nContent-Length: (\d+)", head, re.IGNORECASE)
        return Received(number, head, stream.read(int(length[1])) if length else b"")

    def _answer(self, sock: socket.socket, request: Received) -> bool:
        script = self.answers.get(request.path, (response(b"" if request.head.startswith(b"HEAD") else b"ok"),))
        for step in script(request) if callable(script) else script:
            if isinstance(step, bytes):
                sock.sendall(step)
            elif isinstance(step, str):
                if step == RESET:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                return False
            else:
                time.sleep(step)
        return True

    def _end(self, sock: socket.socket) -> None:
        self._open.discard(sock)
        lingers = sock.fileno() >= 0 and sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER) != 0
        if not lingers:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        sock.close()


@pytest.fixture
def target() -> Iterator[Target]:
    """A target on a free port."""
    made = Target()
    yield made
    made.stop()


class PlainBuild:
    """A compiler's stand-in: ``${name}`` is the user's variable, nothing else is live."""

    def __init__(self, properties: dict[str, str] | None = None, folder: Path | None = None) -> None:
        self.properties = properties or {}
        self.folder = folder or Path()
        self.plan_user = User(Run(self.properties, self.folder, "", 1), GroupState("", 0, None), 0, "", {})
        self.found: list[Diagnostic] = []

    def template(self, text: str, node: Element) -> Template:
        if "${" not in text:
            return Template(text, text, lambda user: text)

        def evaluate(user: User) -> str:
            return re.sub(r"\$\{(\w+)\}", lambda match: str(user.variables.get(match[1], match[0])), text)

        return Template(text, None, evaluate)

    def expression(self, expression: object, node: Element) -> Any:
        raise NotImplementedError

    def report(self, diagnostic: Diagnostic) -> None:
        self.found.append(diagnostic)

    def may_read(self, path: str, node: Element) -> Path | None:
        return self.folder / path

    may_write = may_read


Script = Callable[[User], Awaitable[None]]


@dataclass
class Player:
    """Runs users against targets, with a transport of choice."""

    transport: str = "pump"
    properties: dict[str, str] = field(default_factory=dict)
    folder: Path | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    run: Run | None = None

    def build(self, node: HttpRequest, configs: Sequence[Config] = (), **scope: bool) -> Any:
        self.compiler = PlainBuild(self.properties, self.folder)
        take = build_http(node, SamplerScope(tuple(configs), **scope), self.compiler)

        def begin(user: User) -> Any:
            user.began = user.run.clock.now()
            return take(user)

        return begin

    def script(self, script: Script) -> None:
        """Runs one user through ``script``; afterwards nothing may be left of its connections."""

        async def main() -> None:
            self.run = Run({"silplan.transport": self.transport, **self.properties}, Path(), "plan", 1)
            with trio.fail_after(30), calling_at_turn_ends(self.run.turn_ends):
                async with trio.open_nursery() as nursery:
                    self.run.spawn = nursery.start_soon
                    user = self.user()
                    try:
                        await script(user)
                    finally:
                        for close in reversed(user.closing):
                            close()
                        nursery.cancel_scope.cancel()

        trio.run(main)

    def user(self, number: int = 0) -> User:
        assert self.run is not None
        return User(self.run, GroupState("TG", 1, 1), number, f"TG 1-{number + 1}", dict(self.variables))

    def take(self, *nodes: HttpRequest, configs: Sequence[Config] = (), **scope: bool) -> list[Any]:
        """The samples of one user who sends ``nodes`` one after another."""
        samples: list[Sample | None] = []

        async def script(user: User) -> None:
            samples.extend([await self.build(node, configs, **scope)(user) for node in nodes])

        self.script(script)
        return samples


@pytest.fixture(params=["pump", "plain"])
def player(request: pytest.FixtureRequest) -> Player:
    """A player for each transport."""
    return Player(request.param)


@pytest.fixture
def pump_player() -> Player:
    """A player on the pump, for what does not depend on the transport."""
    return Player()


@pytest.fixture
def get(target: Target) -> Callable[..., HttpRequest]:
    """A GET of a path of the target, named after it."""

    def make(path: str = "/x", **fields: Any) -> HttpRequest:
        return HttpRequest(**{"name": path, "domain": "127.0.0.1", "port": str(target.port), "path": path, **fields})

    return make


@pytest.fixture
def steps() -> Any:
    """The words of a target's script."""

    class Steps:
        close, reset = CLOSE, RESET
        response = staticmethod(response)

    return Steps
