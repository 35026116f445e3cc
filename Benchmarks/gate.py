#!/usr/bin/env python3
"""Times whole gates as processes: Cupel and its peer in turn, so that a noisy machine hits both alike."""

import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
FLIGHTS = ROOT / "fixtures" / "flights"
VENV = HERE / ".venv"

PEER = """
import sys
import pandera.polars as pa
import polars as pl

CARRIERS = "9E AA AS B6 DL EV F9 FL HA MQ OO UA US VX WN YV".split()
schema = pa.DataFrameSchema({
    "flight_id": pa.Column(str, pa.Check.str_length(15, 30), unique=True),
    "month": pa.Column(int, pa.Check.in_range(1, 12)),
    "sched_dep_time": pa.Column(int, pa.Check.in_range(0, 2359)),
    "carrier": pa.Column(str, pa.Check.isin(CARRIERS)),
    "tailnum": pa.Column(str, pa.Check.str_matches("^N[0-9A-Z]{1,5}$"), nullable=True),
    "origin": pa.Column(str, pa.Check.isin(["EWR", "JFK", "LGA"])),
    "distance": pa.Column(int, pa.Check.in_range(0, 6000)),
    "hour": pa.Column(int, pa.Check.in_range(0, 23)),
    "minute": pa.Column(int, pa.Check.in_range(0, 59)),
})
schema.validate(pl.read_csv(sys.argv[1]), lazy=True)
"""

RULES = """
columns:
  flight_id: {type: string, required: true, unique: true, length: {between: [15, 30]}}
  month: {type: integer, required: true, between: [1, 12]}
  sched_dep_time: {type: integer, required: true, between: [0, 2359]}
  carrier: {type: string, required: true, in: [9E, AA, AS, B6, DL, EV, F9, FL, HA, MQ, OO, UA, US, VX, WN, YV]}
  tailnum: {matches: "N[0-9A-Z]{1,5}"}
  origin: {type: string, required: true, in: [EWR, JFK, LGA]}
  distance: {type: integer, required: true, between: [0, 6000]}
  hour: {type: integer, required: true, between: [0, 23]}
  minute: {type: integer, required: true, between: [0, 59]}
"""

SMALL_GATE = """
version: 1
data:
  flights:
    source: small.csv
    rules: rules.yaml
models:
  delay:
    candidate: {metrics: candidate.json}
    baseline: {metrics: champion.json}
    gates:
      - {metric: roc_auc, max_regression: 0.005 absolute}
      - {metric: log_loss, max_regression: 1% relative}
"""


def peer_python() -> pathlib.Path:
    """The interpreter of a virtual environment with the peer in it."""
    python = VENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pandera[polars]==0.35.0"], check=True)
    return python


def seconds(command: list[str], folder: pathlib.Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def prepare(folder: pathlib.Path) -> None:
    """The inputs of every command in one folder."""
    lines = (FLIGHTS / "data" / "flights.csv").read_text().splitlines(keepends=True)
    (folder / "flights.csv").write_text("".join(lines))
    (folder / "small.csv").write_text("".join(lines[:1001]))
    (folder / "rules.yaml").write_text(RULES)
    (folder / "cupel.yaml").write_text(SMALL_GATE)
    (folder / "peer.py").write_text(PEER)
    for name in ("candidate", "champion"):
        (folder / f"{name}.json").write_text((FLIGHTS / "models" / "metrics" / f"{name}.json").read_text())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--cupel", default=str(ROOT / ".build" / "release" / "cupel"))
    parser.add_argument("--output", type=pathlib.Path)
    options = parser.parse_args()
    cupel = os.path.abspath(options.cupel)
    python = str(peer_python())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(folder)
        commands = {
            "cupel: gate on 1,000 rows and two metrics files": [cupel, "run"],
            "cupel: 9 columns of 19,500 flights": [cupel, "data", "check", "flights.csv", "--rules", "rules.yaml"],
            "pandera on polars: the same 9 columns": [python, "peer.py", "flights.csv"],
        }
        times: dict[str, list[float]] = {label: [] for label in commands}
        for _ in range(options.runs):
            for label, command in commands.items():
                times[label].append(seconds(command, folder))
    medians = {label: statistics.median(values) for label, values in times.items()}
    for label, median in medians.items():
        print(f"{median * 1000:9.1f} ms  {label}")
    ratio = medians["pandera on polars: the same 9 columns"] / medians["cupel: 9 columns of 19,500 flights"]
    print(f"ratio of the medians on the same checks: {ratio:.0f}")
    if options.output:
        versions = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True)
        document = {
            "command": f"Benchmarks/gate.py --runs {options.runs}",
            "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
            "cupel": subprocess.run([cupel, "--version"], capture_output=True, text=True).stdout.strip(),
            "peers": versions.stdout.split(),
            "median_seconds": medians,
            "seconds": times,
        }
        options.output.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
