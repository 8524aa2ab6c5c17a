"""R11: more users than file descriptors are refused before the run, with the number that is needed."""

from __future__ import annotations

import resource
from pathlib import Path

import jmx
import pytest
from jmx import Node
from reliability import plans
from reliability.commands import called, ran
from reliability.targets import Target, refusing_port

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.cli.sources import read_source
from silhouette_plan.descriptors import planned_sockets
from silhouette_plan.results.verdict import ExitStatus


def _under(soft: int, hard: int) -> dict[str, object]:
    return {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))}


def test_too_many_users_are_refused(tmp_path: Path, target: Target) -> None:
    plan = plans.steady(tmp_path / "p.jmx", target.port, users=2000)
    done = ran("run", plan, **_under(256, 256))
    assert done.returncode == ExitStatus.NO_VERDICT
    assert "error[CL006]: 2000 users" in done.stderr
    assert "need 20" in done.stderr
    assert "may have 256" in done.stderr
    assert target.connected == []


def test_the_limit_is_raised_as_far_as_it_may_be(tmp_path: Path, target: Target) -> None:
    plan = plans.write(tmp_path / "p.jmx", jmx.group("Users", plans.http(target.port), users=300))
    done = ran("run", plan, **_under(256, 1024))
    assert (done.returncode, target.total) == (ExitStatus.OK, 300)


def test_more_users_than_memory_are_refused(tmp_path: Path) -> None:
    plan = plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("s"), users=10**9))
    done = called("run", plan)
    assert (done.status, done.out) == (ExitStatus.NO_VERDICT, "")
    assert "error[CL008]: 1000000000 users need more than 1,863 GB of memory" in done.err


def _group(
    *, users: int | str = 100, kind: str = "ThreadGroup", loops: int = 1, ramp: int = 0, sends: bool = True
) -> Node:
    sampler = plans.http(refusing_port()) if sends else jmx.sample("s")
    return jmx.group("Users", jmx.loop(2, sampler), users=users, kind=kind, loops=loops, ramp=ramp)


@pytest.mark.parametrize(
    ("groups", "sockets"),
    [
        ([_group()], 100),
        ([_group(), _group(users=50)], 150),
        ([_group(), _group(users=500, kind="SetupThreadGroup"), _group(kind="PostThreadGroup")], 500),
        ([_group(users="${__P(users,70)}")], 70),
        ([_group(sends=False)], 0),
        ([jmx.off(_group())], 0),
        ([_group(ramp=60)], 0),
        ([_group(ramp=60, loops=-1)], 100),
        ([jmx.ultimate("U", (("30", "0", "0", "5", "0"), ("20", "9", "0", "5", "0")), plans.http(9))], 30),
    ],
    ids=[
        "together",
        "two groups",
        "one after another",
        "property",
        "no network",
        "off",
        "come and go",
        "stay",
        "shifts",
    ],
)
def test_sockets_that_are_surely_needed(tmp_path: Path, groups: list[Node], sockets: int) -> None:
    path = plans.write(tmp_path / "p.jmx", *groups)
    program = prepare(read_source(path).plan, path, {}).program
    assert program is not None
    assert planned_sockets(program) == sockets
