"""R31: what is marked secret is shown nowhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PLAN = """plan "S"
param key = "topsecret9" secret
threads "G" {
  log "key is ${key}"
  java "org.apache.jmeter.protocol.java.test.JavaTest" as "a ${key}" { arg "Sleep_Time" "0" }
}
"""


def test_a_secret_is_in_no_output(tmp_path: Path) -> None:
    (tmp_path / "s.lplan").write_text(PLAN, "utf-8")
    command = [sys.executable, "-c", "from silhouette_plan.cli.main import main; main()"]
    run = [*command, "run", "s.lplan", "-l", "s.jtl", "--summary", "s.json"]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert "key is ***" in done.stderr
    subprocess.run([*command, "export", "s.lplan", "-o", "s.jmx"], cwd=tmp_path, check=True, timeout=60)
    shown = (
        done.stdout
        + done.stderr
        + "".join((tmp_path / name).read_text("utf-8") for name in ("s.jtl", "s.json", "s.jmx"))
    )
    assert "topsecret9" not in shown
