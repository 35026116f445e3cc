#!/usr/bin/env python3
"""Times scans of the reference table: Cupel, Polars, DuckDB and pandera in turn on the same files, as processes."""

import pathlib
import subprocess
import tempfile

import harness
import many_rules

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

PANDERA = r"""
import os
import sys

os.environ["PANDERA_VALIDATION_DEPTH"] = "SCHEMA_AND_DATA"  # Lazy frames are judged by their schema alone otherwise.
import pandera.polars as pa
import polars as pl

def few_nulls(data):
    return data.lazyframe.select(pl.col(data.key).null_count() * 10 <= pl.len())

schema = pa.DataFrameSchema({
    "id": pa.Column(nullable=False, unique=True),
    "age": pa.Column(checks=pa.Check.in_range(18, 100)),
    "income": pa.Column(checks=[pa.Check.ge(0), pa.Check(few_nulls)], nullable=True),
    "city": pa.Column(checks=[pa.Check.isin(sys.argv[2].split(",")), pa.Check(few_nulls)], nullable=True),
    "email": pa.Column(checks=pa.Check.str_matches(r"^[a-z0-9.]+@[a-z]+\.[a-z]+$")),
    "segment": pa.Column(checks=pa.Check.isin(list("ABCD"))),
    "score": pa.Column(checks=pa.Check.in_range(0, 1)),
    "label": pa.Column(checks=pa.Check.isin([0, 1])),
})
columns = list(schema.columns)
# Of a lazy frame every check reads the file anew: that pays for Parquet, for CSV it takes five times as long.
if sys.argv[1].endswith(".parquet"):
    table = pl.scan_parquet(sys.argv[1]).select(columns)
else:
    table = pl.read_csv(sys.argv[1], columns=columns)
schema.validate(table, lazy=True)
"""

DUCKDB = """
import sys
import duckdb

assert len(duckdb.sql(f"SUMMARIZE SELECT * FROM '{sys.argv[1]}'").fetchall()) == 12
"""


START = "the start of Python with Polars"

def commands(folder: pathlib.Path, work: pathlib.Path, cupel: str) -> dict[str, list[str]]:
    """What is timed, by its label; the rows of one format stand together."""
    rules, many, profile = work / "rules.yaml", work / "many.yaml", work / "reference.profile.json"
    rules.write_text(RULES)
    many.write_text(many_rules.of(200))
    python = harness.peer_python()
    cities = ",".join(line.strip(" ,]\n") for line in RULES.split("in: [")[1].split("]")[0].split(","))
    rows = {START: [python, "-c", "import polars"]}
    for kind in FORMATS:
        file = str(folder / f"reference.{kind}")
        check = [cupel, "data", "check", file, "--rules", str(rules)]
        rows[f"{kind}: eleven checks, cupel"] = check
        rows[f"{kind}: 200 checks, cupel"] = [cupel, "data", "check", file, "--rules", str(many)]
        rows[f"{kind}: eleven checks, polars"] = [python, "-c", POLARS, file, cities]
        if kind != "jsonl":
            rows[f"{kind}: eleven checks, pandera"] = [python, "-c", PANDERA, file, cities]
        rows[f"{kind}: eleven checks and profile, cupel"] = [*check, "--profile", str(profile)]
        rows[f"{kind}: profile, cupel"] = [cupel, "data", "show", file]
        rows[f"{kind}: SUMMARIZE, duckdb"] = [python, "-c", DUCKDB, file]
    return rows


def ratios(medians: dict[str, harness.Run]) -> dict[str, float]:
    """How many times as long the peers take as Cupel."""
    seconds = {label: median["seconds"] for label, median in medians.items()}
    found: dict[str, float] = {}
    for kind in FORMATS:
        checks = f"{kind}: eleven checks"
        for peer in ("polars", "pandera"):
            if f"{checks}, {peer}" in seconds:
                found[f"{checks}: {peer}"] = seconds[f"{checks}, {peer}"] / seconds[f"{checks}, cupel"]
        found[f"{checks}: 200 checks"] = seconds[f"{kind}: 200 checks, cupel"] / seconds[f"{checks}, cupel"]
        polars = seconds[f"{checks}, polars"] - seconds[START]
        found[f"{checks}: polars without its start"] = polars / seconds[f"{checks}, cupel"]
        for work in ("eleven checks and profile", "profile"):
            summary = seconds[f"{kind}: SUMMARIZE, duckdb"]
            found[f"{kind}: {work}: SUMMARIZE of duckdb"] = summary / seconds[f"{kind}: {work}, cupel"]
    return {label: round(ratio, 2) for label, ratio in found.items()}


def main() -> None:
    parser = harness.arguments(__doc__, runs=5)
    parser.add_argument("folder", type=pathlib.Path, help="where the reference table is, or is to be written")
    parser.add_argument("--rows", type=int, default=5_000_000)
    options = parser.parse_args()
    if not all((options.folder / f"reference.{name}").exists() for name in FORMATS):
        generator = [harness.peer_python(), str(harness.HERE / "reference_table.py"), str(options.folder)]
        subprocess.run([*generator, "--rows", str(options.rows)], check=True)
    with tempfile.TemporaryDirectory() as name:
        rows = commands(options.folder, pathlib.Path(name), options.cupel)
        results = harness.in_turn(rows, options.runs)
    medians = harness.medians(results)
    found = ratios(medians)
    print("times as long as Cupel, by the medians:")
    for label, ratio in found.items():
        print(f"{ratio:9.2f}  {label}")
    command = f"scan.py FOLDER --rows {options.rows} --runs {options.runs}"
    harness.save(options, command, results, medians=medians, ratios=found)


if __name__ == "__main__":
    main()
