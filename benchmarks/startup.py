"""What a command costs before and around its work: CPU ms of whole processes on a plan of one request.

    python benchmarks/startup.py [ROUNDS]

Compiled modules are kept in a folder of the benchmark's own, and the first round, which fills it, does not count. ``imports`` is
a process that imports what the command imports and does nothing else, to the CPU of the command; ``peak`` is its memory.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TARGET = Path(__file__).with_name("target.py")
PLAN = """plan "tiny"

http {{
  base "http://127.0.0.1:{port}"
}}

threads "Users" 1 {{
  get "/" {{
    extract id = json('$.data.id')
    assert status == 200
  }}
}}
"""
COMMANDS = (
    ("--help",),
    ("run", "-q", "tiny.lplan"),
    ("lint", "tiny.lplan"),
    ("fmt", "--check", "tiny.lplan"),
    ("import", "-q", "tiny.jmx"),
)
MARK = 400.0
"""ms of CPU for any of them."""

COMMAND = "from silhouette_plan.cli.main import main; main()"
IMPORTS = """
import contextlib, gc, importlib, sys
gc.set_threshold(100_000)
for name in sys.argv[1:]:
    with contextlib.suppress(ImportError):
        importlib.import_module(name)
gc.freeze()
"""


@contextmanager
def target() -> Iterator[int]:
    """The port of a target that answers every request."""
    with subprocess.Popen([sys.executable, TARGET, "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.terminate()


class Place:
    """A folder with the plans, in which processes are measured."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        }

    def measure(self, code: str, arguments: tuple[str, ...]) -> tuple[float, float]:
        """ms of CPU and MB of memory of a process."""
        process = self._start([sys.executable, "-c", code, *arguments], subprocess.DEVNULL)
        _, _, used = os.wait4(process.pid, 0)
        return 1000 * (used.ru_utime + used.ru_stime), used.ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20)

    def imported(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """The modules that a command imports."""
        process = self._start([sys.executable, "-X", "importtime", "-c", COMMAND, *arguments], subprocess.PIPE)
        told = process.communicate()[1].decode()
        return tuple(re.findall(r"^import time:[\d |]+\|\s+(\S+)$", told, re.MULTILINE))

    def _start(self, command: list[str], errors: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, cwd=self._folder, env=self._environment, stdout=subprocess.DEVNULL, stderr=errors
        )


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    slow = False
    with tempfile.TemporaryDirectory() as name, target() as port:
        folder = Path(name)
        (folder / "tiny.lplan").write_text(PLAN.format(port=port), encoding="utf-8")
        place = Place(folder)
        place.measure(COMMAND, ("export", "tiny.lplan", "-o", "tiny.jmx"))
        print(f"{'command':<8} {'CPU ms':>7} {'imports':>8} {'peak MB':>8}")
        for arguments in COMMANDS:
            modules = place.imported(arguments)
            figures = [place.measure(COMMAND, arguments) for _ in range(rounds + 1)][1:]
            imports = statistics.median([place.measure(IMPORTS, modules)[0] for _ in range(rounds + 1)][1:])
            cpu = statistics.median(cpu for cpu, _ in figures)
            slow = slow or cpu > MARK
            print(f"{arguments[0]:<8} {cpu:7.0f} {imports / cpu:8.0%} {max(peak for _, peak in figures):8.0f}")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
