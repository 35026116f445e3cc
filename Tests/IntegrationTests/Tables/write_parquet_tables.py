"""Writes Parquet files of every kind with pyarrow, DuckDB and Polars, and what pyarrow reads in them.

For every file NAME.parquet there is a NAME.parquet.expected in the form that TableRendering.swift describes.

usage: write_parquet_tables.py FOLDER
"""

import datetime
import decimal
import math
import os
import random
import sys

import duckdb
import numpy
import polars
import pyarrow as pa
import pyarrow.parquet as pq

from table_rendering import render

FOLDER = sys.argv[1]
DICE = random.Random(20240607)


def expect(path):
    """Writes what pyarrow reads in a file, in the types that the file itself knows."""
    table = pq.ParquetFile(path).read()
    for index, field in enumerate(table.schema):
        # pyarrow remembers these in metadata of its own: Parquet has no durations and no zone but UTC.
        kind = field.type
        if pa.types.is_duration(kind):
            table = table.set_column(index, field.name, table.column(index).cast(pa.int64()))
        if pa.types.is_timestamp(kind) and kind.tz:
            table = table.set_column(index, field.name, table.column(index).cast(pa.timestamp(kind.unit, "UTC")))
    with open(path + ".expected", "w", encoding="utf-8") as output:
        output.writelines(line + "\n" for line in render(table))


written = 0


def write(name, table, **options):
    """Writes a file with pyarrow."""
    global written
    path = f"{FOLDER}/{name}.parquet"
    pq.write_table(table, path, **options)
    expect(path)
    written += 1


# The values.


