"""Runs the demo target beside this process."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Self

from silhouette_plan.demo.options import DemoError, DemoOptions

STOP_LIMIT = 10.0
"""Seconds that the target may take to end by itself; then it is killed, by its process id."""


@dataclass(frozen=True, slots=True)
class DemoProcess:
    """A running demo target. ``url`` ends in ``/api``; leaving a ``with`` block stops it."""

    url: str
    port: int
    _process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def wait(self) -> int:
        """Waits until it ends; its exit status."""
        return self._process.wait()

    def stop(self) -> None:
        """Ends it, its database and its folder. Calling it again does nothing."""
        process = self._process
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(options: DemoOptions) -> DemoProcess:
    """Starts the target and waits until it answers; raises ``DemoError``.

    It has a session of its own, so that Ctrl-C in a terminal does not reach it, and ends when this process does.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "silhouette_plan.demo", json.dumps(asdict(options))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        said = json.loads(process.stdout.readline() or "{}")
    except BaseException:
        DemoProcess("", 0, process).stop()
        raise
    if "port" in said:
        port = int(said["port"])
        host = f"[{options.host}]" if ":" in options.host else options.host
        return DemoProcess(f"http://{host}:{port}/api", port, process)
    DemoProcess("", 0, process).stop()
    raise DemoError(said.get("error", "the demo target ended before it began"), said.get("hint", ""))
