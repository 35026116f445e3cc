"""Random cases of the tests and distances of samples, answered by scipy, or by counting in exact fractions."""

import itertools
import json
import math
import sys
import warnings
from fractions import Fraction

import numpy as np
import scipy
from scipy import stats

from vectors import plain

warnings.simplefilter("ignore")
SEED = int(sys.argv[1]) if len(sys.argv) > 1 else 1
random = np.random.default_rng(SEED)
cases = []

ALTERNATIVES = ("two-sided", "greater", "less")


def case(test, name, inputs, params, answer, rtol=1e-9, atol=0.0):
    """Adds a case; an answer that raises is one with an error."""
    record = {
        "id": f"{test}/random/{SEED}/{len(cases)}/{name}", "test": test, "inputs": plain(inputs),
        "params": plain(params), "source": f"scipy {scipy.__version__}", "rtol": rtol, "atol": atol,
    }
    try:
        record["outputs"] = plain(answer())
        # Below the smallest normal double scipy's p-values lose digits on their way.
        if 0 < float(record["outputs"].get("pvalue", 1)) < 1e-300:
            record["rtol"] = 1e-6
    except Exception as error:  # What scipy refuses, Cupel must refuse too.
        record["error"] = f"{type(error).__name__}: {error}"
    cases.append(record)


def sample(count, shape, shift=0.0):
    """Values of one of several shapes, with and without ties."""
    values = {
        "normal": lambda: random.normal(size=count) + shift,
        "heavy": lambda: random.standard_cauchy(size=count) + shift,
        "skewed": lambda: random.lognormal(0, 2, size=count) * (1 + shift),
        "integers": lambda: np.floor(random.normal(5 + shift, 3, size=count)),
        "binary": lambda: (random.random(count) < 0.4 + shift / 5).astype(float),
        "far": lambda: 1e6 + random.normal(size=count) + shift,
        "wide": lambda: random.normal(size=count) * 10.0 ** random.integers(-12, 12, size=count),
        "constant": lambda: np.full(count, 3.0 + shift),
    }[shape]()
    return [float(value) for value in values]


SHAPES = ("normal", "heavy", "skewed", "integers", "binary", "far", "wide")


def pairs(count, smallest=1, largest=40):
    """Pairs of samples: shapes and sizes of every sort, some shifted far apart."""
    for index in range(count):
        shape = SHAPES[index % len(SHAPES)]
        shift = float(random.choice([0.0, 0.3, 1.0, 4.0]))
        m, n = (int(value) for value in random.integers(smallest, largest, size=2))
        yield f"{shape}_{m}_{n}_shift{shift}", sample(m, shape), sample(n, shape, shift)


