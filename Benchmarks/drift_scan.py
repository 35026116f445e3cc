#!/usr/bin/env python3
"""What drift costs: every column against a saved profile beside the plain profile pass, and two raw tables against each
other beside Evidently's preset on the same files.

Usage: drift_scan.py FOLDER [--runs N] [--without-evidently]; FOLDER has the tables of reference_table.py.
"""

import pathlib
import shutil
import statistics
import subprocess
import sys

import harness

EVIDENTLY = """
import sys
import pandas
from evidently import Dataset, DataDefinition, Report
from evidently.presets import DataDriftPreset

tables = [Dataset.from_pandas(pandas.read_parquet(path), DataDefinition()) for path in sys.argv[1:3]]
Report([DataDriftPreset()]).run(*tables)
"""


def config(folder: pathlib.Path, name: str, source: pathlib.Path, baseline: pathlib.Path) -> str:
    path = folder / f"drift-{name}.yaml"
    path.write_text(
        f"version: 1\ndata:\n  t:\n    source: {source}\n    baseline: {baseline}\n"
        "    drift: {columns: all, distance: {at_most: 0.1}}\n"
    )
    return str(path)


def main() -> None:
    parser = harness.arguments(__doc__, runs=5)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--without-evidently", action="store_true")
    options = parser.parse_args()
    folder = options.folder.resolve()
    commands: dict[str, list[str]] = {}
    for ending in ["csv", "parquet"]:
        table = folder / f"reference.{ending}"
        profile = folder / f"drift-{ending}.profile.json"
        # A table is not compared with itself.
        copy = folder / f"before.{ending}"
        if not copy.exists():
            shutil.copyfile(table, copy)
        subprocess.run([options.cupel, "data", "profile", table, "-o", profile], check=True)
        saved = folder / f"drift-{ending}.again.json"
        commands[f"{ending}: profile"] = [options.cupel, "data", "profile", str(table), "-o", str(saved)]
        commands[f"{ending}: drift against a profile"] = [
            options.cupel, "run", "--config", config(folder, ending, table, profile)]
        commands[f"{ending}: drift against the raw table"] = [
            options.cupel, "run", "--config", config(folder, f"{ending}-raw", table, copy)]
    results = harness.in_turn(commands, options.runs)
    if not options.without_evidently:
        tables = [str(folder / f"{name}.parquet") for name in ("before", "reference")]
        results |= harness.in_turn({"parquet: Evidently": [sys.executable, "-c", EVIDENTLY, *tables]}, 1)
    medians = {label: statistics.median(run["seconds"] for run in runs) for label, runs in results.items()}
    for label, runs in results.items():
        print(f"{label:40} {medians[label]:8.2f} s {max(run['megabytes'] for run in runs):8.0f} MB")
    for ending in ["csv", "parquet"]:
        ratio = medians[f"{ending}: drift against a profile"] / medians[f"{ending}: profile"]
        print(f"{ending}: drift against a profile takes {ratio:.2f} times the profile")
    if "parquet: Evidently" in medians:
        ratio = medians["parquet: Evidently"] / medians["parquet: drift against the raw table"]
        print(f"Evidently takes {ratio:.0f} times drift of two raw tables")
    harness.save(options, "drift_scan.py", results)


if __name__ == "__main__":
    main()
