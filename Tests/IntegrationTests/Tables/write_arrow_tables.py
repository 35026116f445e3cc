"""Writes Arrow files and streams of every kind with pyarrow and Polars, and what pyarrow reads in them.

For every table NAME there is a NAME.expected in the form that TableRendering.swift describes. Files end in .arrow,
streams in .arrows, compressed streams in .arrows.gz and .arrows.zst.

usage: write_arrow_tables.py FOLDER
"""

import datetime
import decimal
import gzip
import itertools
import math
import random
import sys

import polars
import pyarrow as pa

from table_rendering import render

FOLDER = sys.argv[1]
DICE = random.Random(20240608)


def expect(path, table):
    with open(path + ".expected", "w", encoding="utf-8") as output:
        output.writelines(line + "\n" for line in render(table))


def text():
    return DICE.choice(["", "a", "Zürich", "日本", "\U0001f600", "x" * DICE.randrange(40), 'q"\\\n\x01', "twelve bytes"])


def blob():
    return DICE.randbytes(DICE.randrange(20))


def whole(bits, signed):
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    return lambda: DICE.choice([low, high, 0, 1, DICE.randint(low, high)])


def number(*special):
    return lambda: DICE.choice([0.0, -0.0, math.nan, math.inf, -math.inf, 1.5, -2.25, 65504.0, *special])


def exact(precision, scale):
    def make():
        digits = DICE.randrange(10 ** DICE.randint(1, precision)) * DICE.choice([-1, 1])
        return decimal.Decimal(digits).scaleb(-scale, decimal.Context(prec=80))
    return make


def moment(low, high):
    return lambda: DICE.choice([low, high, 0, DICE.randint(low, high)])


def kinds():
    """Every type with values for it."""
    units = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
    yield pa.null(), lambda: None
    yield pa.bool_(), lambda: DICE.random() < 0.5
    for bits, signed in itertools.product((8, 16, 32, 64), (True, False)):
        yield getattr(pa, f"{'' if signed else 'u'}int{bits}")(), whole(bits, signed)
    yield pa.float16(), number(2.0**-24)
    yield pa.float32(), number(2.0**-149, 16777216.0)
    yield pa.float64(), number(0.1, 5e-324, 1.7976931348623157e308)
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        yield kind, text
    for kind in (pa.binary(), pa.large_binary(), pa.binary_view()):
        yield kind, blob
    yield pa.binary(3), lambda: DICE.randbytes(3)
    yield pa.uuid(), lambda: DICE.randbytes(16)
    for make, precision, scale in (
            (pa.decimal32, 9, 2), (pa.decimal64, 18, 0), (pa.decimal128, 10, 3), (pa.decimal128, 38, 38),
            (pa.decimal128, 38, 0), (pa.decimal256, 76, 10), (pa.decimal256, 50, 50)):
        yield make(precision, scale), exact(precision, scale)
    yield pa.date32(), moment(-700_000, 2_900_000)
    yield pa.date64(), lambda: DICE.randint(-700_000, 2_900_000) * 86_400_000
    for unit, per_second in units.items():
        kind = pa.time32(unit) if unit in ("s", "ms") else pa.time64(unit)
        yield kind, moment(0, 86_400 * per_second - 1)
        limit = min(2**62, 60_000_000_000 * per_second)
        yield pa.timestamp(unit), moment(-limit, limit)
        yield pa.timestamp(unit, "Europe/Zurich"), moment(-limit, limit)
        yield pa.duration(unit), moment(-limit, limit)


def array(kind, make, count, nulls):
    values = [None if nulls == "all" or (nulls == "some" and DICE.random() < 0.3) else make() for _ in range(count)]
    integers = pa.types.is_temporal(kind)
    if isinstance(kind, pa.BaseExtensionType):
        return pa.ExtensionArray.from_storage(kind, pa.array(values, kind.storage_type))
    if integers and not pa.types.is_date64(kind):
        small = pa.types.is_date32(kind) or pa.types.is_time32(kind)
        return pa.array(values, pa.int32() if small else pa.int64()).view(kind)
    if pa.types.is_date64(kind):
        return pa.array(values, pa.int64()).view(kind)
    return pa.array(values, kind)


def flat(count, nulls):
    names, arrays = [], []
    for kind, make in kinds():
        names.append(f"{len(names)} {kind}".replace(".", "_"))
        arrays.append(array(kind, make, count, nulls))
    return pa.table(arrays, names)


