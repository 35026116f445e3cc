"""Writes the flights of the demo as Parquet: write_flights_tables.py FOLDER. Types are what pyarrow makes of the CSV."""

import pathlib
import sys

import pyarrow.csv
import pyarrow.parquet

DATA = pathlib.Path(__file__).resolve().parents[3] / "fixtures" / "flights" / "data"

for name in ("flights", "broken"):
    options = pyarrow.csv.ConvertOptions(strings_can_be_null=True)
    table = pyarrow.csv.read_csv(DATA / f"{name}.csv", convert_options=options)
    pyarrow.parquet.write_table(table, pathlib.Path(sys.argv[1]) / f"{name}.parquet")
