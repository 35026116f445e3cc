"""Writes the reference table of the benchmarks: reference_table.py FOLDER [--rows N] [--formats csv,parquet,jsonl].

Twelve columns, five million rows unless told otherwise, always the same values.
"""

import argparse
import pathlib

import numpy
import polars
import pyarrow
import pyarrow.parquet

CITIES = [
    "Springfield", "Riverside", "Franklin", "Greenville", "Bristol", "Clinton", "Fairview", "Salem",
    "Madison", "Georgetown", "Arlington", "Ashland", "Dover", "Oxford", "Jackson",
]


def block(first, rows, total):
    """The rows first ..< first + rows, as a pyarrow table; a block's values depend on its place alone."""
    random = numpy.random.default_rng([20130101, first])
    income = numpy.round(random.lognormal(10.5, 0.6, rows), 2)
    city = numpy.minimum(random.geometric(0.3, rows) - 1, len(CITIES) - 1)
    second = 1_577_836_800 + (first + numpy.arange(rows)) * 6
    stamps = numpy.datetime_as_string(second.astype("datetime64[s]"))
    return pyarrow.table({
        "id": numpy.arange(first, first + rows, dtype="int64"),
        "ts": pyarrow.array(numpy.char.add(stamps, "Z")),
        "age": random.integers(18, 95, rows),
        "income": pyarrow.array(income, mask=random.random(rows) < 0.03),
        "city": pyarrow.array(numpy.array(CITIES)[city], mask=random.random(rows) < 0.01),
        "score": random.random(rows),
        "balance": numpy.round(random.normal(1000, 500, rows), 2),
        "tenure_months": random.poisson(36, rows),
        "email": pyarrow.array([f"user{n}@example.com" for n in random.integers(0, total, rows)]),
        "is_active": random.random(rows) < 0.7,
        "segment": numpy.array(list("ABCD"))[random.integers(0, 4, rows)],
        "label": random.integers(0, 2, rows),
    })


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--formats", default="csv,parquet,jsonl")
    arguments = parser.parse_args()
    formats = set(arguments.formats.split(","))
    arguments.folder.mkdir(parents=True, exist_ok=True)
    path = {name: arguments.folder / f"reference.{name}" for name in ("csv", "parquet", "jsonl")}
    csv = parquet = jsonl = None
    for first in range(0, arguments.rows, 500_000):
        table = block(first, min(500_000, arguments.rows - first), arguments.rows)
        if "csv" in formats:
            csv = csv or open(path["csv"], "wb")
            polars.from_arrow(table).write_csv(csv, include_header=first == 0)
        if "parquet" in formats:
            parquet = parquet or pyarrow.parquet.ParquetWriter(path["parquet"], table.schema, compression="snappy")
            parquet.write_table(table, row_group_size=1 << 20)
        if "jsonl" in formats:
            jsonl = jsonl or open(path["jsonl"], "wb")
            polars.from_arrow(table).write_ndjson(jsonl)
    for writer in (csv, parquet, jsonl):
        if writer:
            writer.close()


if __name__ == "__main__":
    main()
