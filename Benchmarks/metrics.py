#!/usr/bin/env python3
"""All binary metrics on ten million rows beside scikit-learn, on the same files: metrics.py FOLDER [--runs N].

Build with `swift build -c release --product metrics-benchmark`. Ours sorts the scores once for all metrics; the first one
that needs the order carries the sort. scikit-learn sorts for each.
"""

import os
import pathlib
import statistics
import sys

from harness import answer, arguments, save, with_samples

PEERS = ["scikit-learn==1.9.1", "numpy"]

SAMPLES = '''
import sys, numpy
folder = sys.argv[1]
random = numpy.random.default_rng(5)
labels = random.random(10_000_000) < 0.2
labels.astype("<f8").tofile(f"{folder}/labels.f64")
numpy.clip(0.25 * labels + 0.75 * random.random(len(labels)), 0, 1).astype("<f8").tofile(f"{folder}/scores.f64")
'''

THEIRS = '''
import json, sys, time
import numpy, sklearn.metrics as m
labels, scores = (numpy.fromfile(f"{sys.argv[1]}/{name}.f64") for name in ("labels", "scores"))
labels = labels.astype(int)
called = (scores >= 0.5).astype(int)
answers = {}
for name, function, given in [
    ("accuracy", m.accuracy_score, called), ("balanced_accuracy", m.balanced_accuracy_score, called),
    ("precision", m.precision_score, called), ("recall", m.recall_score, called), ("f1", m.f1_score, called),
    ("jaccard", m.jaccard_score, called), ("mcc", m.matthews_corrcoef, called),
    ("cohen_kappa", m.cohen_kappa_score, called), ("roc_auc", m.roc_auc_score, scores),
    ("average_precision", m.average_precision_score, scores), ("log_loss", m.log_loss, scores),
    ("brier_score", m.brier_score_loss, scores), ("d2_log_loss", m.d2_log_loss_score, scores),
    ("d2_brier", m.d2_brier_score, scores),
]:
    start = time.perf_counter()
    value = float(function(labels, given))
    answers[name] = {"seconds": time.perf_counter() - start, "value": value}
print(json.dumps(answers))
'''


def main() -> None:
    parser = arguments(__doc__.splitlines()[0], runs=3)
    parser.add_argument("folder", type=pathlib.Path, help="where the samples go")
    options = parser.parse_args()
    python = with_samples(options.folder, PEERS, SAMPLES)
    ours = os.path.join(os.path.dirname(options.cupel), "metrics-benchmark")
    runs: dict[str, list] = {"cupel: every metric": [], "cupel": [], "scikit-learn": [], "one sort": []}
    for _ in range(options.runs):
        mine = answer([ours, *(str(options.folder / f"{name}.f64") for name in ("labels", "scores"))])
        theirs = answer([python, "-c", THEIRS, str(options.folder)])
        for name, other in theirs.items():
            one = mine["metrics"][name]["value"]
            assert abs(one - other["value"]) <= 1e-9 * abs(other["value"]), (name, one, other)
        runs["cupel: every metric"].append({"seconds": mine["all"]})
        runs["cupel"].append({"seconds": sum(mine["metrics"][name]["seconds"] for name in theirs)})
        runs["scikit-learn"].append({"seconds": sum(each["seconds"] for each in theirs.values())})
        runs["one sort"].append({"seconds": mine["sort"]})
    middle = {who: statistics.median(each["seconds"] for each in seconds) for who, seconds in runs.items()}
    for who, seconds in middle.items():
        print(f"{seconds:9.3f} s  {who}")
    ratio = round(middle["scikit-learn"] / middle["cupel"], 1)
    print(f"{ratio:9.1f}x  {len(theirs)} metrics")
    save(options, f"metrics.py --runs {options.runs}", runs, ratio=ratio)


if __name__ == "__main__":
    sys.exit(main())
