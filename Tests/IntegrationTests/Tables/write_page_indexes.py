"""Writes Parquet files with indexes of their pages, and each once more without statistics, as NAME.plain.parquet.

usage: write_page_indexes.py FOLDER
"""

import decimal
import sys

import numpy
import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = sys.argv[1]
ROWS = 60_000
DICE = numpy.random.default_rng(20240609)


def clustered():
    """Integers that lie close together for some thousand rows, so that pages differ."""
    steps = numpy.repeat(DICE.integers(-50, 50, ROWS // 2500), 2500)
    return steps * 100 + DICE.integers(0, 90, ROWS)


def nulls():
    """No nulls, some or all, for some thousand rows at a time."""
    share = numpy.repeat(DICE.choice([0.0, 0.0, 0.3, 1.0], ROWS // 3000), 3000)
    return DICE.random(ROWS) < share


def table():
    numbers = clustered().astype("float64")
    numbers[DICE.random(ROWS) < 0.001] = numpy.nan
    numbers[numbers == 0] = -0.0
    seconds = clustered().astype("int64") * 86_400
    values = {
        "id": pa.array(numpy.arange(ROWS)),
        "wide": pa.array(clustered()),
        "narrow": pa.array((clustered() % 120).astype("int8")),
        "unsigned": pa.array(clustered().astype("uint64") + numpy.uint64(2**63), mask=nulls()),
        "some": pa.array(clustered(), mask=nulls()),
        "flag": pa.array(clustered() > 0, mask=nulls()),
        "number": pa.array(numbers, mask=nulls()),
        "day": pa.array(clustered().astype("int32"), pa.int32()).view(pa.date32()),
        "time": pa.array(seconds * 10**9 + DICE.integers(0, 10**9, ROWS)).view(pa.timestamp("ns", "UTC")),
        "price": pa.array([decimal.Decimal(int(value)).scaleb(-2) for value in clustered()], pa.decimal128(9, 2)),
        "text": pa.array([f"{value:08} " + "x" * 90 for value in clustered()], mask=nulls()),
        "list": pa.array([[int(value), None] for value in clustered()], pa.list_(pa.int32()), mask=nulls()),
    }
    return pa.table(values)


for number, (version, rows, codec) in enumerate(
        [("1.0", 2000, "snappy"), ("2.0", 1300, "none"), ("1.0", 20_000, "zstd"), ("2.0", 700, "snappy")]):
    made = table()
    options = {"data_page_version": version, "max_rows_per_page": rows, "compression": codec, "row_group_size": 25_000,
               "use_dictionary": number % 2 == 0, "data_page_size": 6000 if number == 3 else None,
               "store_decimal_as_integer": True}
    pq.write_table(made, f"{FOLDER}/{number}.parquet", write_page_index=True, **options)
    pq.write_table(made, f"{FOLDER}/{number}.plain.parquet", write_statistics=False, **options)
