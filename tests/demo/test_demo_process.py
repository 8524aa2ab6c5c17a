"""The target beside its parent: it starts, tells why it cannot, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from lxml import etree

from silhouette_plan.demo.options import DemoError, DemoOptions
from silhouette_plan.demo.plan import demo_plan
from silhouette_plan.demo.process import DemoProcess, start

STARTER = """
import sys, time
from silhouette_plan.demo.options import DemoOptions
from silhouette_plan.demo.process import start
demo = start(DemoOptions())
print(demo.pid, demo.port, flush=True)
time.sleep(600)
"""


def until(holds: Callable[[], bool], seconds: float = 20.0) -> bool:
    limit = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that stands for the system's temporary one; anybody may write there."""
    folder = Path(tempfile.gettempdir()) / f"silplan-test-{os.getpid()}"
    folder.mkdir()
    folder.chmod(0o1777)
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    folder.rmdir()


def test_stopping_leaves_nothing(temporary: Path) -> None:
    demo = start(DemoOptions())
    family = psutil.Process(demo.pid).children(recursive=True)
    assert any("postgres" in member.name() for member in family)
    assert list(temporary.iterdir()) != []
    demo.stop()
    demo.stop()
    assert list(temporary.iterdir()) == []
    assert not any(member.is_running() for member in family)


@pytest.mark.parametrize("victim", ["parent", "target"])
def test_a_killed_process_leaves_no_orphan(temporary: Path, victim: str) -> None:
    parent = subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid, port = map(int, parent.stdout.readline().split())
    family = psutil.Process(pid).children(recursive=True)
    try:
        os.kill(parent.pid if victim == "parent" else pid, signal.SIGKILL)
        assert until(lambda: not any(m.is_running() and m.status() != psutil.STATUS_ZOMBIE for m in family))
        assert until(lambda: list(temporary.iterdir()) == [])
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port))


def test_a_port_in_use_is_told(demo: DemoProcess) -> None:
    with pytest.raises(DemoError, match=f"cannot listen on 127.0.0.1:{demo.port}") as told:
        start(DemoOptions(port=demo.port))
    assert "--port" in told.value.hint


def test_a_database_port_in_use_is_told(demo: DemoProcess) -> None:
    with pytest.raises(DemoError, match=r"PostgreSQL did not start: .*sockets"):
        start(DemoOptions(database_port=demo.port))


def test_a_database_that_is_not_there_is_told() -> None:
    with pytest.raises(DemoError, match="the database cannot be used"):
        start(DemoOptions(dsn="postgresql://nobody@127.0.0.1:1/none"))


def test_localhost_is_served_by_either_address(demo: DemoProcess) -> None:
    assert httpx.get(f"http://localhost:{demo.port}/api/health").status_code == 200


def test_the_database_is_open_to_database_tests() -> None:
    """On TCP, under the name and user of the platform's own scripts; a second target may share it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    dsn = f"postgresql://testuser:testpass@127.0.0.1:{port}/silhouette_workflow_test"
    bearer = {"Authorization": "Bearer x"}
    with start(DemoOptions(database_port=port)) as first, start(DemoOptions(dsn=dsn)) as second:
        made = httpx.post(f"{first.url}/workflows", json={"name": "shared"}, headers=bearer).json()["data"]["id"]
        assert httpx.get(f"{second.url}/workflows/{made}", headers=bearer).json()["data"]["name"] == "shared"


def test_a_database_that_goes_away_gives_503() -> None:
    with start(DemoOptions()) as demo:
        for member in psutil.Process(demo.pid).children(recursive=True):
            if member.name() == "postgres":
                member.kill()
        response = httpx.get(f"{demo.url}/users/7", headers={"Authorization": "Bearer x"})
        assert response.status_code == 503
        assert httpx.get(f"{demo.url}/health").status_code == 200


def test_the_plan_asks_only_for_what_is_served(demo: DemoProcess) -> None:
    tree = etree.fromstring(demo_plan())
    requests = [
        (
            sampler.findtext("stringProp[@name='HTTPSampler.method']"),
            sampler.findtext("stringProp[@name='HTTPSampler.path']").replace("${workflowId}", "1"),
            sampler.findtext(".//stringProp[@name='Argument.value']"),
        )
        for sampler in tree.iter("HTTPSamplerProxy")
    ]
    assert len(requests) == 5
    with httpx.Client(base_url=f"http://127.0.0.1:{demo.port}", headers={"Authorization": "Bearer x"}) as client:
        for method, path, body in requests:
            assert client.request(method, path, content=body).status_code in (200, 201)
