#!/usr/bin/env python3
"""Times whole gates as processes: Cupel and its peer in turn, so that a noisy machine hits both alike."""

import pathlib
import tempfile

import harness

FLIGHTS = harness.ROOT / "fixtures" / "flights"

PEER = """
import sys
import pandera.polars as pa
import polars as pl

CARRIERS = "9E AA AS B6 DL EV F9 FL HA MQ OO UA US VX WN YV".split()
schema = pa.DataFrameSchema({
    "flight_id": pa.Column(str, pa.Check.str_length(15, 30), unique=True),
    "month": pa.Column(int, pa.Check.in_range(1, 12)),
    "sched_dep_time": pa.Column(int, pa.Check.in_range(0, 2359)),
    "carrier": pa.Column(str, pa.Check.isin(CARRIERS)),
    "tailnum": pa.Column(str, pa.Check.str_matches("^N[0-9A-Z]{1,5}$"), nullable=True),
    "origin": pa.Column(str, pa.Check.isin(["EWR", "JFK", "LGA"])),
    "distance": pa.Column(int, pa.Check.in_range(0, 6000)),
    "hour": pa.Column(int, pa.Check.in_range(0, 23)),
    "minute": pa.Column(int, pa.Check.in_range(0, 59)),
})
schema.validate(pl.read_csv(sys.argv[1]), lazy=True)
"""

RULES = """
columns:
  flight_id: {type: string, required: true, unique: true, length: {between: [15, 30]}}
  month: {type: integer, required: true, between: [1, 12]}
  sched_dep_time: {type: integer, required: true, between: [0, 2359]}
  carrier: {type: string, required: true, in: [9E, AA, AS, B6, DL, EV, F9, FL, HA, MQ, OO, UA, US, VX, WN, YV]}
  tailnum: {matches: "N[0-9A-Z]{1,5}"}
  origin: {type: string, required: true, in: [EWR, JFK, LGA]}
  distance: {type: integer, required: true, between: [0, 6000]}
  hour: {type: integer, required: true, between: [0, 23]}
  minute: {type: integer, required: true, between: [0, 59]}
"""

SMALL_GATE = """
version: 1
data:
  flights:
    source: small.csv
    rules: rules.yaml
models:
  delay:
    candidate: {metrics: candidate.json}
    baseline: {metrics: champion.json}
    gates:
      - {metric: roc_auc, max_regression: 0.005 absolute}
      - {metric: log_loss, max_regression: 1% relative}
"""


def prepare(folder: pathlib.Path) -> None:
    """The inputs of every command in one folder."""
    lines = (FLIGHTS / "data" / "flights.csv").read_text().splitlines(keepends=True)
    (folder / "flights.csv").write_text("".join(lines))
    (folder / "small.csv").write_text("".join(lines[:1001]))
    (folder / "rules.yaml").write_text(RULES)
    (folder / "cupel.yaml").write_text(SMALL_GATE)
    (folder / "peer.py").write_text(PEER)
    for name in ("candidate", "champion"):
        (folder / f"{name}.json").write_text((FLIGHTS / "models" / "metrics" / f"{name}.json").read_text())


def main() -> None:
    options = harness.arguments(__doc__, runs=20).parse_args()
    ours, theirs = "cupel: 9 columns of 19,500 flights", "pandera on polars: the same 9 columns"
    commands = {
        "cupel: gate on 1,000 rows and two metrics files": [options.cupel, "run"],
        ours: [options.cupel, "data", "check", "flights.csv", "--rules", "rules.yaml"],
        theirs: [harness.peer_python(), "peer.py", "flights.csv"],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(folder)
        results = harness.in_turn(commands, options.runs, cwd=folder)
    medians = harness.medians(results)
    print(f"ratio of the medians on the same checks: {medians[theirs]['seconds'] / medians[ours]['seconds']:.0f}")
    harness.save(options, f"gate.py --runs {options.runs}", results, medians=medians)


if __name__ == "__main__":
    main()