def kolmogorov_smirnov():
    for name, x, y in pairs(21):
        for alternative in ALTERNATIVES:
            for test, method in (("ks_2samp_exact", "exact"), ("ks_2samp_asymp_scipy", "asymp")):
                with warnings.catch_warnings(record=True) as said:
                    warnings.simplefilter("always")
                    result = stats.ks_2samp(x, y, alternative=alternative, method=method)
                if any("unsuccessful" in str(one.message) for one in said):
                    continue  # An exact p-value that rounds to more than 1 sends scipy to the asymptotic one.
                case(test, f"{name}/{alternative}", {"x": x, "y": y}, {"alternative": alternative},
                     lambda: {"statistic": result.statistic, "pvalue": result.pvalue}, rtol=1e-8, atol=1e-14)
    for m, n, shift in ((300, 500, 0.2), (2000, 1500, 0.05), (700, 700, 0.5), (3000, 40, 0.1), (150, 160, 3.0), (3000, 2500, 1.9),
                        (30000, 20000, 0.01), (400000, 500000, 0.003)):
        seeds = [int(value) for value in random.integers(1, 1 << 30, size=2)]
        inputs = {"x": {"gen": "lcg_uniform", "seed": seeds[0], "n": m, "scale": 4.0},
                  "y": {"gen": "lcg_uniform", "seed": seeds[1], "n": n, "scale": 4.0, "shift": shift}}
        x, y = (generated(inputs[key]) for key in "xy")
        result = stats.ks_2samp(x, y, method="asymp")
        case("ks_2samp_asymp_scipy", f"large_{m}_{n}", inputs, {"alternative": "two-sided"},
             lambda: {"statistic": result.statistic, "pvalue": result.pvalue}, rtol=1e-8)
        if m * n < 1_000_000:
            exact = stats.ks_2samp(x, y, method="exact")
            case("ks_2samp_exact", f"large_{m}_{n}", inputs, {"alternative": "two-sided"},
                 lambda: {"statistic": exact.statistic, "pvalue": exact.pvalue}, rtol=1e-8)
    # When no value of one sample reaches the other, two paths of all have the gap 1.
    for m, n in ((int(a), int(b)) for a, b in random.integers(2, 1500, size=(4, 2))):
        log10 = (math.log(2) + math.lgamma(m + 1) + math.lgamma(n + 1) - math.lgamma(m + n + 1)) / math.log(10)
        case("ks_2samp_exact", f"apart_{m}_{n}",
             {"x": {"gen": "arange", "n": m}, "y": {"gen": "arange", "n": n, "start": 10000}},
             {"alternative": "two-sided"}, lambda: {"statistic": 1.0, "log10_pvalue": log10})


def generated(generator):
    """The values of the file's linear congruential generator."""
    state, values = generator["seed"], []
    for _ in range(generator["n"]):
        state = (1664525 * state + 1013904223) % (1 << 32)
        values.append((state + 0.5) / 2.0**32)
    return np.array(values) * generator.get("scale", 1.0) + generator.get("shift", 0.0)


def distances():
    for name, x, y in pairs(14):
        case("wasserstein_1", name, {"x": x, "y": y}, {}, lambda: {
            "distance": stats.wasserstein_distance(x, y), "energy_distance": stats.energy_distance(x, y),
        }, rtol=1e-8, atol=1e-12)
        xw, yw = [float(w) for w in random.random(len(x))], [float(w) for w in random.integers(0, 4, size=len(y))]
        case("wasserstein_1", name + "/weighted", {"x": x, "y": y, "xw": xw, "yw": yw}, {}, lambda: {
            "distance": stats.wasserstein_distance(x, y, xw, yw),
            "energy_distance": stats.energy_distance(x, y, xw, yw),
        }, rtol=1e-7, atol=1e-12)
        if np.std(x) > 0:
            case("wasserstein_1", name + "/normalised", {"x": x, "y": y}, {"norm": "std(ddof=0) of x"}, lambda: {
                "distance_over_std": stats.wasserstein_distance(x, y) / np.std(x)}, rtol=1e-8, atol=1e-12)


