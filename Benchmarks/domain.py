#!/usr/bin/env python3
"""Simulates the domain classifier of multivariate drift, and prints the table: domain.py [--runs N] [--quick].

Build with `swift build -c release --product domain-benchmark`. Two samples of a table, of as many rows each, are judged as
multivariate_drift judges them, with 95 % confidence: `alarms` is how often the interval of the area lies above 0.5, which
for samples of one population (change 0) may be in one of forty runs; `failed` and `passed` are by the limit of 0.55. The
time is that of one core. Of many rows the check draws some at random, and so does this: 20,000, or 10,000 of forty columns.
"""

import argparse
import json
import os
import pathlib
import platform
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROWS = [10, 100, 500, 2_000, 20_000, 100_000]
CHANGES = [0, 0.1, 0.5]


def simulate(options: argparse.Namespace, rows: list[int]) -> list[dict]:
    command = [options.benchmark, str(options.runs), ",".join(map(str, rows)), ",".join(map(str, CHANGES))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        results = []
        for line in process.stdout:
            results.append(json.loads(line))
            if options.verbose:
                print(line, end="", file=sys.stderr)
    assert process.returncode == 0, command
    return results


def table(results: list[dict]) -> str:
    """Markdown: a row for each table, number of rows and change."""
    lines = [
        "| table | rows | change | above 0.5 | failed | passed | area | ms |", "|---|---:|---:|---:|---:|---:|---:|---:|"]
    for each in sorted(results, key=lambda each: (each["table"], each["rows"], each["change"])):
        shares = [f"{100 * each[name]:.1f} %" for name in ("alarms", "failed", "passed")]
        lines.append(
            f"| {each['table']} | {each['rows']:,} | {each['change']:g} | {' | '.join(shares)} "
            f"| {each['area']:.3f} | {each['milliseconds']:.0f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--quick", action="store_true", help="20 runs, at most 100 rows")
    parser.add_argument("--verbose", action="store_true", help="every result at once")
    parser.add_argument(
        "--benchmark", type=os.path.abspath, default=str(ROOT / ".build" / "release" / "domain-benchmark"))
    parser.add_argument("--output", type=pathlib.Path, help="where the raw results go, as JSON")
    options = parser.parse_args()
    if options.quick:
        options.runs = 20
    results = simulate(options, ROWS[:2] if options.quick else ROWS)
    print(table(results))
    same = [each for each in results if each["change"] == 0]
    runs = sum(each["runs"] for each in same)
    alarms, failed = (sum(each[name] * each["runs"] for each in same) / runs for name in ("alarms", "failed"))
    print(f"\nOf {runs:,} pairs of samples of one population {100 * alarms:.1f} % lie above 0.5, and "
          f"{100 * failed:.1f} % fail.")
    if options.output:
        document = {
            "command": "Benchmarks/domain.py --runs " + str(options.runs) + (" --quick" if options.quick else ""),
            "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
            "runs": results,
        }
        options.output.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
