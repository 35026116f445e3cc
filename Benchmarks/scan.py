#!/usr/bin/env python3
"""Times scans of the reference table: Cupel, Polars, DuckDB and pandera in turn on the same files, as processes."""

import pathlib
import subprocess
import tempfile

import harness

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


def main() -> None:
    parser = harness.arguments(__doc__, runs=5)
    parser.add_argument("folder", type=pathlib.Path, help="where the reference table is, or is to be written")
    parser.add_argument("--rows", type=int, default=5_000_000)
    options = parser.parse_args()
    cupel, python = options.cupel, harness.peer_python()
    if not all((options.folder / f"reference.{name}").exists() for name in FORMATS):
        table = [python, str(harness.HERE / "reference_table.py"), str(options.folder), "--rows", str(options.rows)]
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
        results = harness.in_turn(commands, options.runs)
    command = f"scan.py FOLDER --rows {options.rows} --runs {options.runs}"
    harness.save(options, command, results, medians=harness.medians(results))


if __name__ == "__main__":
    main()
