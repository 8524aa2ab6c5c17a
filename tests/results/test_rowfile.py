from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from silhouette_plan.results.jtl.fields import SaveConfig
from silhouette_plan.results.jtl.opening import ResultFiles
from silhouette_plan.results.jtl.reader import read_jtl
from silhouette_plan.results.jtl.rowfile import ResultsLost, RowFile

FULL_DEVICE = Path("/dev/full")


def opened(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)


def test_rows_reach_the_file_without_being_asked(tmp_path: Path) -> None:
    file = RowFile(tmp_path / "rows", opened(tmp_path / "rows"))
    file.add("a")
    deadline = threading.Event()
    for _ in range(100):
        if (tmp_path / "rows").read_text() == "a\n":
            break
        deadline.wait(0.02)
    assert (tmp_path / "rows").read_text() == "a\n"
    file.close()


@pytest.mark.skipif(not FULL_DEVICE.exists(), reason="the system has no full device")
def test_full_disk_is_told_within_a_second(sample) -> None:
    told = threading.Event()
    files = ResultFiles(on_lost=lambda lost: told.set())
    writer = files.open(FULL_DEVICE, SaveConfig())
    writer.on_samples([sample()])
    assert told.wait(1)
    writer.on_samples([sample()])
    files.close()
    (lost,) = files.lost
    assert "No space left" in str(lost)
    assert files.rows_lost == 2


def test_closed_pipe_is_told() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    lost: list[ResultsLost] = []
    file = RowFile(Path("pipe"), writing, on_lost=lost.append)
    file.add("row")
    file.close()
    assert "pipe" in lost[0].reason.lower()


@pytest.mark.parametrize(
    ("head", "kept", "lost"),
    [((), ["row 0 678", "row 1 678"], 3), (("the head",), ["the head", "row 0 678"], 4), (("h" * 40,), [], 5)],
)
def test_half_row_is_taken_back_when_the_disk_fills(
    tmp_path: Path, head: tuple[str, ...], kept: list[str], lost: int
) -> None:
    """A limit on the file's size stands for the full disk: the write stops in the middle of a row."""
    script = f"""
import os, resource, signal, sys
from pathlib import Path
from silhouette_plan.results.jtl.rowfile import RowFile
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (25, 25))
path = Path({str(tmp_path / "rows")!r})
file = RowFile(path, os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND), head={head!r})
for n in range(5):
    file.add("row %d 678" % n)
file.close()
print(path.read_text(), file.rows_lost, file.lost.reason)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.split("\n") == [*kept, f" {lost} File too large", ""]


def test_killed_process_leaves_whole_rows(tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from silhouette_plan.results.jtl.fields import SaveConfig
from silhouette_plan.results.jtl.opening import ResultFiles
from silhouette_plan.results.sample import Sample
writer = ResultFiles().open(Path({str(tmp_path / "r.csv")!r}), SaveConfig())
number = 0
while True:
    sample = Sample("label, with comma", number)
    sample.success = True
    writer.on_samples([sample])
    number += 1
    if number == 3000:
        print("started", flush=True)
    if number % 100 == 0:
        import time; time.sleep(0.01)
"""
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    process.stdout.close()
    skipped: list[str] = []
    starts = [s.start for s in read_jtl(tmp_path / "r.csv", lambda line, why: skipped.append(why))]
    assert skipped == []
    assert starts == list(range(len(starts)))
    assert len(starts) > 1000


def test_no_row_is_lost_between_two_threads(tmp_path: Path) -> None:
    file = RowFile(tmp_path / "rows", opened(tmp_path / "rows"))
    stop = threading.Event()
    flusher = threading.Thread(target=lambda: [file.flush() for _ in iter(stop.is_set, True)])
    flusher.start()
    for number in range(20_000):
        file.add(str(number))
    stop.set()
    flusher.join()
    file.close()
    assert (tmp_path / "rows").read_text() == "".join(f"{n}\n" for n in range(20_000))
