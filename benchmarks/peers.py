"""silplan beside its peers, in one run on one machine.

    python benchmarks/peers.py [--seconds 10] [--rounds 1] [--users 50,2000] [--tls] [--jmeter PATH] [--k6 PATH] [--k9 PATH]

Every runner does the same job: GET over keep-alive connections, a JSON field extracted, the status asserted, one result row
a sample. The client is pinned to one core and the target to another (``nginx`` where it is installed, else
``target.py``). Printed: CPU µs a sample (user + system of the client's process and its children), samples a second,
peak memory, and each figure's ratio to silplan's. With several rounds all take turns, and medians are told as well. A peer
that is not installed is skipped, and said.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
CLIENT_CORE, TARGET_CORE = "0", "1"


@dataclass(frozen=True)
class Load:
    users: int
    seconds: int
    url: str
    folder: Path


@dataclass(frozen=True)
class Figure:
    """``cpu`` in s, ``memory`` in MiB."""

    runner: str
    samples: int
    cpu: float
    memory: float
    seconds: int

    @property
    def cost(self) -> float:
        """CPU µs a sample."""
        return 1e6 * self.cpu / self.samples if self.samples else float("inf")


def measure(command: list[str], folder: Path) -> tuple[float, float]:
    """CPU s and peak MiB of a pinned child and what it waited for."""
    with (folder / "output.txt").open("wb") as output:
        child = subprocess.Popen(["taskset", "-c", CLIENT_CORE, *command], stdout=output, stderr=output, cwd=folder)
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


JMX = """<?xml version="1.0" encoding="UTF-8"?>
<jmeterTestPlan version="1.2" properties="5.0" jmeter="5.5"><hashTree>
<TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="Peers" enabled="true"/><hashTree>
<ThreadGroup guiclass="ThreadGroupGui" testclass="ThreadGroup" testname="TG" enabled="true">
<stringProp name="ThreadGroup.on_sample_error">continue</stringProp>
<elementProp name="ThreadGroup.main_controller" elementType="LoopController" guiclass="LoopControlPanel" testclass="LoopController" enabled="true">
<boolProp name="LoopController.continue_forever">false</boolProp><intProp name="LoopController.loops">-1</intProp></elementProp>
<stringProp name="ThreadGroup.num_threads">{users}</stringProp><stringProp name="ThreadGroup.ramp_time">0</stringProp>
<boolProp name="ThreadGroup.scheduler">true</boolProp><stringProp name="ThreadGroup.duration">{seconds}</stringProp>
<stringProp name="ThreadGroup.delay">0</stringProp><boolProp name="ThreadGroup.same_user_on_next_iteration">true</boolProp></ThreadGroup><hashTree>
<HTTPSamplerProxy guiclass="HttpTestSampleGui" testclass="HTTPSamplerProxy" testname="GET api" enabled="true">
<elementProp name="HTTPsampler.Arguments" elementType="Arguments"><collectionProp name="Arguments.arguments"/></elementProp>
<stringProp name="HTTPSampler.path">{url}</stringProp><stringProp name="HTTPSampler.method">GET</stringProp>
<boolProp name="HTTPSampler.follow_redirects">true</boolProp><boolProp name="HTTPSampler.use_keepalive">true</boolProp>
</HTTPSamplerProxy><hashTree>
<JSONPostProcessor guiclass="JSONPostProcessorGui" testclass="JSONPostProcessor" testname="token" enabled="true">
<stringProp name="JSONPostProcessor.referenceNames">token</stringProp><stringProp name="JSONPostProcessor.jsonPathExprs">$.data.token</stringProp>
<stringProp name="JSONPostProcessor.match_numbers">1</stringProp></JSONPostProcessor><hashTree/>
<ResponseAssertion guiclass="AssertionGui" testclass="ResponseAssertion" testname="status" enabled="true">
<collectionProp name="Asserion.test_strings"><stringProp name="1">200</stringProp></collectionProp>
<stringProp name="Assertion.test_field">Assertion.response_code</stringProp><boolProp name="Assertion.assume_success">false</boolProp>
<intProp name="Assertion.test_type">8</intProp></ResponseAssertion><hashTree/>
</hashTree></hashTree></hashTree></hashTree></jmeterTestPlan>
"""


def write_jmx(load: Load) -> str:
    plan = load.folder / "plan.jmx"
    plan.write_text(JMX.format(users=load.users, seconds=load.seconds, url=load.url))
    return str(plan)


def count_rows(jtl: Path) -> int:
    with jtl.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1


def run_silplan(load: Load, silplan: str) -> Figure:
    jtl = load.folder / "out.jtl"
    cpu, memory = measure([silplan, "run", write_jmx(load), "-l", str(jtl)], load.folder)
    return Figure("silplan", count_rows(jtl), cpu, memory, load.seconds)


def run_jmeter(load: Load, jmeter: str) -> Figure:
    jtl = load.folder / "out.csv"
    os.environ["JVM_ARGS"] = "-Xms256m -Xmx2g"
    cpu, memory = measure([jmeter, "-n", "-t", write_jmx(load), "-l", str(jtl), "-j", os.devnull], load.folder)
    return Figure("JMeter", count_rows(jtl), cpu, memory, load.seconds)


def run_k6(load: Load, k6: str) -> Figure:
    script = load.folder / "script.js"
    script.write_text(
        "import http from 'k6/http'; import { check } from 'k6';\n"
        f"export const options = {{ vus: {load.users}, duration: '{load.seconds}s', insecureSkipTLSVerify: true }};\n"
        f"export default function () {{ const r = http.get('{load.url}'); const token = r.json('data.token');\n"
        "  check(r, { status: (r) => r.status === 200 && token !== '' }); }\n"
    )
    summary = load.folder / "summary.json"
    command = [
        k6,
        "run",
        "--quiet",
        "--out",
        f"csv={load.folder}/k6.csv",
        "--summary-export",
        str(summary),
        str(script),
    ]
    cpu, memory = measure(command, load.folder)
    return Figure("k6", json.loads(summary.read_text())["metrics"]["http_reqs"]["count"], cpu, memory, load.seconds)


def run_k9(load: Load, k9: str) -> Figure:
    plan = load.folder / "plan.yaml"
    plan.write_text(
        f"options:\n  vus: {load.users}\n  duration: {load.seconds}s\n  insecureSkipTLSVerify: true\n  httpVersion: '1.1'\n"
        f'flows:\n  default:\n    - request:\n        url: "{load.url}"\n'
        '        extract:\n          token: { json: "$.data.token" }\n        checks:\n          ok: { status: 200 }\n'
    )
    summary = load.folder / "summary.json"
    command = [k9, "run", "-q", "-o", f"csv={load.folder}/k9.csv", "--summary-export", str(summary), str(plan)]
    cpu, memory = measure(command, load.folder)
    return Figure("K9", json.loads(summary.read_text())["metrics"]["http_reqs"]["count"], cpu, memory, load.seconds)


@contextlib.contextmanager
def target(tls: bool, folder: Path) -> Iterator[str]:
    """The target on its own core; gives its URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    files = certificate(folder) if tls else []
    nginx = shutil.which("nginx")
    command = (
        nginx_command(nginx, port, files, folder)
        if nginx
        else [sys.executable, str(HERE / "target.py"), str(port), *files]
    )
    process = subprocess.Popen(["taskset", "-c", TARGET_CORE, *command])
    try:
        wait_for(port)
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}/api"
    finally:
        process.terminate()
        process.wait()


