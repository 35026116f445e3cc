"""Random cases of DeLong's variance and of AUC, by definition: numpy over all pairs, and scikit-learn's area."""

import json
import sys

import numpy
from scipy import stats
from sklearn.metrics import roc_auc_score


def delong(labels, scores):
    positives, negatives = [s[labels == 1] for s in scores], [s[labels == 0] for s in scores]
    m, n = len(positives[0]), len(negatives[0])
    kernels = [
        numpy.where(p[:, None] > q, 1.0, numpy.where(p[:, None] == q, 0.5, 0.0)) for p, q in zip(positives, negatives)
    ]
    areas = [kernel.mean() for kernel in kernels]
    for area, score in zip(areas, scores):
        assert abs(area - roc_auc_score(labels, score)) < 1e-12
    covariance = (
        numpy.cov([kernel.mean(axis=1) for kernel in kernels]) / m
        + numpy.cov([kernel.mean(axis=0) for kernel in kernels]) / n
    )
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    difference = areas[0] - areas[1]
    half = stats.norm.isf(0.025) * variance**0.5
    return {
        "n_pos": m,
        "auc": areas,
        "cov": covariance.tolist(),
        "var_diff": variance,
        "z": difference / variance**0.5,
        "pvalue": 2 * stats.norm.sf(abs(difference) / variance**0.5),
        "ci95_diff": [max(-1, difference - half), min(1, difference + half)],
    }


def main():
    random = numpy.random.default_rng(int(sys.argv[1]))
    cases = []
    for number in range(60):
        rows = int(random.integers(8, 400))
        labels = (random.random(rows) < random.uniform(0.1, 0.9)).astype(int)
        labels[:4] = [0, 1, 0, 1]
        base = random.normal(size=rows)
        scores = [base + random.normal(size=rows) + random.uniform(0, 2) * labels for _ in range(2)]
        if number % 3 == 0:
            scores = [score.round(1) for score in scores]
        outputs = delong(labels, scores)
        cases.append({
            "id": f"delong_paired/random{number}", "test": "delong_paired",
            "inputs": {"y_true": labels.tolist(), "scores": [score.tolist() for score in scores]}, "params": {},
            "outputs": outputs, "rtol": 1e-7, "atol": 1e-12,
        })
    print(json.dumps({"cases": cases}))


main()
