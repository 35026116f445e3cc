#!/usr/bin/env python3
"""The statistics beside scipy and scikit-learn, in turn on the same samples: methods.py FOLDER [--runs N].

Build with `swift build -c release --product statistics-benchmark`. scikit-learn has no bootstrap of AUC: what people
write is a loop over roc_auc_score, of which 20 resamples are timed and multiplied.
"""

import os
import pathlib
import statistics
import sys

from harness import ROOT, answer, arguments, save, with_samples

PEERS = ["scipy==1.17.1", "scikit-learn==1.9.1", "numpy"]

THEIRS = '''
import json, sys, time
import numpy
from scipy import stats
method, folder = sys.argv[1], sys.argv[2]
read = lambda name: numpy.fromfile(f"{folder}/{name}.f64")
scale = 1
if method == "auc-bootstrap":
    from sklearn.metrics import roc_auc_score
    labels, first, second = read("labels"), read("first"), read("second")
    random, scale = numpy.random.default_rng(1), 10_000 / 20
    def run():
        for _ in range(20):
            rows = random.integers(0, len(labels), len(labels))
            roc_auc_score(labels[rows], first[rows]) - roc_auc_score(labels[rows], second[rows])
        return []
elif method == "delong":
    from sklearn.metrics import roc_auc_score
    labels, first, second = read("many-labels"), read("many-first"), read("many-second")
    def midranks(values):
        order = numpy.argsort(values, kind="stable")
        ordered = values[order]
        ends = numpy.flatnonzero(numpy.append(ordered[1:] != ordered[:-1], True)) + 1
        starts = numpy.append(0, ends[:-1])
        ranks = numpy.empty(len(values))
        ranks[order] = numpy.repeat((starts + 1 + ends) / 2, ends - starts)
        return ranks
    def run():
        # Sun and Xu (2014) in numpy, which is how Python code on the web computes it.
        m, n = int(labels.sum()), int((1 - labels).sum())
        areas, v10, v01 = [], [], []
        for scores in (first, second):
            positive, negative = scores[labels == 1], scores[labels == 0]
            x, y, z = midranks(positive), midranks(negative), midranks(numpy.concatenate([positive, negative]))
            areas.append(z[:m].sum() / m / n - (m + 1) / (2 * n))
            v10.append((z[:m] - x) / n)
            v01.append(1 - (z[m:] - y) / m)
        covariance = numpy.cov(v10) / m + numpy.cov(v01) / n
        half = stats.norm.isf(0.025) * (covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]) ** 0.5
        return [*areas, areas[0] - areas[1] - half, areas[0] - areas[1] + half]
else:
    x, y = read("x"), read("y")
    run = {
        "ks": lambda: list(stats.ks_2samp(x, y, method="asymp"))[:2],
        "wasserstein": lambda: [stats.wasserstein_distance(x, y)],
        "mann-whitney": lambda: list(stats.mannwhitneyu(x, y, method="asymptotic")),
    }[method]
start = time.perf_counter()
answers = run()
print(json.dumps({"seconds": [(time.perf_counter() - start) * scale], "answers": [float(a) for a in answers]}))
'''

SAMPLES = '''
import sys, numpy
folder = sys.argv[1]
random = numpy.random.default_rng(7)
def write(name, values): values.astype("<f8").tofile(f"{folder}/{name}.f64")
write("x", random.normal(size=1_000_000))
write("y", random.normal(0.002, 1.001, size=1_000_000))
for prefix, rows in [("", 100_000), ("many-", 1_000_000)]:
    labels = (random.random(rows) < 0.3).astype(float)
    base = random.normal(size=rows)
    write(prefix + "labels", labels)
    write(prefix + "first", base + random.normal(size=rows) + 1.0 * labels)
    write(prefix + "second", base + random.normal(size=rows) + 0.97 * labels)
'''

FILES = {
    "auc-bootstrap": ["labels", "first", "second"],
    "delong": ["many-labels", "many-first", "many-second"],
    "ks": ["x", "y"],
    "wasserstein": ["x", "y"],
    "mann-whitney": ["x", "y"],
}


def main() -> None:
    parser = arguments(__doc__.splitlines()[0], runs=5)
    parser.add_argument("folder", type=pathlib.Path, help="where the samples go")
    options = parser.parse_args()
    python = with_samples(options.folder, PEERS, SAMPLES)
    ours = os.path.join(os.path.dirname(options.cupel), "statistics-benchmark")
    results, ratios = {}, {}
    for method, names in FILES.items():
        files = [str(options.folder / f"{name}.f64") for name in names]
        runs = {"cupel": [], "python": []}
        for _ in range(options.runs):
            mine = answer([ours, method, "1", *files])
            theirs = answer([python, "-c", THEIRS, method, str(options.folder)])
            for one, other in zip(mine["answers"], theirs["answers"]):
                assert abs(one - other) <= 1e-6 * abs(other) + 1e-12, (method, mine, theirs)
            runs["cupel"] += mine["seconds"]
            runs["python"] += theirs["seconds"]
        middle = {who: statistics.median(seconds) for who, seconds in runs.items()}
        ratios[method] = round(middle["python"] / middle["cupel"], 1)
        results[method] = {who: [{"seconds": each} for each in seconds] for who, seconds in runs.items()}
        print(f"{middle['cupel']:9.3f} s  {middle['python']:9.3f} s in Python  {ratios[method]:7.1f}x  {method}")
    save(options, f"methods.py --runs {options.runs}", results, ratios=ratios)


if __name__ == "__main__":
    sys.exit(main())
