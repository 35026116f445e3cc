"""Writes a table of any size to standard output: table_stream.py KIND AMOUNT.

csv, jsonl and arrow are blocks of the reference table, of which every row has an id of its own, AMOUNT bytes or a
little more; parquet is the same in row groups of a million rows; batch is one record batch of Arrow's, compressed; keys are AMOUNT distinct strings; wide is a
CSV of AMOUNT columns; line is one line of AMOUNT bytes. Of text only the digits that count the blocks are written anew,
so that the writer keeps up with any reader.
"""

import io
import itertools
import signal
import sys

import numpy
import polars
import pyarrow
import pyarrow.ipc
import pyarrow.parquet

import reference_table

ROWS = 200_000
# How many blocks are a row group.
GROUP = 5


def block_ids(number: int) -> pyarrow.Array:
    """A 1, the number of the block in four digits, and that of the row in six."""
    first = (10_000 + number) * 1_000_000
    return pyarrow.array(numpy.arange(first, first + ROWS, dtype="int64"))


def reference_block() -> pyarrow.Table:
    return reference_table.block(0, ROWS, 5_000_000).set_column(0, "id", block_ids(0))


def write_counted(out, text: bytes, places: numpy.ndarray, amount: int) -> None:
    """Writes the text until it is `amount` bytes, each time with the block's number in four digits at all places."""
    block = numpy.frombuffer(bytearray(text), dtype="uint8")
    for number in itertools.count():
        for index, digit in enumerate(f"{number:04}"):
            block[places + index] = ord(digit)
        out.write(block)
        amount -= len(block)
        if amount <= 0:
            return


def write_csv(out, amount: int) -> None:
    rows = io.BytesIO()
    polars.from_arrow(reference_block()).write_csv(rows)
    header, text = rows.getvalue().split(b"\n", 1)
    out.write(header + b"\n")
    write_counted(out, text, places_after(text, b"\n", 1), amount)


def write_jsonl(out, amount: int) -> None:
    rows = io.BytesIO()
    polars.from_arrow(reference_block()).write_ndjson(rows)
    text = rows.getvalue()
    write_counted(out, text, places_after(text, b"\n", len('{"id":1')), amount)


def places_after(text: bytes, end: bytes, distance: int) -> numpy.ndarray:
    """So many bytes behind the beginning of every line."""
    ends = numpy.flatnonzero(numpy.frombuffer(text, dtype="uint8") == ord(end))
    return numpy.concatenate([[0], ends[:-1] + 1]) + distance


def write_arrow(out, amount: int) -> None:
    table = reference_block()
    with pyarrow.ipc.new_stream(out, table.schema) as writer:
        for number in itertools.count():
            writer.write_table(table.set_column(0, "id", block_ids(number)))
            amount -= table.nbytes
            if amount <= 0:
                return


def write_parquet(out, amount: int) -> None:
    table = reference_block()
    with pyarrow.parquet.ParquetWriter(out, table.schema, compression="snappy") as writer:
        for number in itertools.count(step=GROUP):
            blocks = [table.set_column(0, "id", block_ids(block)) for block in range(number, number + GROUP)]
            writer.write_table(pyarrow.concat_tables(blocks))
            if out.tell() >= amount:
                return


def write_batch(out, amount: int) -> None:
    block = reference_block()
    blocks = [block.set_column(0, "id", block_ids(number)) for number in range(-(-amount // block.nbytes))]
    table = pyarrow.concat_tables(blocks).combine_chunks()
    options = pyarrow.ipc.IpcWriteOptions(compression="zstd")
    with pyarrow.ipc.new_stream(out, table.schema, options=options) as writer:
        writer.write_table(table)


def write_keys(out, amount: int) -> None:
    rows = min(amount, 1_000_000)
    text = b"".join(b"key-0000%06d\n" % row for row in range(rows))
    out.write(b"key\n")
    write_counted(out, text, places_after(text, b"\n", len("key-")), len(text) * amount // rows)


def write_wide(out, amount: int) -> None:
    out.write(",".join(f"c{index}" for index in range(amount)).encode() + b"\n")
    row = ",".join(str(index) for index in range(amount)).encode() + b"\n"
    for _ in range(100):
        out.write(row)


def write_line(out, amount: int) -> None:
    piece = b"x" * (1 << 20)
    for _ in range(-(-amount // len(piece))):
        out.write(piece)


def main() -> None:
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    writers = {
        "csv": write_csv, "jsonl": write_jsonl, "arrow": write_arrow, "parquet": write_parquet, "batch": write_batch,
        "keys": write_keys, "wide": write_wide, "line": write_line,
    }
    writers[sys.argv[1]](sys.stdout.buffer, int(sys.argv[2]))


if __name__ == "__main__":
    main()
