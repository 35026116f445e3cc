#!/usr/bin/env python3
"""Times 1,000 golden rows against the sample endpoint: Cupel beside what people write in Python."""

import os
import pathlib
import socket
import subprocess
import tempfile
import time

import harness

FLIGHTS = harness.ROOT / "fixtures" / "flights"
ROWS = 1000

GATE = """
version: 1
endpoints:
  delay-api:
    url: http://127.0.0.1:{port}
    protocol: open-inference-v2
    model: delay
    checks:
      - golden: {{rows: golden.csv, expect: probability, tolerance: {{absolute: 1e-9}}, key: flight_id}}
"""

PEER = """
import csv
import sys

import requests

address, size = sys.argv[1] + "/v2/models/delay/infer", int(sys.argv[2])
rows = list(csv.DictReader(open("golden.csv")))
types = {"dep_delay": float, "distance": float, "hour": int, "carrier": str, "origin": str}
datatypes = {float: "FP64", int: "INT64", str: "BYTES"}
session = requests.Session()
compared = 0
for start in range(0, len(rows), size):
    batch = rows[start : start + size]
    inputs = [
        {"name": name, "datatype": datatypes[kind], "shape": [len(batch)], "data": [kind(row[name]) for row in batch]}
        for name, kind in types.items()
    ]
    reply = session.post(address, json={"inputs": inputs}, timeout=10)
    reply.raise_for_status()
    scores = next(each["data"] for each in reply.json()["outputs"] if each["name"] == "probability")
    assert len(scores) == len(batch)
    for row, score in zip(batch, scores):
        assert abs(score - float(row["probability"])) <= 1e-9, row
        compared += 1
assert compared == len(rows)
"""


def prepare(folder: pathlib.Path, port: int) -> None:
    """The inputs of every command: the golden rows of the demo, again and again up to their number."""
    header, *rows = (FLIGHTS / "models" / "golden.csv").read_text().splitlines(keepends=True)
    (folder / "golden.csv").write_text(header + "".join((rows * (ROWS // len(rows) + 1))[:ROWS]))
    (folder / "cupel.yaml").write_text(GATE.format(port=port))
    (folder / "peer.py").write_text(PEER)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port: int, server: subprocess.Popen) -> None:
    """Until the server listens."""
    deadline = time.monotonic() + 30
    while server.poll() is None and time.monotonic() < deadline:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise SystemExit("the sample endpoint did not start")


def main() -> None:
    parser = harness.arguments(__doc__, runs=20)
    options = parser.parse_args()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(folder, port)
        python = harness.with_samples(folder, ["requests==2.32.5"], "")
        server = subprocess.Popen(
            [
                os.path.join(os.path.dirname(options.cupel), "cupel-sample-endpoint"),
                *("--model", FLIGHTS / "models" / "champion.model.json", "--port", str(port)),
            ],
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(port, server)
            ours, theirs = "cupel: golden, 1,000 rows", "requests: one request"
            commands = {
                ours: [options.cupel, "run"],
                theirs: [python, "peer.py", address, str(ROWS)],
                "requests: a request for every 100 rows": [python, "peer.py", address, "100"],
            }
            results = harness.in_turn(commands, options.runs, cwd=folder)
        finally:
            server.terminate()
            server.wait()
    medians = harness.medians(results)
    print(f"ratio of the medians, one request each: {medians[theirs]['seconds'] / medians[ours]['seconds']:.1f}")
    harness.save(options, f"endpoint.py --runs {options.runs}", results, medians=medians)


if __name__ == "__main__":
    main()