def nginx_command(nginx: str, port: int, files: list[str], folder: Path) -> list[str]:
    import target as answering

    tls = f"ssl_certificate {files[0]}; ssl_certificate_key {files[1]};" if files else ""
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log /dev/null;\n"
        "events { worker_connections 8192; }\nhttp { access_log off; keepalive_requests 1000000000; keepalive_timeout 600s;\n"
        f"server {{ listen 127.0.0.1:{port} {'ssl' if files else ''} backlog=8192; {tls}\n"
        f"location / {{ default_type application/json; return 200 '{answering.BODY.decode()}'; }} }} }}\n"
    )
    return [nginx, "-c", str(config), "-p", str(folder)]


def certificate(folder: Path) -> list[str]:
    """A certificate for loopback, made for this run."""
    import trustme

    made = trustme.CA().issue_cert("127.0.0.1", "localhost")
    chain, key = folder / "chain.pem", folder / "key.pem"
    made.private_key_pem.write_to_path(key)
    made.cert_chain_pems[0].write_to_path(chain)
    return [str(chain), str(key)]


def wait_for(port: int) -> None:
    end = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def compare(
    users: int,
    tls: bool,
    seconds: int,
    rounds: int,
    runners: dict[str, tuple[str | None, Callable[[Load, str], Figure]]],
) -> None:
    with tempfile.TemporaryDirectory() as name, target(tls, Path(name)) as url:
        print(f"\n{users} users, {'TLS' if tls else 'plain'}, {seconds} s (JMeter {max(seconds, 30)} s)")
        seen: dict[str, list[Figure]] = {}
        for number in range(rounds):
            for title, (command, run) in runners.items():
                if command:
                    folder = Path(name) / f"{title}-{number}"
                    folder.mkdir()
                    duration = max(seconds, 30) if title == "JMeter" else seconds
                    figure = run(Load(users, duration, url, folder), command)
                    seen.setdefault(title, []).append(figure)
                    tell(figure, seen["silplan"][-1])
                elif not number:
                    print(f"  {title:8} is not installed: skipped")
        if rounds > 1:
            print(f"  medians of {rounds} rounds")
            medians = [sorted(figures, key=lambda figure: figure.cost)[rounds // 2] for figures in seen.values()]
            for figure in medians:
                tell(figure, medians[0])


def tell(figure: Figure, own: Figure) -> None:
    print(
        f"  {figure.runner:8} {figure.cost:7.1f} µs CPU a sample  {figure.samples / figure.seconds:8.0f} samples/s"
        f"  {figure.memory:6.0f} MiB   silplan is {own.cost / figure.cost:5.2f} × its CPU, {own.memory / figure.memory:5.2f} × its memory",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--users", default="50,2000")
    parser.add_argument("--tls", action="store_true", help="TLS too")
    for peer in ("silplan", "k9", "k6", "jmeter"):
        parser.add_argument(f"--{peer}", default=shutil.which(peer))
    options = parser.parse_args()
    runners = {
        "silplan": (options.silplan, run_silplan),
        "K9": (options.k9, run_k9),
        "k6": (options.k6, run_k6),
        "JMeter": (options.jmeter, run_jmeter),
    }
    for users in map(int, options.users.split(",")):
        for tls in (False, True) if options.tls else (False,):
            compare(users, tls, options.seconds, options.rounds, runners)


if __name__ == "__main__":
    main()
