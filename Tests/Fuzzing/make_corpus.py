"""Writes the seeds of the fuzzing: small files of every kind that the readers know.

Needs pyarrow, polars, duckdb and datasketches. Run it again after adding a kind; the files are committed.
"""

import gzip
import io
import itertools
import json
import pathlib
import struct
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import datasketches
import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet as pq

CORPUS = pathlib.Path(__file__).parent / "Corpus"


def save(reader: str, name: str, content: bytes) -> None:
    folder = CORPUS / reader
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


FLAT = {
    "bool": pa.array([True, None, False], pa.bool_()),
    "ints": pa.array([1, None, -3], pa.int64()),
    "small": pa.array([1, None, 255], pa.uint8()),
    "floats": pa.array([1.5, None, float("nan")], pa.float64()),
    "halves": pa.array([1.5, None, -2.0], pa.float16()),
    "texts": pa.array(["a", None, "häß\n"], pa.string()),
    "bytes": pa.array([b"\x00\xff", None, b""], pa.binary()),
    "fixed": pa.array([b"abcd", None, b"efgh"], pa.binary(4)),
    "decimals": pa.array([Decimal("1.50"), None, Decimal("-3.25")], pa.decimal128(9, 2)),
    "dates": pa.array([date(2020, 2, 29), None, date(1969, 12, 31)], pa.date32()),
    "times": pa.array([time(1, 2, 3, 4), None, time(23, 59)], pa.time64("us")),
    "stamps": pa.array([datetime(2020, 1, 1), None, datetime(1, 1, 1)], pa.timestamp("us", "UTC")),
    "spans": pa.array([timedelta(1), None, timedelta(-1)], pa.duration("ms")),
    "codes": pa.array(["x", None, "y"]).dictionary_encode(),
    "nulls": pa.nulls(3),
}
NESTED = {
    "list": pa.array([[1, None], None, []], pa.list_(pa.int32())),
    "struct": pa.array([{"a": 1, "b": "x"}, None, {"a": None, "b": "y"}]),
    "map": pa.array([[("k", 1)], None, []], pa.map_(pa.string(), pa.int64())),
    "deep": pa.array([[{"a": [["x"], None]}], None, [{"a": []}]]),
}
VIEWS = {
    "views": pa.array(["short", None, "longer than twelve bytes"], pa.string_view()),
    "large": pa.array(["a", None, "b"], pa.large_string()),
    "fixed_list": pa.array([[1, 2], None, [3, 4]], pa.list_(pa.int16(), 2)),
    "large_list": pa.array([["x"], None, []], pa.large_list(pa.string())),
    "wide": pa.array([Decimal("1.5"), None, Decimal("-2.5")], pa.decimal256(50, 1)),
}


def write_csv() -> None:
    save("csv", "plain.csv", b"id,name,price\n1,ann,1.5\n2,,\n3,bob,-0.25e3\n")
    save("csv", "quoted.csv", b'a,b\r\n"x, ""y""","two\r\nlines"\r\n"",z\r\n')
    save("csv", "ragged.csv", b'a,b\n1\n1,2,3\n"x"y,2\n\xff,1\n\n1,2')
    save("csv", "typed.csv", b"d,t,b\n2020-02-29,2020-01-01T00:00:00.5+02:00,TRUE\n2021-02-29,1 Jan,0\n")
    save("csv", "tabs.tsv", b"1\tNA\tx\n2\t\ty\n")
    save("csv", "marked.csv", b"\xef\xbb\xbfa,b\n1,2\n")
    save("csv", "utf16.csv", "a,b\nhä,𝄞\n".encode("utf-16"))
    save("csv", "latin1.csv", "a,b\nhä,ß\n".encode("latin1"))
    save("csv", "open.csv", b'a,b\n1,"never closed\n2,3\n')


def write_json_lines() -> None:
    rows = [{"a": 1, "b": {"c": "x", "d": [1, {"e": None}]}}, {"a": -2.5e10, "b": None, "f": True}, {"f": "2020-01-01"}]
    save("jsonlines", "nested.jsonl", "".join(json.dumps(row) + "\n" for row in rows).encode())
    save("jsonlines", "escapes.jsonl", b'{"a\\u00e9":"\\ud834\\udd1e\\n\\"\\\\","b":""}\n{"a.b":1,"a":{"b":2},"a":3}\n')
    save("jsonlines", "broken.jsonl", b'{"a":1}\n[1]\n{"a":\n\n{"a":1}x\n"s"\n{"a":"\xff"}\n'
         b'{"a":01}\n{"a":12345678901234567890}')
    objects = b'{"a":' * 20 + b"1" + b"}" * 20
    save("jsonlines", "deep.jsonl", objects + b"\n" + b'{"a":' + b"[" * 30 + b"]" * 30 + b"}\r\n")
    save("jsonlines", "marked.jsonl", b'\xef\xbb\xbf {"a" : 1 , "b":[ ]}\n')


