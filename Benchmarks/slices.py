#!/usr/bin/env python3
"""A gate of 5 metrics in 20 slices, with intervals, on a million paired rows beside scikit-learn: slices.py FOLDER.

Ours is the whole process: both Parquet files read, joined by id, sliced and judged. scikit-learn computes the same metrics
of the same slices from memory, with a paired bootstrap of few resamples; what 2,000 resamples would take is extrapolated
from these, and said so in the results.
"""

import pathlib
import sys

from harness import answer, arguments, in_turn, medians, save, with_samples

PEERS = ["scikit-learn==1.9.1", "numpy", "pyarrow==26.0.1"]
METRICS = ["accuracy", "f1", "roc_auc", "log_loss", "brier_score"]
SLICES = 20
RESAMPLES = 2000

SAMPLES = f"""
import sys
import numpy, pyarrow, pyarrow.parquet
folder, rows = sys.argv[1], ROWS
random = numpy.random.default_rng(11)
ids = numpy.arange(rows)
labels = random.random(rows) < 0.2
segments = numpy.array([f"s{{number:02}}" for number in range({SLICES})])[random.integers(0, {SLICES}, rows)]
shared = numpy.where(labels, 0.8, -0.8) + random.normal(size=rows)
for name, noise in (("candidate", 0.5), ("baseline", 0.5)):
    scores = 1 / (1 + numpy.exp(-1.2 * (shared + noise * random.normal(size=rows)) + 1.2))
    order = random.permutation(rows) if name == "baseline" else ids
    table = {{"id": ids[order], "y": labels[order].astype("i8"), "p": scores[order], "segment": segments[order]}}
    pyarrow.parquet.write_table(pyarrow.table(table), f"{{folder}}/{{name}}.parquet")
"""

THEIRS = f"""
import json, sys, time
import numpy, pyarrow.parquet, sklearn.metrics as m
folder, resamples = sys.argv[1], int(sys.argv[2])
mine, theirs = (pyarrow.parquet.read_table(f"{{folder}}/{{name}}.parquet") for name in ("candidate", "baseline"))
theirs = theirs.sort_by("id")
labels, segments = mine["y"].to_numpy(), mine["segment"].to_numpy(zero_copy_only=False)
scores = [table["p"].to_numpy() for table in (mine, theirs)]
functions = {{
    "accuracy": lambda y, p: m.accuracy_score(y, p >= 0.5), "f1": lambda y, p: m.f1_score(y, p >= 0.5),
    "roc_auc": m.roc_auc_score, "log_loss": m.log_loss, "brier_score": m.brier_score_loss,
}}
random = numpy.random.default_rng(3)
parts = [numpy.arange(len(labels))] + [numpy.flatnonzero(segments == name) for name in numpy.unique(segments)]
points, seconds = {{}}, 0.0
for name, function in functions.items():
    difference = lambda rows: function(labels[rows], scores[0][rows]) - function(labels[rows], scores[1][rows])
    points[name] = difference(parts[0])
    for rows in parts:
        start = time.perf_counter()
        replicates = [difference(random.choice(rows, len(rows))) for _ in range(resamples)]
        numpy.quantile(replicates, [0.025, 0.975])
        seconds += time.perf_counter() - start
print(json.dumps({{"seconds": seconds, "points": points}}))
"""

GATE = """
version: 1
models:
  scores:
    task: binary
    label: y
    score: p
    id: id
    candidate: {predictions: candidate.parquet}
    baseline: {predictions: baseline.parquet}
    slices: [segment]
    min_rows: 30
    gates:
"""


def main() -> None:
    parser = arguments(__doc__.splitlines()[0], runs=3)
    parser.add_argument("folder", type=pathlib.Path, help="where the samples go")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--resamples", type=int, default=20, help="how many resamples of scikit-learn are timed")
    options = parser.parse_args()
    python = with_samples(options.folder, PEERS, SAMPLES.replace("ROWS", str(options.rows)))
    gates = [
        f"      - {{metric: {name}, max_regression: 0.1 absolute, confidence: 95%, slices: all}}\n" for name in METRICS
    ]
    (options.folder / "cupel.yaml").write_text(GATE + "".join(gates))
    label = f"cupel: {len(METRICS)} metrics in {SLICES} slices, with intervals"
    runs = in_turn({label: [options.cupel, "run"]}, options.runs, cwd=options.folder)
    ours = medians(runs)[label]["seconds"]
    theirs = answer([python, "-c", THEIRS, str(options.folder), str(options.resamples)])
    timed = f"scikit-learn: the same with {options.resamples} resamples"
    runs[timed] = [{"seconds": theirs["seconds"]}]
    whole = theirs["seconds"] / options.resamples * RESAMPLES
    print(f"{theirs['seconds']:9.3f} s  {timed}")
    print(f"{whole:9.0f} s  extrapolated to {RESAMPLES:,} resamples")
    print(f"{whole / ours:9.1f}x")
    save(
        options, f"slices.py --rows {options.rows} --resamples {options.resamples} --runs {options.runs}", runs,
        extrapolated={"resamples": RESAMPLES, "seconds": round(whole, 1)}, ratio=round(whole / ours, 1))


if __name__ == "__main__":
    sys.exit(main())
