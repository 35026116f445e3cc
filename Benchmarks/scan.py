#!/usr/bin/env python3
"""Times scans of the reference table: Cupel, Polars, DuckDB and pandera in turn on the same files, as processes."""

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
VENV = HERE / ".venv-scan"
PACKAGES = ["duckdb==2.0.0", "polars==2.1.0", "pandera[polars]==0.35.0", "pyarrow==26.0.1", "numpy"]
FORMATS = ("csv", "parquet", "jsonl")

RULES = r"""
columns:
  id: {required: true, unique: true}
  age: {type: number, between: [18, 100]}
  income: {type: number, at_least: 0, missing: {at_most: 10%}}
  city:
    missing: {at_most: 10%}
    in: [Springfield, Riverside, Franklin, Greenville, Bristol, Clinton, Fairview, Salem, Madison, Georgetown, Arlington,
      Ashland, Dover, Oxford, Jackson]
  email: {matches: '[a-z0-9.]+@[a-z]+\.[a-z]+'}
  segment: {in: [A, B, C, D]}
  score: {type: number, between: [0, 1]}
  label: {type: integer, in: [0, 1]}
"""

POLARS = r"""
import sys
import polars as pl
from polars import col

cities = sys.argv[2].split(",")
scan = {"csv": pl.scan_csv, "parquet": pl.scan_parquet, "jsonl": pl.scan_ndjson}[sys.argv[1].rsplit(".")[-1]]
row = scan(sys.argv[1]).select(
    id_null=col("id").null_count(), id_repeats=pl.len() - col("id").n_unique(),
    age=(~col("age").is_between(18, 100)).sum(), income=(col("income") < 0).sum(),
    income_null=col("income").null_count() * 10 > pl.len(), city_null=col("city").null_count() * 10 > pl.len(),
    city=(~col("city").is_in(cities)).sum(),
    email=(~col("email").str.contains(r"^[a-z0-9.]+@[a-z]+\.[a-z]+$")).sum(),
    segment=(~col("segment").is_in(list("ABCD"))).sum(), score=(~col("score").is_between(0, 1)).sum(),
    label=(~col("label").is_in([0, 1])).sum(),
).collect().row(0)
assert not any(row), row
"""

DUCKDB = """
import sys
import duckdb

assert len(duckdb.sql(f"SUMMARIZE SELECT * FROM '{sys.argv[1]}'").fetchall()) == 12
"""


def peer_python() -> pathlib.Path:
    """The interpreter of a virtual environment with the peers in it."""
    python = VENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def run(command: list[str]) -> dict[str, float]:
    """Seconds on the clock, seconds of all cores, and the peak of resident memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - start
    assert status == 0, command
    return {"seconds": elapsed, "cpu": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1024}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path, help="where the reference table is, or is to be written")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cupel", default=str(ROOT / ".build" / "release" / "cupel"))
    parser.add_argument("--output", type=pathlib.Path)
    options = parser.parse_args()
    cupel, python = os.path.abspath(options.cupel), str(peer_python())
    if not all((options.folder / f"reference.{name}").exists() for name in FORMATS):
        table = [python, str(HERE / "reference_table.py"), str(options.folder), "--rows", str(options.rows)]
        subprocess.run(table, check=True)
    cities = ",".join(line.strip(" ,]\n") for line in RULES.split("in: [")[1].split("]")[0].split(","))
    with tempfile.TemporaryDirectory() as name:
        rules = pathlib.Path(name) / "rules.yaml"
        rules.write_text(RULES)
        commands: dict[str, list[str]] = {}
        for kind in FORMATS:
            file = str(options.folder / f"reference.{kind}")
            commands[f"{kind}: eleven checks, cupel"] = [cupel, "data", "check", file, "--rules", str(rules)]
            commands[f"{kind}: eleven checks, polars"] = [python, "-c", POLARS, file, cities]
            commands[f"{kind}: profile of every column, cupel"] = [cupel, "data", "show", file]
            commands[f"{kind}: SUMMARIZE, duckdb"] = [python, "-c", DUCKDB, file]
        results: dict[str, list[dict[str, float]]] = {label: [] for label in commands}
        for _ in range(options.runs):
            for label, command in commands.items():
                results[label].append(run(command))
    medians = {
        label: {key: round(statistics.median(each[key] for each in runs), 3) for key in runs[0]}
        for label, runs in results.items()
    }
    for label, median in medians.items():
        print(f"{median['seconds']:7.2f} s {median['cpu']:7.2f} cpu-s {median['megabytes']:7.0f} MB  {label}")
    if options.output:
        versions = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True)
        document = {
            "command": f"Benchmarks/scan.py FOLDER --rows {options.rows} --runs {options.runs}",
            "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
            "cupel": subprocess.run([cupel, "--version"], capture_output=True, text=True).stdout.strip(),
            "peers": versions.stdout.split(),
            "medians": medians,
            "runs": results,
        }
        options.output.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