def write_parquet() -> None:
    def parquet(name: str, table: pa.Table, **options) -> None:
        sink = io.BytesIO()
        pq.write_table(table, sink, store_schema=False, **options)
        save("parquet", name + ".parquet", sink.getvalue())

    for name, column in {**FLAT, **NESTED}.items():
        if name in ("spans",):
            continue
        parquet(name, pa.table({name: column}), compression="none", use_dictionary=name in ("texts", "codes"))
    texts = pa.table({"a": ["apple", None, "apply"] * 5, "b": [1, 2, None] * 5})
    for codec, version in itertools.product(["none", "snappy", "gzip", "zstd", "lz4", "brotli"], ["1.0", "2.0"]):
        parquet(f"{codec}-{version[0]}", texts, compression=codec, data_page_version=version)
    encodings = {
        "DELTA_BINARY_PACKED": pa.array([1, 5, None, -9] * 40, pa.int64()),
        "DELTA_LENGTH_BYTE_ARRAY": pa.array(["a", "bcd", None] * 10),
        "DELTA_BYTE_ARRAY": pa.array(["apple", "apply", None, "ape"] * 10),
        "BYTE_STREAM_SPLIT": pa.array([1.5, -2.5, None] * 10, pa.float32()),
        "RLE": pa.array([True, False, None] * 10),
        "PLAIN": pa.array([1, 2, None] * 10, pa.int32()),
    }
    for encoding, column in encodings.items():
        parquet(
            encoding.lower().replace("_", "-"), pa.table({"c": column}), compression="none", use_dictionary=False,
            column_encoding={"c": encoding}, data_page_version="2.0")
    stamps = pa.table({"t": FLAT["stamps"]})
    parquet("int96", stamps, compression="none", use_deprecated_int96_timestamps=True)
    parquet("pages", pa.table({"n": list(range(64))}), compression="none", data_page_size=64, write_batch_size=8,
            row_group_size=32, use_dictionary=False)
    parquet("empty", texts.slice(0, 0))
    sink = io.BytesIO()
    polars.DataFrame({"a": ["x", None], "l": [[1], [2, None]], "c": ["u", "v"]}).write_parquet(sink)
    save("parquet", "polars.parquet", sink.getvalue())
    path = CORPUS / "parquet" / "duckdb.parquet"
    duckdb.sql(f"copy (select 1 a, 'x' b, uuid() u, [1, null] l, 'm'::enum('m', 'n') e) to '{path}' (format parquet)")


def write_arrow() -> None:
    def arrow(name: str, table: pa.Table, codec: str | None = None, deltas: bool = False, legacy: bool = False) -> None:
        options = pa.ipc.IpcWriteOptions(compression=codec, emit_dictionary_deltas=deltas, use_legacy_format=legacy)
        for reader, make in {"arrow-file": pa.ipc.new_file, "arrow-stream": pa.ipc.new_stream}.items():
            sink = io.BytesIO()
            with make(sink, table.schema, options=options) as writer:
                writer.write_table(table)
            save(reader, name + ".arrow", sink.getvalue())

    for name, column in {**FLAT, **NESTED, **VIEWS}.items():
        arrow(name, pa.table({name: column}))
    arrow("dense_union", pa.table({"u": pa.UnionArray.from_dense(
        pa.array([0, 1], pa.int8()), pa.array([0, 0], pa.int32()), [pa.array([1]), pa.array(["x"])])}))
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["a", "b"]))
    arrow("run_ends", pa.table({"r": runs}))
    texts = pa.table({"a": ["some text"] * 40, "b": [None, 2] * 20})
    for codec in ["lz4", "zstd"]:
        arrow(codec, texts, codec)
    first, second = (pa.array(words).dictionary_encode() for words in (["x", "y"], ["x", "y", "z"]))
    table = pa.Table.from_batches([pa.record_batch({"d": column}) for column in (first, second)])
    arrow("deltas", table, deltas=True)
    arrow("legacy", pa.table({"i": FLAT["ints"]}), legacy=True)


def write_streams() -> None:
    text = b"a,b\n" + b"1,2\n" * 20
    member = gzip.compress(text, mtime=0)
    save("gzip", "one.gz", member)
    save("gzip", "two.gz", member + gzip.compress(b"3,4\n", 0, mtime=0))
    save("gzip", "named.gz", member[:3] + b"\x18" + member[4:10] + b"name\0comment\0" + member[10:])
    save("gzip", "bomb.gz", gzip.compress(bytes(1 << 20), mtime=0))
    frame = pa.compress(text, "zstd", asbytes=True)
    skipped = struct.pack("<II", 0x184D2A50, 3) + b"abc"
    save("zstd", "one.zst", frame)
    save("zstd", "two.zst", frame + skipped + frame)
    save("zstd", "skipped.zst", skipped + frame)
    save("zstd", "bomb.zst", pa.compress(bytes(1 << 20), "zstd", asbytes=True))


def write_sketches() -> None:
    for count in [0, 1, 3, 12, 200]:
        kll = datasketches.kll_doubles_sketch(16)
        frequent = datasketches.frequent_strings_sketch(5)
        for index in range(count):
            kll.update(float(index))
            frequent.update(f"item {index % 20}")
        save("kll", f"{count}.kll", kll.serialize())
        save("frequent-items", f"{count}.fi", frequent.serialize())
    for count, width in itertools.product([0, 1, 5, 30, 400], ["HLL_4", "HLL_6", "HLL_8"]):
        hll = datasketches.hll_sketch(8, getattr(datasketches.tgt_hll_type, width))
        for index in range(count):
            hll.update(index)
        save("hyperloglog", f"{width}-{count}-compact.hll".lower(), hll.serialize_compact())
        save("hyperloglog", f"{width}-{count}.hll".lower(), hll.serialize_updatable())


write_csv()
write_json_lines()
write_parquet()
write_arrow()
write_streams()
write_sketches()
