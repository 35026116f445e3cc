#!/usr/bin/env python3
"""Times the writing of rows as CSV: those of the reference table that violate a check, and the others; Cupel, Polars and
DuckDB in turn on the same files, as processes."""

import pathlib
import tempfile

import harness

FORMATS = ("csv", "parquet", "jsonl")

# About one row in twenty violates.
RULES = "columns: {age: {type: integer, at_most: 90}}\n"

POLARS = """
import sys
import polars as pl

scan = {"csv": pl.scan_csv, "parquet": pl.scan_parquet, "jsonl": pl.scan_ndjson}[sys.argv[1].rsplit(".")[-1]]
violates = pl.col("age") > 90
scan(sys.argv[1]).filter(violates if sys.argv[2] == "violating" else ~violates).sink_csv(sys.argv[3])
"""

DUCKDB = """
import sys
import duckdb

violates = "age > 90" if sys.argv[2] == "violating" else "NOT age > 90"
duckdb.sql(f"COPY (SELECT * FROM '{sys.argv[1]}' WHERE {violates}) TO '{sys.argv[3]}' (HEADER)")
"""


def commands(folder: pathlib.Path, work: pathlib.Path, cupel: str) -> dict[str, list[str]]:
    """What is timed, by its label; each writes a file of its own."""
    (work / "rules.yaml").write_text(RULES)
    python = harness.peer_python()
    rows = {}
    for kind in FORMATS:
        file = str(folder / f"reference.{kind}")
        for part in ("violating", "good"):
            label = f"{kind}: {part} rows"
            ours = [cupel, "data", "rows", "data.reference.age.at_most", file, "--rules", str(work / "rules.yaml")]
            good = ["--good"] if part == "good" else []
            rows[f"{label}, cupel"] = [*ours, *good, "-o", str(work / "cupel.csv")]
            rows[f"{label}, polars"] = [python, "-c", POLARS, file, part, str(work / "polars.csv")]
            rows[f"{label}, duckdb"] = [python, "-c", DUCKDB, file, part, str(work / "duckdb.csv")]
    return rows


def check(rows: dict[str, list[str]], work: pathlib.Path) -> None:
    """All three write as many rows."""
    for label in [label for label in rows if label.endswith(", cupel")]:
        counts = {}
        for peer in ("cupel", "polars", "duckdb"):
            harness.measure(rows[label.removesuffix("cupel") + peer])
            with open(work / f"{peer}.csv", "rb") as file:
                counts[peer] = sum(1 for _ in file)
        assert len(set(counts.values())) == 1, (label, counts)


def main() -> None:
    parser = harness.arguments(__doc__, runs=5)
    parser.add_argument("folder", type=pathlib.Path, help="where the reference table is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        rows = commands(options.folder, work, options.cupel)
        check(rows, work)
        results = harness.in_turn(rows, options.runs)
    medians = harness.medians(results)
    ratios = {
        label.removesuffix(", cupel") + f": {peer}":
            round(medians[label.removesuffix("cupel") + peer]["seconds"] / medians[label]["seconds"], 2)
        for label in rows if label.endswith(", cupel") for peer in ("polars", "duckdb")
    }
    print("times as long as Cupel, by the medians:")
    for label, ratio in ratios.items():
        print(f"{ratio:9.2f}  {label}")
    harness.save(options, f"rows.py FOLDER --runs {options.runs}", results, medians=medians, ratios=ratios)


if __name__ == "__main__":
    main()
