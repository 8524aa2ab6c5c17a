"""The demo target as a process: its options come as JSON in the first argument.

It writes one line of JSON, ``{"port": N}`` or ``{"error": …, "hint": …}``, and serves until its input ends: so it ends
with the process that started it, however that one ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys

import msgspec

from silhouette_plan.demo.options import DemoError, DemoOptions
from silhouette_plan.demo.server import serve


def main() -> int:
    """Serves; the exit status is 0 after the end of the input, 1 where it could not begin."""
    options = msgspec.json.decode(sys.argv[1], type=DemoOptions)
    try:
        asyncio.run(_serve_until_input_ends(options))
    except DemoError as fault:
        _say({"error": str(fault), "hint": fault.hint})
        return 1
    return 0


async def _serve_until_input_ends(options: DemoOptions) -> None:
    serving = asyncio.ensure_future(serve(options, ready=lambda port: _say({"port": port})))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, serving.cancel)
    loop.add_reader(sys.stdin.fileno(), _read_input, serving)
    with contextlib.suppress(asyncio.CancelledError):
        await serving


def _read_input(serving: asyncio.Future[None]) -> None:
    if not os.read(sys.stdin.fileno(), 4096):
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        serving.cancel()


def _say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
