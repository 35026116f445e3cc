"""What the benchmarks share: the peers, whole processes measured in turn, and the file of results."""

import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
VENV = HERE / ".venv"
PEERS = ["duckdb==2.0.0", "polars==2.1.0", "pandera[polars]==0.35.0", "pyarrow==26.0.1", "numpy"]

Run = dict[str, float]


def arguments(description: str, runs: int) -> argparse.ArgumentParser:
    """The options of every benchmark."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--runs", type=int, default=runs)
    parser.add_argument("--cupel", type=os.path.abspath, default=str(ROOT / ".build" / "release" / "cupel"))
    parser.add_argument("--output", type=pathlib.Path, help="where the raw results go, as JSON")
    return parser


def peer_python() -> str:
    """The interpreter of a virtual environment with these peers in it."""
    python = VENV / "bin" / "python"
    installed = VENV / "peers"
    wanted = "\n".join(PEERS)
    if not installed.exists() or installed.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=True)
        installed.write_text(wanted)
    return str(python)


def answer(command: list[str]) -> dict:
    """What a process says, as JSON."""
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def with_samples(folder: pathlib.Path, peers: list[str], script: str) -> str:
    """The interpreter with further peers in it, after a script of it has written samples into the folder."""
    python = peer_python()
    subprocess.run([python, "-m", "pip", "install", "--quiet", *peers], check=True)
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([python, "-c", script, folder], check=True)
    return python


def measure(command: list[str], code: int = 0, **options) -> Run:
    """Seconds on the clock, seconds of all cores, and the peak of resident memory in MB of a process with this end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == code, (process.returncode, command)
    return {"seconds": elapsed, "cpu": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1024}


def in_turn(commands: dict[str, list[str]], runs: int, **options) -> dict[str, list[Run]]:
    """Measures the commands one after the other, so many times, so that a noisy machine hits all alike."""
    results: dict[str, list[Run]] = {label: [] for label in commands}
    for _ in range(runs):
        for label, command in commands.items():
            results[label].append(measure(command, **options))
    return results


def medians(results: dict[str, list[Run]]) -> dict[str, Run]:
    """The median of each measure, printed as a table."""
    middle = {
        label: {key: round(statistics.median(each[key] for each in runs), 4) for key in runs[0]}
        for label, runs in results.items()
    }
    for label, median in middle.items():
        print(f"{median['seconds']:9.3f} s {median['cpu']:9.3f} cpu-s {median['megabytes']:7.0f} MB  {label}")
    return middle


def save(options: argparse.Namespace, command: str, results: dict[str, list[Run]], **facts) -> None:
    """Writes the raw results with the command, the machine and all versions, when there is a file for them."""
    if options.output is None:
        return
    versions = subprocess.run([peer_python(), "-m", "pip", "freeze"], capture_output=True, text=True, check=True)
    document = {
        "command": f"Benchmarks/{command}",
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "cupel": subprocess.run([options.cupel, "--version"], capture_output=True, text=True).stdout.strip(),
        "peers": versions.stdout.split(),
        **facts,
        "runs": results,
    }
    options.output.write_text(json.dumps(document, indent=1) + "\n")
