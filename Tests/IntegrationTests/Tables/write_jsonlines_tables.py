"""Writes JSON Lines with Python, Polars and DuckDB, and what Python's json module reads in them.

For every file NAME.jsonl there is a NAME.jsonl.expected in the form that TableRendering.swift describes; numbers are
their text as it is written, strings their characters, and arrays their JSON.

usage: write_jsonlines_tables.py FOLDER
"""

import datetime
import json
import random
import sys

import duckdb
import polars

from table_rendering import quoted

FOLDER = sys.argv[1]
DICE = random.Random(20240609)
TEXTS = ["", "a", "Zürich", "日本", "\U0001f600", "x" * 60, 'q"\\\n\t\x01/', "a.b", "{}", "[1, 2]", "null", "\x7f\u2028"]


class Number(str):
    """A number as it is written."""


def values_of(row, path=()):
    """All values by their paths, objects before what is in them."""
    for key, inner in row.items():
        yield ".".join((*path, key)), inner
        if isinstance(inner, dict):
            yield from values_of(inner, (*path, key))


def render(value, separators):
    if value is None:
        return "null"
    if isinstance(value, (list, dict)):
        return quoted(json.dumps(value, separators=separators, ensure_ascii=False))
    if isinstance(value, bool):
        return quoted("true" if value else "false")
    return quoted(value)


def expect(path, separators=(",", ":")):
    with open(path, encoding="utf-8", newline="\n") as file:
        rows = [dict(values_of(json.loads(line, parse_int=Number, parse_float=Number))) for line in file if line.strip()]
    plain = [dict(values_of(json.loads(line))) for line in open(path, encoding="utf-8", newline="\n") if line.strip()]
    # A path that holds objects is a column only when it holds other values, too.
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [
        name for name in names
        if any(row.get(name) is not None and not isinstance(row[name], dict) for row in rows)
        or not any(row.get(name) for row in rows)]
    with open(path + ".expected", "w", encoding="utf-8", newline="\n") as output:
        for name in columns:
            output.write(f"column {name} value\n")
            for row, values in zip(rows, plain):
                value = row.get(name)
                output.write(render(values[name] if isinstance(value, (list, dict)) else value, separators) + "\n")


def value():
    return DICE.choice([
        None, True, False, DICE.randrange(-(10**20), 10**20), DICE.gauss(0, 1e10), 5e-324, 1e300, DICE.choice(TEXTS),
        [1, "a", None, DICE.choice(TEXTS)], [], {"x": DICE.choice(TEXTS), "deep": {"y": DICE.randrange(9)}}, {}])


def with_python():
    for ascii_only in (True, False):
        for separators in ((", ", ": "), (",", ":")):
            for shape in ("fixed", "missing", "shuffled", "mixed"):
                path = f"{FOLDER}/python-{ascii_only}-{len(separators[0])}-{shape}.jsonl"
                with open(path, "w", encoding="utf-8", newline="\n") as file:
                    for index in range(3000):
                        row = {f"k{column}": DICE.choice(TEXTS) if column % 2 else index * column for column in range(8)}
                        row["o"] = {"x": DICE.choice(TEXTS), "deep": {"y": index, "a b": DICE.random()}}
                        if shape == "mixed":
                            row = {f"k{column}": value() for column in range(6)}
                        keys = [key for key in row if shape != "missing" or DICE.random() < 0.7]
                        if shape == "shuffled":
                            DICE.shuffle(keys)
                        text = json.dumps({key: row[key] for key in keys}, ensure_ascii=ascii_only, separators=separators)
                        # Escapes inside of nested values stay as they are written, and Python forgets how that was.
                        file.write(text + "\n" * DICE.choice([1, 1, 1, 2]))
                if shape != "mixed" or not ascii_only:
                    expect(path, separators)
                else:
                    expect_without_nesting(path)


def expect_without_nesting(path):
    """Leaves arrays and objects out: the file is written anew without them."""
    rows = [json.loads(line) for line in open(path, encoding="utf-8", newline="\n") if line.strip()]
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps({k: v for k, v in row.items() if not isinstance(v, (list, dict))}) + "\n")
    expect(path)


def frame():
    rows = 5000
    return polars.DataFrame({
        "id": range(rows),
        "number": [DICE.gauss(0, 1) if index % 6 else None for index in range(rows)],
        "flag": [index % 3 == 0 if index % 4 else None for index in range(rows)],
        "text": [DICE.choice(TEXTS) if index % 5 else None for index in range(rows)],
        "day": [datetime.date(2020, 1, 1) + datetime.timedelta(index) for index in range(rows)],
        "stamp": [datetime.datetime(2020, 1, 1, 1, 2, 3, index) for index in range(rows)],
        "list": [[index, None] if index % 3 else [] for index in range(rows)],
        "record": [{"a": index, "b": {"c": str(index) if index % 2 else None}} for index in range(rows)],
    })


def with_libraries():
    table = frame()
    for rows in (1, 7, 5000):
        path = f"{FOLDER}/polars-{rows}.jsonl"
        table.head(rows).write_ndjson(path)
        expect(path)
        path = f"{FOLDER}/duckdb-{rows}.jsonl"
        head = table.head(rows)
        duckdb.sql("SELECT * FROM head").query("t", f"COPY (SELECT * FROM t) TO '{path}' (FORMAT json)")
        expect(path)
    for seed in range(20):
        path = f"{FOLDER}/random-{seed}.jsonl"
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            for _ in range(400):
                row = {DICE.choice("abcdef"): value() for _ in range(5)}
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
                file.write(line + DICE.choice(["\n", "\r\n", "\n \n"]))
        expect(path)


with_python()
with_libraries()