def lists(values, kind, length=None):
    """Lists of an array's values, some of them null."""
    if length is not None:
        values = values.slice(0, len(values) // length * length)
        mask = pa.array([DICE.random() < 0.2 for _ in range(len(values) // length)])
        return pa.FixedSizeListArray.from_arrays(values, length, mask=mask)
    offsets, at = [], 0
    while at < len(values) and len(offsets) < 300:
        offsets.append(at)
        at = min(len(values), at + DICE.randrange(4))
    offsets.append(at)
    mask = pa.array([DICE.random() < 0.2 for _ in range(len(offsets) - 1)])
    return kind.from_arrays(pa.array(offsets, pa.int64() if kind is pa.LargeListArray else pa.int32()), values, mask=mask)


def inside(kind):
    """What is rendered as Python renders it, too: inside of JSON, years beyond 9999 have no agreed form."""
    return not (pa.types.is_temporal(kind) and not pa.types.is_time(kind) and not pa.types.is_duration(kind)) and not (
        pa.types.is_floating(kind))


def nested():
    """Lists, maps and structs of every type."""
    tables = []
    for kind, make in kinds():
        if not inside(kind) or pa.types.is_null(kind):
            continue
        values = array(kind, make, 700, "some")
        for made in (lists(values, pa.ListArray), lists(values, pa.LargeListArray), lists(values, None, 3)):
            tables.append(pa.table({"list": made}))
        parts = pa.StructArray.from_arrays([values, array(pa.string(), text, 700, "some")], ["a", "b c"],
                                           mask=pa.array([DICE.random() < 0.2 for _ in range(700)]))
        outer = pa.StructArray.from_arrays([parts, values], ["inner", "v"],
                                           mask=pa.array([DICE.random() < 0.2 for _ in range(700)]))
        tables.append(pa.table({"record": parts, "outer": outer}))
        tables.append(pa.table({"records": lists(parts, pa.ListArray)}))
        tables.append(pa.table({"deep": lists(lists(values, pa.ListArray), pa.ListArray)}))
    maps = [None if DICE.random() < 0.2 else [(text() + str(i), i) for i in range(DICE.randrange(4))] for _ in range(200)]
    tables.append(pa.table({
        "text": pa.array(maps, pa.map_(pa.string(), pa.int64())),
        "whole": pa.array([entry and [(i, str(key)) for key, i in entry] for entry in maps],
                          pa.map_(pa.int32(), pa.string())),
        "lists": pa.array([entry and [(key, [i, None]) for key, i in entry] for entry in maps],
                          pa.map_(pa.large_string(), pa.list_(pa.int8()))),
        "plain": [1] * 200,
    }))
    dates = [datetime.date(1970, 1, 1) + datetime.timedelta(DICE.randint(-100_000, 100_000)) for _ in range(200)]
    stamps = [datetime.datetime(2020, 1, 1) + datetime.timedelta(microseconds=DICE.randint(-(10**15), 10**15))
              for _ in range(200)]
    tables.append(pa.table({
        "dates": pa.array([[day, None] for day in dates], pa.list_(pa.date32())),
        "whole days": pa.array([[day] for day in dates], pa.list_(pa.date64())),
        "stamps": pa.array([[stamp] for stamp in stamps], pa.list_(pa.timestamp("us"))),
        "zoned": pa.array([[stamp] for stamp in stamps], pa.list_(pa.timestamp("ns", "UTC"))),
        "numbers": pa.array([[DICE.uniform(-1000, 1000), math.nan, math.inf, None]] * 200, pa.list_(pa.float64())),
        "nothing": pa.array([[None, None]] * 200, pa.list_(pa.null())),
        "empty": pa.array([{}] * 200, pa.struct([])),
    }))
    return tables


def coded():
    """Dictionaries of texts and of numbers, with every type of index, and inside lists."""
    names, arrays = [], []
    for index in (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()):
        for values in (["a", "é", None, "日本"], [1.5, None, math.inf], [1, 2, 3], [b"a", b"\xff"], [True, None],
                       [[1, None], None, []], [{"a": 1}]):
            codes = pa.array([None if DICE.random() < 0.2 else DICE.randrange(len(values)) for _ in range(500)], index)
            names.append(f"c{len(names)}")
            arrays.append(pa.DictionaryArray.from_arrays(codes, pa.array(values)))
    names += ["list", "record"]
    codes = pa.DictionaryArray.from_arrays(pa.array([DICE.randrange(2) for _ in range(1000)], pa.int8()), ["x", "y"])
    arrays += [pa.FixedSizeListArray.from_arrays(codes, 2), pa.StructArray.from_arrays([codes.slice(7, 500)], ["code"])]
    return pa.table(arrays, names)


def unread():
    """Types that are not read stand between others that are."""
    count = pa.array(range(60))
    tags = pa.array([index % 2 for index in range(60)], pa.int8())
    sparse = pa.UnionArray.from_sparse(tags, [count, pa.array(["x"] * 60)])
    dense = pa.UnionArray.from_dense(tags, pa.array([index // 2 for index in range(60)], pa.int32()),
                                     [pa.array(range(30)), pa.array(["x"] * 30)])
    intervals = pa.array([(1, 2, 3)] * 60, pa.month_day_nano_interval())
    arrays = []
    for odd in (sparse, dense, intervals, pa.FixedSizeListArray.from_arrays(pa.array([(1, 2, 3)] * 120, pa.month_day_nano_interval()), 2)):
        arrays += [odd, count, pa.array(["a long text, so that views need a buffer"] * 60, pa.string_view())]
    return pa.table(arrays, [f"c{index}" for index in range(len(arrays))])


def runs(values, bits):
    """An array whose values go on for some rows each, in indices of so many bits."""
    ends = list(itertools.accumulate(DICE.randint(1, 9) for _ in range(len(values))))
    return pa.RunEndEncodedArray.from_arrays(pa.array(ends, getattr(pa, f"int{bits}")()), values)


def views(values, kind):
    """Lists that overlap, stand in any order and leave values out, some of them null."""
    starts = [DICE.randrange(len(values)) for _ in range(300)]
    sizes = [min(DICE.randrange(5), len(values) - start) for start in starts]
    index = pa.int64() if kind is pa.LargeListViewArray else pa.int32()
    mask = pa.array([DICE.random() < 0.2 for _ in range(300)])
    return kind.from_arrays(pa.array(starts, index), pa.array(sizes, index), values, mask=mask)


def shared():
    """Runs of equal values and views of lists, of every type that has them, and inside of others."""
    tables = []
    for kind, make in kinds():
        # pyarrow makes no runs of these.
        if isinstance(kind, pa.BaseExtensionType) or pa.types.is_null(kind):
            continue
        for bits in (16, 32, 64):
            encoded = runs(array(kind, make, 200, "some"), bits)
            tables.append(pa.table({"runs": encoded}))
        if inside(kind):
            values = array(kind, make, 700, "some")
            tables.append(pa.table({"views": views(values, pa.ListViewArray), "large": views(values, pa.LargeListViewArray)}))
    words = pa.DictionaryArray.from_arrays(pa.array([DICE.randrange(2) for _ in range(400)], pa.int8()), ["x", "y"])
    coded_runs = runs(words, 32)
    tables += [
        pa.table({"coded": coded_runs}), pa.table({"lists": runs(lists(pa.array(range(400)), pa.ListArray), 32)}),
        pa.table({"views of views": views(views(pa.array(range(400)), pa.ListViewArray), pa.ListViewArray)}),
        pa.table({"record": pa.StructArray.from_arrays([coded_runs, pa.array(range(len(coded_runs)))], ["runs", "id"])}),
        pa.table({"list of runs": pa.ListArray.from_arrays(pa.array(range(0, len(coded_runs), 3), pa.int32()), coded_runs)}),
    ]
    return tables


def large():
    rows = 300_000
    return pa.table({
        "id": pa.array(range(rows)),
        "score": pa.array([DICE.random() for _ in range(rows)]),
        "flag": pa.array([None if index % 7 == 0 else index % 3 == 0 for index in range(rows)]),
        "city": pa.array([None if index % 11 == 0 else f"city {index % 15}" for index in range(rows)]),
        "mail": pa.array([f"user{index}@example.com" for index in range(rows)], pa.string_view()),
        "list": pa.array([[index, None] for index in range(rows)], pa.list_(pa.int32())),
    })


def write(name, table, streams=True):
    """A file and a stream of a table, in every compression, whole and in batches of odd sizes."""
    for codec, size in itertools.product((None, "lz4", "zstd"), (None, 61) if len(table) < 5000 else (None, 70_001)):
        options = pa.ipc.IpcWriteOptions(compression=codec)
        stem = f"{FOLDER}/{name}-{codec or 'plain'}-{size or 'whole'}"
        for suffix, writer in ((".arrow", pa.ipc.new_file), (".arrows", pa.ipc.new_stream)):
            if suffix == ".arrows" and not streams:
                continue
            with writer(stem + suffix, table.schema, options=options) as output:
                output.write_table(table, max_chunksize=size)
            opened = pa.ipc.open_file if suffix == ".arrow" else pa.ipc.open_stream
            expect(stem + suffix, opened(stem + suffix).read_all())


def growing():
    """Streams whose dictionaries grow, or change, from batch to batch; older forms of messages."""
    for deltas in (True, False):
        path = f"{FOLDER}/growing-{deltas}.arrows"
        schema = pa.schema([("c", pa.dictionary(pa.int8(), pa.string())), ("l", pa.list_(pa.dictionary(pa.int8(), pa.string())))])
        words, batches = ["a", "b"], []
        for step in range(5):
            words = words + [f"w{step}"] if deltas else [f"{step} {word}" for word in words]
            codes = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, len(words) - 1], pa.int8()), words)
            batches.append(pa.record_batch([codes, pa.ListArray.from_arrays([0, 1, 1, 3, 4], codes)], schema=schema))
        with pa.ipc.new_stream(path, schema, options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=deltas)) as output:
            for batch in batches:
                output.write_batch(batch)
        expect(path, pa.ipc.open_stream(path).read_all())
    table = flat(50, "some").select([3, 12, 14])
    for legacy, version in ((True, pa.ipc.MetadataVersion.V5), (True, pa.ipc.MetadataVersion.V4)):
        options = pa.ipc.IpcWriteOptions(use_legacy_format=legacy, metadata_version=version)
        for suffix, writer in ((".arrow", pa.ipc.new_file), (".arrows", pa.ipc.new_stream)):
            path = f"{FOLDER}/legacy-{version.name}{suffix}"
            with writer(path, table.schema, options=options) as output:
                output.write_table(table)
            expect(path, table)


def compressed():
    """Streams inside of gzip and zstd."""
    table = flat(3000, "some")
    plain = pa.BufferOutputStream()
    with pa.ipc.new_stream(plain, table.schema) as output:
        output.write_table(table, max_chunksize=500)
    content = plain.getvalue().to_pybytes()
    half = len(content) // 2
    with open(f"{FOLDER}/members.arrows.gz", "wb") as file:
        file.write(gzip.compress(content[:half]) + gzip.compress(content[half:]))
    codec = pa.Codec("zstd")
    with open(f"{FOLDER}/frames.arrows.zst", "wb") as file:
        skipped = b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip"
        file.write(codec.compress(content[:half]).to_pybytes() + skipped + codec.compress(content[half:]).to_pybytes())
    for name in ("members.arrows.gz", "frames.arrows.zst"):
        expect(f"{FOLDER}/{name}", table)


def with_polars():
    frame = polars.from_arrow(large().slice(0, 4000)).with_columns(
        polars.col("city").cast(polars.Categorical).alias("category"),
        polars.col("id").cast(polars.Int128).cast(polars.Decimal(30, 2)).alias("price"))
    for codec, level in itertools.product(("uncompressed", "lz4", "zstd"), ("newest", "oldest")):
        for suffix, write_frame in ((".arrow", frame.write_ipc), (".arrows", frame.write_ipc_stream)):
            path = f"{FOLDER}/polars-{codec}-{level}{suffix}"
            write_frame(path, compression=codec, compat_level=getattr(polars.CompatLevel, level)())
            expect(path, (pa.ipc.open_file if suffix == ".arrow" else pa.ipc.open_stream)(path).read_all())


for nulls in ("none", "some", "all"):
    write(f"flat-{nulls}", flat(300, nulls))
write("flat-empty", flat(0, "none"))
for number_of, table in enumerate(nested()):
    write(f"nested-{number_of}", table, streams=number_of % 10 == 0)
write("coded", coded())
write("unread", unread())
write("large", large())
for number_of, table in enumerate(shared()):
    write(f"shared-{number_of}", table, streams=number_of % 10 == 0)
steps = runs(pa.array([None if index % 5 == 0 else index for index in range(60_000)]), 32)
write("long-runs", pa.table({"runs": steps, "id": pa.array(range(len(steps)))}))
growing()
compressed()
with_polars()
