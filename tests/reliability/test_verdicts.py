"""R1, R2, R4, R5: the exit status says what came of a run, and one line says why."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import jmx
import pytest
from reliability import plans
from reliability.commands import called, rows
from reliability.targets import Target, refusing_port

from silhouette_plan.results.verdict import ExitStatus


def test_a_target_that_refuses_gives_no_verdict(tmp_path: Path) -> None:
    port = refusing_port()
    plan = plans.write(tmp_path / "p.jmx", jmx.group("Users", plans.http(port), users=3, loops=4))
    done = called("run", plan, "-l", tmp_path / "r.jtl")
    assert done.status == ExitStatus.NO_VERDICT
    assert f"the target never answered: 127.0.0.1:{port}, 12 samples" in done.out
    messages = {row["responseCode"] for row in rows(tmp_path / "r.jtl")}
    assert len(messages) == 1
    assert messages.pop().startswith("Non HTTP response code: ")


def test_a_target_that_closes_every_connection_gives_no_verdict(tmp_path: Path, target: Target) -> None:
    target.mode = "close"
    plan = plans.write(tmp_path / "p.jmx", jmx.group("Users", plans.http(target.port), loops=4))
    done = called("run", plan)
    assert done.status == ExitStatus.NO_VERDICT
    assert "the target never answered" in done.out


def test_answers_that_are_all_500_fail(tmp_path: Path, target: Target) -> None:
    target.mode = "500"
    plan = plans.write(tmp_path / "p.jmx", jmx.group("Users", plans.http(target.port), loops=4))
    done = called("run", plan)
    assert done.status == ExitStatus.FAILED
    assert "every sample failed (4)" in done.out


@pytest.mark.parametrize(
    "content",
    [
        (jmx.group("Users", jmx.sample("s"), users=0),),
        (jmx.off(jmx.group("Users", jmx.sample("s"))),),
        (jmx.group("Users", jmx.while_("false", jmx.sample("s"))),),
        (jmx.group("Users", jmx.if_("${__jexl3(1 == 2)}", jmx.sample("s"))),),
        (),
    ],
    ids=["no users", "group off", "while false", "if false", "no group"],
)
def test_no_sample_is_no_verdict(tmp_path: Path, content: tuple[jmx.Node, ...]) -> None:
    done = called("run", plans.write(tmp_path / "p.jmx", *content))
    assert (done.status, "no sample was taken" in done.out) == (ExitStatus.NO_VERDICT, True)


def test_an_empty_data_file_is_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("")
    content = jmx.group("Users", plans.csv_data("words.csv", recycle=False), jmx.sample("s"))
    assert called("run", plans.write(tmp_path / "p.jmx", content)).status == ExitStatus.NO_VERDICT


def _fails(name: str, ok: bool) -> jmx.Node:
    return jmx.group("Users", jmx.sample(name, ok=ok), jmx.sample("other"))


def test_pass(tmp_path: Path) -> None:
    done = called("run", plans.write(tmp_path / "p.jmx", _fails("s", True)))
    assert (done.status, "verdict: pass" in done.out) == (ExitStatus.OK, True)


def test_one_failed_sample_fails_on_demand(tmp_path: Path) -> None:
    plan = plans.write(tmp_path / "p.jmx", _fails("s", False))
    assert called("run", plan).status == ExitStatus.OK
    done = called("run", plan, "--fail-on-error")
    assert (done.status, "1 sample failed" in done.out) == (ExitStatus.FAILED, True)


def test_no_verdict_wanted(tmp_path: Path) -> None:
    plan = plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("s", ok=False)))
    assert called("run", plan).status == ExitStatus.FAILED
    assert called("run", plan, "--no-verdict").status == ExitStatus.OK


def test_internal_error(tmp_path: Path) -> None:
    """A bug is told in two lines that ask for a report."""
    plan = plans.write(tmp_path / "p.jmx", _fails("s", True))
    with mock.patch("silhouette_plan.cli.run.prepare", side_effect=ZeroDivisionError("by hand")):
        done = called("run", plan)
    assert done.status == ExitStatus.INTERNAL
    assert "internal error" in done.err
    assert "please report" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("arguments", [["run"], ["run", "--nope", "p.jmx"], ["rnu"], ["run", "not-there.jmx"]])
def test_usage(arguments: list[str]) -> None:
    done = called(*arguments)
    assert done.status == ExitStatus.USAGE
    assert "Traceback" not in done.err


def test_a_misspelt_command_is_suggested() -> None:
    assert "did you mean “run”?" in called("rnu").err


def test_import_incomplete(tmp_path: Path) -> None:
    content = jmx.Node("com.acme.Sampler", "com.acme.Gui", "Ours")
    plan = plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("s"), content))
    assert called("import", plan, "-q").status == ExitStatus.OK
    assert called("import", plan, "-q", "--fail-on", "unsupported").status == ExitStatus.IMPORT_INCOMPLETE


def test_what_is_not_supported_runs_only_on_demand(tmp_path: Path) -> None:
    content = jmx.Node("com.acme.Sampler", "com.acme.Gui", "Ours")
    plan = plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("s"), content))
    refused = called("run", plan)
    assert refused.status == ExitStatus.INVALID_PLAN
    assert "com.acme.Sampler “Ours” is not supported" in refused.err
    assert called("run", plan, "--allow-unsupported").status == ExitStatus.OK


def test_a_group_with_nothing_to_do_ends_with_its_time(tmp_path: Path) -> None:
    """JMeter's users overflow their stack here."""
    content = jmx.if_("${__jexl3(1 == 2)}", jmx.sample("s"))
    plan = plans.write(tmp_path / "p.jmx", jmx.group("Users", content, loops=-1, scheduler=True, duration="1"))
    assert called("run", plan).status == ExitStatus.NO_VERDICT
