"""Writes Parquet files whose row groups or pages are large.

usage: write_large_parquet.py FOLDER
"""

import sys

import duckdb
import numpy
import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = sys.argv[1]

equal = pa.table({"n": numpy.full(10_000_000, 7, numpy.int64)})
options = {"compression": "zstd", "use_dictionary": False, "write_statistics": False, "row_group_size": 10_000_000}
pq.write_table(equal, f"{FOLDER}/equal.parquet", **options)
# One page of 80 MB in some thousand bytes.
pq.write_table(equal, f"{FOLDER}/page.parquet", data_page_size=1 << 27, max_rows_per_page=1 << 30, **options)

ROWS = 2_000_000
ascending = pa.table(
    {
        "n": numpy.arange(ROWS),
        "m": pa.array(numpy.arange(ROWS) % 10, mask=numpy.arange(ROWS) % 7 == 0),
        "t": pa.array([f"text {index % 1000}" for index in range(ROWS)]),
    }
)
pq.write_table(ascending, f"{FOLDER}/pyarrow.parquet", row_group_size=ROWS)
# Lists of none to three elements, some of them null.
ends = numpy.concatenate([[0], numpy.cumsum(numpy.arange(1_200_000) % 4)])
lists = pa.ListArray.from_arrays(
    pa.array(ends, pa.int32()), pa.array(numpy.arange(ends[-1]), mask=numpy.arange(ends[-1]) % 5 == 0),
    mask=pa.array(numpy.arange(1_200_000) % 11 == 0))
for version in ("1.0", "2.0"):
    pq.write_table(
        pa.table({"list": lists, "id": numpy.arange(1_200_000)}), f"{FOLDER}/nested-{version}.parquet",
        row_group_size=1_200_000, data_page_version=version)
duckdb.sql(f"COPY ascending TO '{FOLDER}/duckdb.parquet' (ROW_GROUP_SIZE {ROWS})")
