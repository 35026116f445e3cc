#!/usr/bin/env python3
"""Times the load generator beside hey against nginx (Debian has both), which answers faster than either asks, in turn:
requests a second, and of its own processor time. Then what a million requests grow its memory, and how far its
percentiles are from those of a server whose delays are known."""

import contextlib
import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import harness

BODY = {"inputs": [
    {"name": name, "shape": [1], "datatype": datatype, "data": [value]}
    for name, datatype, value in (
        ("dep_delay", "FP64", 95.0), ("distance", "FP64", 1400.0), ("hour", "INT64", 18), ("carrier", "BYTES", "AA"),
        ("origin", "BYTES", "JFK"))
]}

ANSWER = {"model_name": "delay", "outputs": [
    {"name": "probability", "shape": [1], "datatype": "FP64", "data": [0.9312345678901234]}]}


def run(command: list[str], code: int = 0) -> tuple[str, dict[str, float]]:
    """What a process prints, with its seconds, those of its processors, and its peak of memory in MB."""
    with tempfile.TemporaryFile("w+") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == code, (process.returncode, command)
        output.seek(0)
        return output.read(), {
            "seconds": time.perf_counter() - start, "cpu": usage.ru_utime + usage.ru_stime,
            "megabytes": usage.ru_maxrss / 1024,
        }


NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  keepalive_requests 100000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location / {{ default_type application/json; return 200 '{answer}'; }}
  }}
}}
"""


@contextlib.contextmanager
def fast_server():
    """nginx with one worker and an answer of its own, ready when its port is open."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder, "nginx.conf")
        config.write_text(NGINX.format(folder=folder, port=port, answer=json.dumps(ANSWER)))
        process = subprocess.Popen(["nginx", "-p", folder, "-c", str(config)], stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/infer"
        finally:
            process.terminate()
            process.wait()


def bare_timer(seconds: float) -> float:
    """How late this machine wakes whoever waits for a moment, in milliseconds at p99: what no load generator can do
    anything about. Not beside a load: on two cores it would be what makes the load late."""
    late: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        due = time.perf_counter() + 0.002
        time.sleep(0.002)
        late.append(time.perf_counter() - due)
    return sorted(late)[int(0.99 * len(late))] * 1000


def known_delays(cupel: str, delays: str, rate: int, seconds: int) -> dict[str, dict[str, float]]:
    """The percentiles in milliseconds: what the server took from the arrival of a request to its answer, and what was
    measured from the moment the request was due."""
    server = subprocess.Popen(
        [sys.executable, str(harness.HERE / "delay_server.py"), delays], stdout=subprocess.PIPE, text=True)
    port = server.stdout.readline().strip()
    with tempfile.NamedTemporaryFile("w", suffix=".json") as body:
        body.write("{}")
        body.flush()
        output, _ = run([
            cupel, "endpoint", "load", f"http://127.0.0.1:{port}", "--body", body.name, "--rate", f"{rate}/s",
            "--duration", f"{seconds}s", "--warmup", "0s"])
    server.terminate()
    own = json.loads(server.stdout.readline())
    server.wait()
    timer = bare_timer(2)
    units = {"µs": 0.001, "ms": 1, "s": 1000}
    lines = output.split("from the moment of sending")[0]
    found = {
        share: float(value) * units[unit]
        for share, value, unit in re.findall(r"\bp(\d+) ([\d.e-]+)(µs|ms|s)\b", lines)
    }
    return {
        share: {
            "server": own[share] * 1000, "measured": found[name], "difference": found[name] - own[share] * 1000,
            "bare_timer_p99": timer,
        }
        for share, name in (("0.5", "50"), ("0.9", "90"), ("0.99", "99"))
    }


def main() -> None:
    parser = harness.arguments(__doc__, runs=5)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--requests", type=int, default=1_000_000, help="of the run that shows the memory")
    options = parser.parse_args()
    rates: dict[str, list[dict[str, float]]] = {"hey": [], "cupel": []}
    with fast_server() as path, tempfile.NamedTemporaryFile("w", suffix=".json") as body:
        json.dump(BODY, body)
        body.flush()
        width, length = str(options.connections), f"{options.seconds}s"
        commands = {
            "hey": ["hey", "-z", length, "-c", width, "-m", "POST", "-T", "application/json", "-D", body.name, path],
            "cupel": [options.cupel, "endpoint", "load", path, "--body", body.name, "--concurrency", width,
                      "--duration", length, "--warmup", "0s"],
        }
        for _ in range(options.runs):
            for label, command in commands.items():
                output, facts = run(command)
                a_second = re.search(r"Requests/sec:\s+([\d.]+)|, ([\d.e+]+) good answers a second", output)
                facts["rate"] = float(a_second[1] or a_second[2])
                facts["per_cpu_second"] = facts["rate"] * options.seconds / facts["cpu"]
                rates[label].append(facts)
        for label, runs in rates.items():
            middle = {key: statistics.median(each[key] for each in runs) for key in runs[0]}
            print(f"{middle['rate']:9.0f}/s {middle['per_cpu_second']:9.0f} per cpu-second "
                  f"{middle['megabytes']:5.0f} MB  {label}")
        memory = {}
        for count in (options.requests // 100, options.requests):
            _, facts = run([*commands["cupel"][:-4], "--requests", str(count), "--duration", "24h", "--warmup", "0s"])
            memory[count] = facts["megabytes"]
            print(f"{count:9d} requests: {facts['megabytes']:.1f} MB")
    delays = {}
    for label, milliseconds, rate in (
        ("5 ms", "5", 500), ("1 in 50 ten times as slow", ",".join(["5"] * 49 + ["50"]), 500)):
        runs = [known_delays(options.cupel, milliseconds, rate, options.seconds) for _ in range(options.runs)]
        delays[label] = runs
        for share in runs[0]:
            middle = {key: statistics.median(each[share][key] for each in runs) for key in runs[0][share]}
            print(f"{label}, {share}: server {middle['server']:.2f} ms, measured {middle['measured']:.2f} ms, "
                  f"difference {middle['difference']:+.2f} ms; a bare timer is {middle['bare_timer_p99']:.2f} ms late "
                  "at p99")
    if options.output is not None:
        document = {
            "command": "Benchmarks/load.py", "machine": f"{os.cpu_count()} cores",
            "cupel": subprocess.run([options.cupel, "--version"], capture_output=True, text=True).stdout.strip(),
            "runs": rates, "memory": memory, "delays": delays,
        }
        options.output.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
