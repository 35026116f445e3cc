#!/usr/bin/env python3
"""Measures the memory of scans that are larger than it: tables of any size, written into a pipe while they are read.

Parquet is read from its end, so it is one file, written into a temporary folder and deleted when it is measured.
"""

import dataclasses
import os
import pathlib
import select
import subprocess
import tempfile

import harness
import scan

FORMATS = ("csv", "jsonl", "arrow", "batch", "parquet")
LIMIT_MEGABYTES = 300
ERRORED = 3

# Without the uniqueness of the ids, whose state grows up to --max-memory by right: it has cases of its own.
TABLE = scan.RULES.replace(", unique: true", "")
KEYS = "columns: {key: {unique: true}}"
WIDE = "columns: {c0: {required: true}, c9: {type: integer}}"


@dataclasses.dataclass
class Case:
    """One measured process: its command, and the kind and amount of the table that is written to its standard input, or
    to a file first."""

    command: list[str]
    kind: str
    amount: int
    code: int = 0
    file: pathlib.Path | None = None


def sizes(text: str) -> list[float]:
    return [float(part) for part in text.split(",") if part]


def cases(options, folder: pathlib.Path) -> dict[str, Case]:
    """All cases by their labels."""

    def check(file: str, rules: str, *more: str) -> list[str]:
        path = folder / {TABLE: "table.yaml", KEYS: "keys.yaml", WIDE: "wide.yaml"}[rules]
        path.write_text(rules)
        return [options.cupel, "data", "check", file, "--rules", str(path), *more]

    profile = ("--profile", str(folder / "profile.json"))
    whole = check("-", TABLE, *profile)
    found: dict[str, Case] = {}
    for kind in FORMATS[:-1]:
        for size in getattr(options, kind):
            found[label(kind, size)] = Case(whole, kind, int(size * 1e9))
    for size in options.parquet:
        file = folder / "table.parquet"
        command = check(str(file), TABLE, *profile)
        found[label("parquet", size)] = Case(command, "parquet", int(size * 1e9), file=file)
    for memory in ("256MB", "64MB"):
        command = check("-", KEYS, "--max-memory", memory)
        found[f"{options.keys:,} distinct strings, --max-memory {memory}: unique"] = Case(command, "keys", options.keys)
    found[f"{options.columns:,} columns: two checks"] = Case(check("-", WIDE), "wide", options.columns)
    command, amount = check("-", WIDE), int(options.line * 1e9)
    found[f"a line of {options.line:g} GB: an error"] = Case(command, "line", amount, code=ERRORED)
    return found


def measure(case: Case) -> harness.Run:
    writer = [harness.peer_python(), str(harness.HERE / "table_stream.py"), case.kind, str(case.amount)]
    if case.file:
        with open(case.file, "wb") as file:
            subprocess.run(writer, stdout=file, check=True)
        run = harness.measure(case.command, case.code)
        case.file.unlink()
        return run
    with subprocess.Popen(writer, stdout=subprocess.PIPE) as process:
        # The clock begins with the first bytes.
        select.select([process.stdout], [], [])
        run = harness.measure(case.command, case.code, stdin=process.stdout)
        process.stdout.close()
    return run


def growths(options, medians: dict[str, harness.Run]) -> dict[str, float]:
    """By how much the peak grows from the smallest to the largest table of a format: about nothing where it is flat."""
    grown: dict[str, float] = {}
    for kind in FORMATS:
        amounts = sorted(getattr(options, kind))
        peaks = [medians[label(kind, size)]["megabytes"] for size in amounts]
        if len(peaks) > 1:
            grown[kind] = round(peaks[-1] / peaks[0] - 1, 3)
    return grown


def label(kind: str, size: float) -> str:
    title = "one record batch of arrow" if kind == "batch" else kind
    return f"{title}, {size:g} GB: ten checks and profile"


def main() -> None:
    parser = harness.arguments(__doc__, runs=1)
    for kind in FORMATS:
        parser.add_argument(f"--{kind}", type=sizes, default=[0.2], metavar="GB,GB…", help=f"sizes of {kind}")
    parser.add_argument("--folder", type=pathlib.Path, help="where Parquet files are written, one at a time")
    parser.add_argument("--keys", type=int, default=2_000_000, help="how many distinct strings")
    parser.add_argument("--columns", type=int, default=10_000)
    parser.add_argument("--line", type=float, default=0.2, help="how long a line, in GB")
    options = parser.parse_args()
    results: dict[str, list[harness.Run]] = {}
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        for title, case in cases(options, pathlib.Path(name)).items():
            results[title] = [measure(case) for _ in range(options.runs)]
            print(f"{results[title][-1]['megabytes']:7.0f} MB  {title}", flush=True)
    medians = harness.medians(results)
    over = [title for title, median in medians.items() if median["megabytes"] > LIMIT_MEGABYTES]
    print(f"over {LIMIT_MEGABYTES} MB: {'; '.join(over) or 'none'}")
    grown = growths(options, medians)
    for title, growth in grown.items():
        print(f"{growth:+7.1%} from the smallest {title} to the largest")
    amounts = {kind: ",".join(f"{size:g}" for size in getattr(options, kind)) for kind in FORMATS}
    amounts |= {"keys": options.keys, "columns": options.columns, "line": f"{options.line:g}", "runs": options.runs}
    command = " ".join(["memory.py"] + [f"--{name} {amount}" for name, amount in amounts.items() if amount])
    harness.save(options, command, results, medians=medians, growth=grown)


if __name__ == "__main__":
    main()
