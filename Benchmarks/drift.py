#!/usr/bin/env python3
"""Simulates verdicts of drift, and prints the table of their false alarms and their power: drift.py [--runs N] [--quick].

Build with `swift build -c release --product drift-benchmark`. Samples of eleven populations, with a reference of 1,000 and
of 100,000 rows, are judged by each method as the check judges a column: with the limit that it has when nobody says one
(0.1, of psi 0.2), 95 % confidence and a significance of 5 %. Every figure is a share of the runs: of a row's populations
the worst for those that have not drifted, all together for those exactly at the limit, and the least and the greatest for
those that have drifted further. `new values` is of categories that the reference lacks, limited to 10 % of the rows, and
`range` of numbers outside its range, limited to 2 %: found are twice and four times these.

A second table is of whole gates: twelve columns that have not drifted, decided together. A third one is of the bands of
anomaly checks (99 %) after histories in which nothing has changed: the share of next values outside of them, and of those
that are moved by three and five standard deviations.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import platform
import subprocess
import sys
from statistics import mean

ROOT = pathlib.Path(__file__).resolve().parent.parent
METHODS = [
    "jensen_shannon", "total_variation", "psi", "ks", "wasserstein", "hellinger", "l_infinity", "chi_square_v"]
NOVELTY = ["new values", "range"]
POPULATIONS = [
    "normal", "skewed", "heavy-tailed", "discrete", "constant", "categories", "one category", "many categories",
    "outliers", "spiked", "contaminated"]
HISTORIES = [7, 14, 30, 90, 365]
SIZES = [10, 100, 1_000, 10_000, 100_000, 1_000_000]


def simulate(options: argparse.Namespace, sizes: list[int]) -> list[dict]:
    def of(population: str) -> list[dict]:
        return read(options, options.methods, sizes, [population])
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return [each for results in pool.map(of, POPULATIONS) for each in results]


def simulate_families(options: argparse.Namespace, sizes: list[int]) -> list[dict]:
    return read(options, ["family"], sizes)


def read(
        options: argparse.Namespace, methods: list[str], sizes: list[int], populations: list[str] = POPULATIONS
) -> list[dict]:
    return lines_of(options, options.runs, methods, ["1000", "100000"], map(str, sizes), populations)


def simulate_novelty(options: argparse.Namespace, sizes: list[int]) -> list[dict]:
    return read(options, ["novelty"], sizes)


def simulate_bands(options: argparse.Namespace, histories: list[int]) -> list[dict]:
    # A hundred alarms of ten thousand runs are known within a fifth.
    return lines_of(options, 50 * options.runs, ["bands"], map(str, histories))


def lines_of(options: argparse.Namespace, runs: int, *names) -> list[dict]:
    command = [options.benchmark, str(runs), *[",".join(each) for each in names]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        results = []
        for line in process.stdout:
            results.append(json.loads(line))
            if options.verbose:
                print(line, end="", file=sys.stderr)
    assert process.returncode == 0, command
    return results


def write(options: argparse.Namespace, document: dict) -> None:
    document["machine"] = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    options.output.write_text(json.dumps(document, indent=1) + "\n")


def percent(share: float) -> str:
    return f"{100 * share:.1f} %" if 0 < share < 0.1 else f"{100 * share:.0f} %"


def table(results: list[dict]) -> str:
    """Markdown: a row for each method and pair of sizes, over all populations."""
    lines = [
        "| method | reference | current | false alarms | not green | at the limit: failed | passed | found: shift 2x | 4x |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    groups: dict[tuple, list[dict]] = {}
    for each in results:
        groups.setdefault((each["method"], each["reference"], each["current"]), []).append(each)
    for (method, reference, current), group in sorted(
            groups.items(), key=lambda item: (METHODS + NOVELTY).index(item[0][0])):
        def found(label: str) -> str:
            shares = [each[label][0] for each in group]
            return f"{percent(min(shares))} to {percent(max(shares))}"
        lines.append(
            f"| {method} | {reference:,} | {current:,} | {percent(max(each['identical'][0] for each in group))} "
            f"| {percent(max(1 - each['identical'][1] for each in group))} "
            f"| {percent(mean(each['limit'][0] for each in group))} | {percent(mean(each['limit'][1] for each in group))} "
            f"| {found('twice')} | {found('fourfold')} |")
    return "\n".join(lines)


def family_table(results: list[dict]) -> str:
    """Markdown: a row for each pair of sizes."""
    lines = [
        "| reference | current | gates that fail | with a column that is not told | in which nothing is told |",
        "|---:|---:|---:|---:|---:|",
    ]
    for each in results:
        shares = " | ".join(percent(each[key]) for key in ("failed", "undecided", "nothing"))
        lines.append(f"| {each['reference']:,} | {each['current']:,} | {shares} |")
    return "\n".join(lines)


def band_table(results: list[dict]) -> str:
    """Markdown: a row for each strategy and series, by the lengths of the history; `-` where it takes a longer one."""
    histories = sorted({each["history"] for each in results})
    lines = [
        "| strategy | series |" + "".join(f" alarms after {history} |" for history in histories)
        + " found: 3 deviations | 5 |",
        "|---|---|" + "---:|" * (len(histories) + 2),
    ]
    groups: dict[tuple, dict[int, dict]] = {}
    for each in results:
        groups.setdefault((each["strategy"], each["series"]), {})[each["history"]] = each
    for (strategy, series), group in groups.items():
        alarms = " | ".join(percent(group[history]["alarms"]) if history in group else "-" for history in histories)
        found = " | ".join(percent(share) for share in group[max(group)]["found"])
        lines.append(f"| {strategy} | {series} | {alarms} | {found} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--methods", type=lambda text: text.split(","), default=METHODS, help="only these, with commas")
    parser.add_argument(
        "--sizes", type=lambda text: [int(size) for size in text.split(",")], default=SIZES, help="only these, with commas")
    parser.add_argument("--quick", action="store_true", help="20 runs, at most 1,000 rows")
    parser.add_argument("--verbose", action="store_true", help="every result at once")
    parser.add_argument(
        "--benchmark", type=os.path.abspath, default=str(ROOT / ".build" / "release" / "drift-benchmark"))
    parser.add_argument("--bands", action="store_true", help="only the bands of anomaly checks")
    parser.add_argument("--output", type=pathlib.Path, help="where the raw results go, as JSON")
    options = parser.parse_args()
    if options.quick:
        options.runs = 20
    if options.bands:
        bands = simulate_bands(options, HISTORIES)
        print(band_table(bands))
        if options.output:
            write(options, {"command": f"Benchmarks/drift.py --bands --runs {options.runs}", "bands": bands})
        return
    sizes = SIZES[:3] if options.quick else options.sizes
    results = simulate(options, sizes)
    novelty = simulate_novelty(options, sizes)
    print(table(results + novelty))
    worst = max(results, key=lambda each: each["identical"][0])
    alarms, runs = sum(each["identical"][0] * each["runs"] for each in results), sum(each["runs"] for each in results)
    print(f"\nFalse alarms: {percent(alarms / runs)} of {runs:,} runs; the most {percent(worst['identical'][0])} "
          f"({worst['method']}, {worst['population']}, {worst['reference']:,} and {worst['current']:,} rows).")
    families = simulate_families(options, [size for size in sizes if size < 1_000_000])
    print(f"\nTwelve columns together, decided by {METHODS[0]}:\n\n{family_table(families)}")
    bands = simulate_bands(options, HISTORIES)
    print(f"\nBands after runs in which nothing has changed; what is found after the longest history:\n\n{band_table(bands)}")
    if options.output:
        write(options, {
            "command": f"Benchmarks/drift.py --runs {options.runs} --sizes {','.join(map(str, sizes))}",
            "runs": results,
            "families": families,
            "novelty": novelty,
            "bands": bands,
        })


if __name__ == "__main__":
    sys.exit(main())
