#!/usr/bin/env python3
"""Measures the memory of scans that are larger than it: tables of any size, written into a pipe while they are read."""

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
FAILED, ERRORED = 1, 3

KEYS = "columns: {key: {unique: true}}"
WIDE = "columns: {c0: {required: true}, c9: {type: integer}}"


@dataclasses.dataclass
class Case:
    """One measured process: its command, and the kind and amount of the table that is written to its standard input."""

    command: list[str]
    kind: str | None = None
    amount: int = 0
    code: int = 0


def sizes(text: str) -> list[float]:
    return [float(part) for part in text.split(",") if part]


def cases(options, folder: pathlib.Path) -> dict[str, Case]:
    """All cases by their labels."""

    def check(file: str, rules: str, *more: str) -> list[str]:
        path = folder / {scan.RULES: "table.yaml", KEYS: "keys.yaml", WIDE: "wide.yaml"}[rules]
        path.write_text(rules)
        return [options.cupel, "data", "check", file, "--rules", str(path), *more]

    profile = ("--profile", str(folder / "profile.json"))
    whole = check("-", scan.RULES, *profile)
    found: dict[str, Case] = {}
    for kind in FORMATS[:-1]:
        title = "one record batch of arrow" if kind == "batch" else kind
        for size in getattr(options, kind):
            found[f"{title}, {size:g} GB: eleven checks and profile"] = Case(whole, kind, int(size * 1e9))
    for size in options.parquet:
        pattern, total = links(options.reference, size, folder / f"parquet-{size:g}")
        command = check(pattern, scan.RULES, *profile)
        # Every file has the same ids.
        found[f"parquet, {total / 1e9:.1f} GB: eleven checks and profile"] = Case(command, code=FAILED)
    for memory in ("256MB", "64MB"):
        command = check("-", KEYS, "--max-memory", memory)
        found[f"{options.keys:,} distinct strings, --max-memory {memory}: unique"] = Case(command, "keys", options.keys)
    found[f"{options.columns:,} columns: two checks"] = Case(check("-", WIDE), "wide", options.columns)
    command, amount = check("-", WIDE), int(options.line * 1e9)
    found[f"a line of {options.line:g} GB: an error"] = Case(command, "line", amount, code=ERRORED)
    return found


def links(reference: pathlib.Path, gigabytes: float, folder: pathlib.Path) -> tuple[str, int]:
    """A dataset of so many names for the one file that it is as large; its pattern, and its size."""
    folder.mkdir()
    size = reference.stat().st_size
    count = max(2, round(gigabytes * 1e9 / size))
    for index in range(count):
        (folder / f"part-{index:04}.parquet").symlink_to(reference.absolute())
    return str(folder / "part-*.parquet"), count * size


def measure(case: Case) -> harness.Run:
    if case.kind is None:
        return harness.measure(case.command, case.code)
    writer = [harness.peer_python(), str(harness.HERE / "table_stream.py"), case.kind, str(case.amount)]
    with subprocess.Popen(writer, stdout=subprocess.PIPE) as process:
        # The clock begins with the first bytes.
        select.select([process.stdout], [], [])
        run = harness.measure(case.command, case.code, stdin=process.stdout)
        process.stdout.close()
    return run


def main() -> None:
    parser = harness.arguments(__doc__, runs=1)
    for kind in FORMATS:
        parser.add_argument(f"--{kind}", type=sizes, default=[0.2], metavar="GB,GB…", help=f"sizes of {kind}")
    parser.add_argument("--reference", type=pathlib.Path, help="the reference table as Parquet; without it no Parquet")
    parser.add_argument("--keys", type=int, default=2_000_000, help="how many distinct strings")
    parser.add_argument("--columns", type=int, default=10_000)
    parser.add_argument("--line", type=float, default=0.2, help="how long a line, in GB")
    options = parser.parse_args()
    if options.reference is None:
        options.parquet = []
    results: dict[str, list[harness.Run]] = {}
    with tempfile.TemporaryDirectory() as name:
        for label, case in cases(options, pathlib.Path(name)).items():
            results[label] = [measure(case) for _ in range(options.runs)]
            print(f"{results[label][-1]['megabytes']:7.0f} MB  {label}", flush=True)
    medians = harness.medians(results)
    over = [label for label, median in medians.items() if median["megabytes"] > LIMIT_MEGABYTES]
    print(f"over {LIMIT_MEGABYTES} MB: {'; '.join(over) or 'none'}")
    amounts = {kind: ",".join(f"{size:g}" for size in getattr(options, kind)) for kind in FORMATS}
    amounts |= {"keys": options.keys, "columns": options.columns, "line": f"{options.line:g}", "runs": options.runs}
    command = " ".join(["memory.py"] + [f"--{name} {amount}" for name, amount in amounts.items() if amount])
    harness.save(options, command, results, medians=medians)


if __name__ == "__main__":
    main()