def ranks():
    for name, x, y in pairs(14):
        for alternative, method, continuity in itertools.product(ALTERNATIVES, ("exact", "asymptotic"), (True, False)):
            if method == "exact" and not continuity:
                continue
            def answer():
                u, p = stats.mannwhitneyu(
                    x, y, alternative=alternative, method=method, use_continuity=continuity)
                size = len(x) * len(y)
                return {"U1": u, "pvalue": p, "cles": u / size, "rank_biserial": 2 * u / size - 1,
                        "hodges_lehmann": np.median(np.subtract.outer(x, y))}
            case("mann_whitney_u", f"{name}/{method}/{alternative}/cc={continuity}", {"x": x, "y": y},
                 {"method": method, "alternative": alternative, "use_continuity": continuity}, answer,
                 rtol=1e-9, atol=1e-12)
    for name, x, y in pairs(14, smallest=4):
        for alternative, law in itertools.product(ALTERNATIVES, ("t", "normal")):
            result = stats.brunnermunzel(x, y, alternative=alternative, distribution=law)
            if math.isinf(result.statistic):
                continue  # Without overlap there is no standard error; scipy's p is 0, 1 or NaN.
            case("brunner_munzel", f"{name}/{law}/{alternative}", {"x": x, "y": y},
                 {"distribution": law, "alternative": alternative},
                 lambda: {"statistic": result.statistic, "pvalue": result.pvalue}, rtol=1e-8, atol=1e-13)
    for name, x, _ in pairs(14, smallest=2):
        if name.startswith("far"):
            continue
        d = [value - 0.2 for value in x] if name.startswith("normal") else [value - float(np.median(x)) for value in x]
        for alternative, zeros, method in itertools.product(
                ALTERNATIVES, ("wilcox", "pratt", "zsplit"), ("exact", "approx", "auto")):
            correction = bool(random.random() < 0.5)
            def answer():
                result = stats.wilcoxon(d, alternative=alternative, zero_method=zeros, correction=correction,
                                        method="asymptotic" if method == "approx" else method)
                return {"statistic": result.statistic, "pvalue": result.pvalue}
            case("wilcoxon_signed_rank", f"{name}/{method}/{zeros}/{alternative}", {"x": d},
                 {"alternative": alternative, "zero_method": zeros, "method": method, "correction": correction},
                 answer, rtol=1e-9, atol=1e-13)


def means():
    for name, x, y in pairs(21, smallest=2):
        if name.startswith("wide"):
            continue
        for alternative in ALTERNATIVES:
            def welch():
                result = stats.ttest_ind(x, y, equal_var=False, alternative=alternative)
                low, high = result.confidence_interval(0.95)
                return {"statistic": result.statistic, "pvalue": result.pvalue, "df": result.df,
                        "ci95_low": low, "ci95_high": high}
            # Near 1e6 scipy's variances keep some six digits fewer.
            rtol = 1e-6 if name.startswith("far") else 1e-8
            if np.ptp(x) + np.ptp(y) > 0:
                case("welch_t", f"{name}/{alternative}", {"x": x, "y": y}, {"alternative": alternative}, welch,
                     rtol=rtol, atol=1e-12)
            size = min(len(x), len(y))
            first, second = x[:size], y[:size]
            def paired():
                result = stats.ttest_rel(first, second, alternative=alternative)
                low, high = result.confidence_interval(0.95)
                return {"statistic": result.statistic, "pvalue": result.pvalue, "df": result.df,
                        "ci95_low": low, "ci95_high": high}
            if np.ptp(np.subtract(first, second)) > 0:
                case("paired_t", f"{name}/{alternative}", {"x": first, "y": second}, {"alternative": alternative},
                     paired, rtol=rtol, atol=1e-12)


def several():
    for index in range(21):
        shape = SHAPES[index % len(SHAPES)]
        sizes = random.integers(3, 25, size=int(random.integers(2, 6)))
        samples = [sample(int(size), shape, float(random.choice([0.0, 0.5]))) for size in sizes]
        for variant in ("midrank", "right", "continuous"):
            case("anderson_ksamp", f"{shape}/{variant}", {"samples": samples}, {"variant": variant}, lambda: {
                "statistic": stats.anderson_ksamp([np.array(one) for one in samples], variant=variant).statistic,
            }, rtol=1e-8, atol=1e-10)
        case("k_sample_others", shape, {"samples": samples}, {}, lambda: {
            "kruskal": list(stats.kruskal(*samples)), "levene_median": list(stats.levene(*samples, center="median")),
            "levene_mean": list(stats.levene(*samples, center="mean")),
        }, rtol=1e-6 if shape == "far" else 1e-8, atol=1e-13)
        blocks = int(random.integers(2, 12))
        groups = [sample(blocks, shape, float(random.choice([0.0, 0.5]))) for _ in range(int(random.integers(3, 6)))]
        case("friedman", shape, {"groups": groups}, {}, lambda: dict(
            zip(("statistic", "pvalue"), stats.friedmanchisquare(*groups))), rtol=1e-8, atol=1e-12)
    for name, x, y in pairs(21, smallest=2, largest=14):
        def answer(method):
            result = stats.cramervonmises_2samp(x, y, method=method)
            return {"statistic": result.statistic, "pvalue": result.pvalue}
        for method in ("exact", "asymptotic"):
            # scipy ends its series at terms of 1e-7.
            case("cramervonmises_2samp", f"{name}/{method}", {"x": x, "y": y}, {"method": method},
                 lambda: answer(method), rtol=1e-7, atol=1e-7 if method == "asymptotic" else 1e-12)