def some(count, make, nulls):
    """Values, of which some are null: none, all, some here and there, or long runs."""
    if nulls == "all":
        return [None] * count
    values = [make() for _ in range(count)]
    if nulls == "some":
        values = [None if DICE.random() < 0.2 else value for value in values]
    if nulls == "runs":
        values = [None if index // 100 % 3 == 1 else value for index, value in enumerate(values)]
    return values


def text():
    return DICE.choice(["", "a", "Zürich", "naïve", "日本", "\U0001f600", "x" * DICE.randrange(40), 'q"\\\n\x01', "city"])


def unique_text():
    return f"user{DICE.randrange(10**9)}@example.com"


def number():
    special = [0.0, -0.0, math.nan, math.inf, -math.inf, 5e-324, 1.7976931348623157e308]
    return DICE.choice(special) if DICE.random() < 0.1 else DICE.gauss(0, 1000)


def narrow(bits):
    values = [0.0, -0.0, math.nan, math.inf, 1.5, -2.25, 0.125, 65504.0, 2.0**-24, 2.0**-14]
    return lambda: DICE.choice(values if bits == 16 else values + [1e30, 2.0**-149, 16777216.0])


def whole(bits, signed):
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    return lambda: DICE.choice([low, high, 0, 1, DICE.randint(low, high), DICE.randint(0, 9)])


def exact(precision, scale):
    def make():
        size = DICE.choice([precision, precision, 1, (precision + 1) // 2])
        digits = DICE.randrange(10**size) * DICE.choice([-1, 1])
        with decimal.localcontext() as context:
            context.prec = 100
            return decimal.Decimal(digits).scaleb(-scale)

    return make


def moment(per_second):
    return lambda: DICE.choice([0, -1, 1, DICE.randrange(-(10**9), 4 * 10**9) * per_second + DICE.randrange(per_second)])


def within_day(per_second):
    return lambda: DICE.choice([0, 86_400 * per_second - 1, DICE.randrange(86_400) * per_second, DICE.randrange(86_400 * per_second)])


def table_of_types(count, nulls, old=False):
    """A column of every type that is not nested."""
    make = {
        "bool": (pa.bool_(), lambda: DICE.random() < 0.5),
        "float": (pa.float32(), narrow(32)),
        "double": (pa.float64(), number),
        "string": (pa.string(), text),
        "unique": (pa.string(), unique_text),
        "large": (pa.large_string(), text),
        "binary": (pa.binary(), lambda: DICE.randbytes(DICE.randrange(12))),
        "fixed": (pa.binary(5), lambda: DICE.randbytes(5)),
        "category": (pa.dictionary(pa.int32(), pa.string()), lambda: DICE.choice("ABCD")),
        "date": (pa.date32(), lambda: DICE.randrange(-100_000, 100_000)),
        "time_ms": (pa.time32("ms"), within_day(10**3)),
        "time_us": (pa.time64("us"), within_day(10**6)),
        "stamp_ms": (pa.timestamp("ms"), moment(10**3)),
        "stamp_us": (pa.timestamp("us"), moment(10**6)),
        "stamp_zone": (pa.timestamp("us", "Europe/Berlin"), moment(10**6)),
    }
    for bits in (8, 16, 32, 64):
        make[f"int{bits}"] = (getattr(pa, f"int{bits}")(), whole(bits, True))
        make[f"uint{bits}"] = (getattr(pa, f"uint{bits}")(), whole(bits, False))
    if not old:
        make["half"] = (pa.float16(), narrow(16))
        make["time_ns"] = (pa.time64("ns"), within_day(10**9))
        make["stamp_ns"] = (pa.timestamp("ns"), moment(10**9))
        make["stamp_ns_utc"] = (pa.timestamp("ns", "UTC"), moment(10**9))
        make["duration"] = (pa.duration("us"), moment(10**6))
        make["second"] = (pa.time32("s"), within_day(1))
    for precision, scale in ((1, 0), (4, 2), (9, 9), (10, 3), (18, 0), (19, 5), (38, 10), (38, 38), (50, 7), (76, 20)):
        kind = pa.decimal256 if precision > 38 else pa.decimal128
        make[f"decimal_{precision}_{scale}"] = (kind(precision, scale), exact(precision, scale))
    arrays = {}
    for name, (kind, value) in make.items():
        values = some(count, value, nulls)
        if kind == pa.float16():
            values = [None if v is None else numpy.float16(v) for v in values]
        arrays[name] = pa.array(values, kind)
    if not old:
        raw = pa.array(some(count, lambda: DICE.randbytes(16), nulls), pa.binary(16))
        arrays["uuid"] = pa.ExtensionArray.from_storage(pa.uuid(), raw)
        plain = pa.array(some(count, lambda: DICE.choice(["{}", '{"a": [1, 2]}', "null"]), nulls), pa.string())
        arrays["json"] = pa.ExtensionArray.from_storage(pa.json_(), plain)
        arrays["null"] = pa.nulls(count)
    return pa.table(arrays)


def nested_table(count, nulls):
    """Lists, maps and structs in each other."""

    def listed(make, longest=4):
        return lambda: [None if nulls == "some" and DICE.random() < 0.2 else make() for _ in range(DICE.randrange(longest))]

    def pairs(key, value):
        return lambda: [(key(), None if nulls == "some" and DICE.random() < 0.2 else value()) for _ in range(DICE.randrange(4))]

    def record():
        return {"id": DICE.randrange(100), "name": text() if DICE.random() < 0.8 else None}

    def deep():
        return {"tags": listed(text)(), "inner": {"x": DICE.randrange(9), "y": DICE.choice([None, 0.5])}}

    small = pa.struct([("id", pa.int64()), ("name", pa.string())])
    large = pa.struct([("tags", pa.list_(pa.string())), ("inner", pa.struct([("x", pa.int32()), ("y", pa.float64())]))])
    fields = {
        "ints": (pa.list_(pa.int64()), listed(lambda: DICE.randrange(-9, 9))),
        "texts": (pa.list_(pa.string()), listed(text)),
        "lists": (pa.list_(pa.list_(pa.int32())), listed(listed(lambda: DICE.randrange(9)))),
        "cubes": (pa.list_(pa.list_(pa.list_(pa.bool_()))), listed(listed(listed(lambda: DICE.random() < 0.5)))),
        "records": (pa.list_(small), listed(record)),
        "deep": (pa.list_(large), listed(deep)),
        "pair": (pa.list_(pa.float64(), 2), lambda: [0.5, DICE.choice([None, 2.0, math.nan, -math.inf])]),
        "counts": (pa.map_(pa.string(), pa.int64()), pairs(text, lambda: DICE.randrange(9))),
        "numbered": (pa.map_(pa.int32(), pa.string()), pairs(lambda: DICE.randrange(9), text)),
        "index": (pa.map_(pa.string(), pa.list_(small)), pairs(text, listed(record))),
        "dates": (pa.list_(pa.date32()), listed(lambda: DICE.randrange(-9999, 9999))),
        "stamps": (pa.list_(pa.timestamp("us", "UTC")), listed(moment(10**6))),
        "times": (pa.list_(pa.time64("us")), listed(within_day(10**6))),
        "prices": (pa.list_(pa.decimal128(20, 2)), listed(exact(20, 2))),
        "blobs": (pa.list_(pa.binary()), listed(lambda: DICE.randbytes(3))),
        "unsigned": (pa.list_(pa.uint64()), listed(whole(64, False))),
        "point": (small, record),
        "place": (large, deep),
        "wrapped": (pa.struct([("a", pa.struct([("b", pa.struct([("c", pa.int64())]))]))]), lambda: DICE.choice(
            [{"a": None}, {"a": {"b": None}}, {"a": {"b": {"c": None}}}, {"a": {"b": {"c": 7}}}])),
    }
    return pa.table({name: pa.array(some(count, make, nulls), kind) for name, (kind, make) in fields.items()})


def with_pyarrow():
    kinds = {nulls: table_of_types(700, nulls) for nulls in ("none", "some", "runs", "all")}
    for nulls, table in kinds.items():
        for version in ("1.0", "2.0"):
            for dictionary in (True, False):
                name = f"types-{nulls}-v{version[0]}-{'dictionary' if dictionary else 'plain'}"
                write(name, table, data_page_version=version, use_dictionary=dictionary, row_group_size=300)
                write(name + "-tiny", table, data_page_version=version, use_dictionary=dictionary, data_page_size=64,
                      write_batch_size=16, write_page_checksum=True)
    for codec in ("none", "snappy", "gzip", "zstd", "lz4", "brotli"):
        for version in ("1.0", "2.0"):
            write(f"codec-{codec}-v{version[0]}", kinds["some"], compression=codec, data_page_version=version)
            write(f"codec-{codec}-v{version[0]}-plain", kinds["runs"], compression=codec, data_page_version=version,
                  use_dictionary=False)
    write("old-format", table_of_types(300, "some", old=True), version="1.0")
    write("decimals-as-integers", kinds["some"], store_decimal_as_integer=True)
    write("decimals-as-integers-plain", kinds["some"], store_decimal_as_integer=True, use_dictionary=False)
    stamps = kinds["some"].select(["stamp_us", "stamp_ns", "stamp_zone"])
    write("int96", stamps, use_deprecated_int96_timestamps=True)
    write("int96-plain", stamps, use_deprecated_int96_timestamps=True, use_dictionary=False)
    write("no-rows", kinds["some"].slice(0, 0))
    write("no-rows-nested", nested_table(0, "none"))
    write("one-row", kinds["none"].slice(0, 1))
    write("page-index", kinds["some"], write_page_index=True, data_page_size=256)
    write("no-statistics", kinds["some"], write_statistics=False, store_schema=False)
    # A dictionary that becomes too large, so that the column goes on in plain pages.
    fallback = table_of_types(9000, "some").select(["unique", "int64", "double", "string", "decimal_38_10", "uuid"])
    for version in ("1.0", "2.0"):
        write(f"fallback-v{version[0]}", fallback, dictionary_pagesize_limit=20_000, data_page_size=4096,
              data_page_version=version)
    required = pa.schema([pa.field(f.name, f.type, nullable=False) for f in kinds["none"].schema if f.name != "null"])
    write("required", kinds["none"].drop(["null"]).cast(required), data_page_size=512)


def encodings():
    for nulls in ("none", "some", "all"):
        table = table_of_types(900, nulls)
        suits = {
            "DELTA_BINARY_PACKED": ["int8", "int16", "int32", "int64", "uint8", "uint32", "uint64", "date", "stamp_us"],
            "DELTA_LENGTH_BYTE_ARRAY": ["string", "unique", "binary", "large"],
            "DELTA_BYTE_ARRAY": ["string", "unique", "binary", "fixed", "uuid", "decimal_38_10"],
            "BYTE_STREAM_SPLIT": ["float", "double", "half", "int32", "int64", "uint32", "fixed", "uuid", "decimal_50_7"],
            "RLE": ["bool"],
            "PLAIN": table.column_names,
        }
        for encoding, names in suits.items():
            for version in ("1.0", "2.0"):
                for size in (100, 1 << 20):
                    part = table.select([name for name in names if name != "null"])
                    write(f"{encoding.lower()}-{nulls}-v{version[0]}-{size}", part, use_dictionary=False,
                          column_encoding=encoding if encoding != "PLAIN" else None, data_page_version=version,
                          data_page_size=size, write_batch_size=50 if size == 100 else 1024)
    numbers = [DICE.choice([DICE.randrange(-(2**63), 2**63), index, 7]) for index in range(5000)]
    wide = pa.table({"wide": pa.array(numbers, pa.int64()), "slow": pa.array(range(5000), pa.int64()),
                     "narrow": pa.array([DICE.randrange(-(2**31), 2**31) for _ in range(5000)], pa.int32())})
    write("delta-wide", wide, use_dictionary=False, column_encoding="DELTA_BINARY_PACKED")


def nesting():
    for nulls in ("none", "some", "all"):
        table = nested_table(300, nulls)
        for version in ("1.0", "2.0"):
            for dictionary in (True, False):
                name = f"nested-{nulls}-v{version[0]}-{'dictionary' if dictionary else 'plain'}"
                write(name, table, data_page_version=version, use_dictionary=dictionary, row_group_size=170)
                write(name + "-tiny", table, data_page_version=version, use_dictionary=dictionary, data_page_size=64,
                      write_batch_size=10)
        write(f"nested-{nulls}-item", table, use_compliant_nested_type=False)
    write("nested-long", pa.table({"long": pa.array([[i] * 5000 for i in range(7)] + [None, []], pa.list_(pa.int64()))}))


def large():
    """More rows than a batch has, with borders of pages and row groups everywhere."""
    count = 60_000
    table = pa.table({
        "id": pa.array(range(count), pa.int64()),
        "small": pa.array([DICE.choice([None, 1, 2, 3]) for _ in range(count)], pa.int32()),
        "city": pa.array([DICE.choice([None, "Ulm", "Bonn", "Zürich"]) for _ in range(count)]),
        "email": pa.array([unique_text() for _ in range(count)]),
        "score": pa.array([DICE.random() for _ in range(count)]),
        "flag": pa.array([DICE.random() < 0.5 for _ in range(count)]),
        "sorted": pa.array([index // 1000 for index in range(count)]),
        "list": pa.array([[index % 7] * (index % 3) for index in range(count)], pa.list_(pa.int64())),
    })
    write("large", table)
    write("large-groups", table, row_group_size=17_000, data_page_size=9_999)
    write("large-plain", table, use_dictionary=False, compression="zstd", data_page_version="2.0")
    write("large-fallback", table, dictionary_pagesize_limit=400_000, data_page_size=50_000)
    # Row groups so large that they are read in parts.
    many = 1_000_000
    write("parts", pa.table({
        "id": pa.array(range(many), pa.int64()),
        "sparse": pa.array([index if index % 7 else None for index in range(many)], pa.int64()),
        "code": pa.array([f"c{index % 1000}" for index in range(many)]),
    }), row_group_size=many)


def with_duckdb():
    global written
    database = duckdb.connect()
    database.execute("SELECT setseed(0.5)")
    query = """
      SELECT i::BIGINT AS id, (i % 100)::TINYINT AS tiny, (i * 7)::SMALLINT AS small, i::UINTEGER AS unsigned,
        (i * 18446744073709)::UBIGINT AS huge, i / 7.0::DOUBLE AS number, (i / 3)::FLOAT AS narrow, i % 2 = 0 AS flag,
        CASE WHEN i % 5 = 0 THEN NULL ELSE 'city ' || (i % 13) END AS city, 'user' || i || '@example.com' AS email,
        DATE '2020-01-01' + (i % 1000)::INTEGER AS day, TIMESTAMP '2020-01-01 01:02:03.456' + to_seconds(i) AS stamp,
        (TIMESTAMP '2020-01-01 00:00:00' + to_seconds(i))::TIMESTAMPTZ AS zoned, TIME '01:02:03.5' AS clock,
        (TIMESTAMP '2020-01-01 00:00:00' + to_seconds(i))::TIMESTAMP_NS AS nanos,
        (TIMESTAMP '2020-01-01 00:00:00' + to_seconds(i))::TIMESTAMP_MS AS millis,
        (i * 1.25)::DECIMAL(4, 1) AS price, (i * 1.25)::DECIMAL(9, 2) AS cost, (i * -1.25)::DECIMAL(18, 4) AS debt,
        (i * 1.25)::DECIMAL(38, 10) AS total, ('x' || i)::BLOB AS blob,
        ('00000000-0000-0000-0000-' || lpad(i::VARCHAR, 12, '0'))::UUID AS uuid,
        CASE WHEN i % 3 = 0 THEN 'low' ELSE 'high' END::ENUM('low', 'high') AS level,
        CASE WHEN i % 4 = 0 THEN NULL ELSE [i, i + 1, NULL] END AS list, {'a': i, 'b': 'x' || i} AS record,
        MAP {'k' || i: i} AS map, [{'a': i, 'b': [i]}] AS records
      FROM range(COUNT) AS t(i)"""
    for count in (0, 700):
        for version in ("V1", "V2"):
            for codec in ("uncompressed", "snappy", "gzip", "zstd", "lz4_raw", "brotli"):
                path = f"{FOLDER}/duckdb-{count}-{version}-{codec}.parquet"
                database.execute(
                    f"COPY ({query.replace('COUNT', str(count))}) TO '{path}' "
                    f"(FORMAT parquet, COMPRESSION {codec}, PARQUET_VERSION {version}, ROW_GROUP_SIZE 300)")
                expect(path)
                written += 1
    path = f"{FOLDER}/duckdb-large.parquet"
    database.execute(
        "COPY (SELECT i, (random() * 1000)::INTEGER AS r, random() AS x, 'c' || (i % 50) AS c, 'u' || hash(i) AS u "
        f"FROM range(150000) AS t(i)) TO '{path}' (FORMAT parquet, PARQUET_VERSION V2)")
    expect(path)
    written += 1


def with_polars():
    global written
    frame = polars.DataFrame({
        "id": range(900),
        "narrow": polars.Series([0.5 * (index % 9) for index in range(900)], dtype=polars.Float32),
        "number": [DICE.gauss(0, 1) if index % 6 else None for index in range(900)],
        "flag": [index % 3 == 0 if index % 4 else None for index in range(900)],
        "text": [text() if index % 5 else None for index in range(900)],
        "email": [unique_text() for _ in range(900)],
        "category": polars.Series([DICE.choice(["a", "b", None]) for _ in range(900)], dtype=polars.Categorical),
        "day": [datetime.date(2020, 1, 1) + datetime.timedelta(index) for index in range(900)],
        "stamp": [datetime.datetime(2020, 1, 1, 1, 2, 3, index) for index in range(900)],
        "clock": [datetime.time(1, 2, 3, index) for index in range(900)],
        "price": polars.Series([decimal.Decimal(index) / 4 for index in range(900)], dtype=polars.Decimal(12, 2)),
        "blob": [bytes([index % 256, 1]) for index in range(900)],
        "small": polars.Series([index % 100 for index in range(900)], dtype=polars.UInt8),
        "list": [[index, None] if index % 3 else ([] if index % 2 else None) for index in range(900)],
        "record": [{"a": index, "b": str(index) if index % 2 else None} for index in range(900)],
        "records": [[{"a": index, "b": [0.5]}] for index in range(900)],
        "nothing": polars.Series([None] * 900, dtype=polars.Int64),
    })
    for codec in ("uncompressed", "snappy", "gzip", "zstd", "lz4", "brotli"):
        for size in (None, 500):
            path = f"{FOLDER}/polars-{codec}-{size or 'whole'}.parquet"
            frame.write_parquet(path, compression=codec, row_group_size=size and 350, data_page_size=size)
            expect(path)
            written += 1


os.makedirs(FOLDER, exist_ok=True)
with_pyarrow()
encodings()
nesting()
large()
with_duckdb()
with_polars()
print(f"{written} files")