def permutations():
    for _ in range(8):
        m, n = (int(value) for value in random.integers(1, 7, size=2))
        x = [float(value) for value in random.integers(-8, 9, size=m) / 4]
        y = [float(value) for value in random.integers(-8, 9, size=n) / 4 + 0.5]
        case("two_sample_permutation_mean", f"{m}_{n}", {"x": x, "y": y}, {}, lambda: split_shares(x, y))
        d = [float(value) for value in random.integers(-6, 9, size=int(random.integers(1, 12))) / 8]
        case("paired_permutation_signflip", str(len(d)), {"diffs": d}, {}, lambda: sign_shares(d))


def split_shares(x, y):
    pooled = [Fraction(value) for value in x + y]
    def difference(chosen):
        first = sum(pooled[index] for index in chosen)
        return first / len(x) - (sum(pooled) - first) / len(y)
    observed = difference(range(len(x)))
    values = [difference(chosen) for chosen in itertools.combinations(range(len(pooled)), len(x))]
    return shares(values, observed) | {"observed": float(observed)}


def sign_shares(d):
    values = [sum(sign * Fraction(value) for sign, value in zip(signs, d))
              for signs in itertools.product((1, -1), repeat=len(d))]
    result = shares(values, sum(Fraction(value) for value in d))
    return result | {"scipy_two_sided_2min": min(1.0, 2 * min(result["greater"], result["less"]))}


def shares(values, observed):
    def share(count):
        return float(Fraction(count, len(values)))
    return {
        "n_perm": len(values), "greater": share(sum(value >= observed for value in values)),
        "less": share(sum(value <= observed for value in values)),
        "two_sided_abs": share(sum(abs(value) >= abs(observed) for value in values)),
    }


def edges():
    """Empty, single, constant, NaN and infinite samples of every two-sample test."""
    nan, inf = float("nan"), float("inf")
    samples = {"empty": [], "one": [2.5], "constant": [2.0, 2.0, 2.0], "nan": [1.0, nan, 2.0],
               "infinite": [1.0, inf, -inf, 4.0], "plain": [1.0, 2.0, 4.0, 8.0]}
    tests = {
        "ks_2samp_exact": lambda x, y: stats.ks_2samp(x, y, method="exact"),
        "mann_whitney_u": lambda x, y: stats.mannwhitneyu(x, y, method="asymptotic"),
        "welch_t": lambda x, y: stats.ttest_ind(x, y, equal_var=False),
        "cramervonmises_2samp": lambda x, y: stats.cramervonmises_2samp(x, y, method="asymptotic"),
    }
    for (first, x), (second, y) in itertools.product(samples.items(), repeat=2):
        for test, run in tests.items():
            key = "U1" if test == "mann_whitney_u" else "statistic"
            def answer():
                result = run(x, y)
                return {key: result.statistic, "pvalue": result.pvalue}
            case(test, f"edge_{first}_{second}", {"x": x, "y": y},
                 {"method": "asymptotic", "alternative": "two-sided"}, answer, rtol=1e-7, atol=1e-7)


for part in (kolmogorov_smirnov, distances, ranks, means, several, permutations, edges):
    part()
print(json.dumps({
    "meta": {"generated_by": "sample_cases.py", "seed": SEED, "libraries": {"scipy": scipy.__version__,
             "numpy": np.__version__}, "count": len(cases)},
    "cases": cases,
}))
