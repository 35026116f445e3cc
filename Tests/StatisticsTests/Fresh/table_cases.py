"""Random cases of tables, distances, summaries and multiple testing, by scipy, statsmodels and numpy: table_cases.py SEED.

What these compute with rounding of their own is computed here exactly, or to 50 digits.
"""

import json
import math
import sys
import warnings
from decimal import Decimal, getcontext
from fractions import Fraction

import numpy as np
import scipy
import statsmodels
from scipy import stats
from scipy.spatial.distance import jensenshannon
from statsmodels.stats.contingency_tables import cochrans_q
from statsmodels.stats.multitest import multipletests

from vectors import plain

warnings.simplefilter("ignore")
np.seterr(all="ignore")
getcontext().prec = 50
seed = int(sys.argv[1])
random = np.random.default_rng(seed)
cases = []


def add(test, inputs, compute, rtol=1e-10, atol=1e-300, **parameters):
    case = {"id": f"{test}/{seed}-{len(cases)}", "test": test, "inputs": plain(inputs), "params": plain(parameters)}
    try:
        case["outputs"] = plain(compute())
    except (ValueError, ZeroDivisionError) as error:
        case["error"] = f"{type(error).__name__}: {error}"
    cases.append(case | {"rtol": rtol, "atol": atol})


def rows(count, columns, size):
    """A table of counts, every tenth cell empty."""
    table = random.poisson(random.gamma(2, size / 2, columns), (count, columns))
    return np.where(random.random(table.shape) < 0.1, 0, table).tolist()


def pair(categories, size):
    first, second = rows(2, categories, size)
    first[0] += 1
    second[-1] += 1
    return first, second


# Tables.


def homogeneity(table, correction, power=None):
    result = stats.chi2_contingency(table, correction=correction, lambda_=power)
    outputs = {"statistic": result.statistic, "pvalue": result.pvalue, "dof": result.dof}
    outputs["expected"] = result.expected_freq
    if not correction and min(np.shape(table)) > 1:
        outputs["cramers_v"] = stats.contingency.association(np.array(table), method="cramer")
    return outputs


shapes = [(2, 2), (2, 2), (2, 2), (2, 3), (3, 4), (5, 2), (4, 6), (1, 4), (3, 1)]
for index, shape in enumerate(shapes):
    for correction in [True, False]:
        table = rows(*shape, [4, 40, 4000][index % 3])
        add("chi2_homogeneity", {"table": table}, lambda: homogeneity(table, correction), atol=1e-12,
            correction=correction)
        add("g_test_homogeneity", {"table": table}, lambda: homogeneity(table, correction, "log-likelihood"),
            atol=1e-9, correction=correction)
for table in [[[0, 0], [3, 4]], [[3, -1], [2, 2]], [[7]], [[600, 2], [3, 700]]]:
    add("chi2_homogeneity", {"table": table}, lambda: homogeneity(table, False), correction=False)

for size in [3, 30, 3000]:
    for categories in [2, 5, 9]:
        observed = random.poisson(size, categories) + 1
        expected = random.dirichlet(np.full(categories, 5.0)) * observed.sum()
        add("chi2_gof", {"observed": observed, "expected": expected},
            lambda: dict(zip(["statistic", "pvalue"], stats.chisquare(observed, expected))))
add("chi2_gof", {"observed": [4, 9, 2]}, lambda: dict(zip(["statistic", "pvalue"], stats.chisquare([4, 9, 2]))))
for observed, expected in [([5], [5]), ([5, 0], [5, 0]), ([5, 1], [6, 2])]:
    add("chi2_gof", {"observed": observed, "expected": expected},
        lambda: dict(zip(["statistic", "pvalue"], stats.chisquare(observed, expected))))


WAYS = ["two-sided", "less", "greater"]


def exact_tails(weights, observed):
    """The p-values of an exact test from what each outcome weighs, and their logarithms."""
    slack = 1 + Decimal("1e-7")  # for outcomes as likely as the observed one, as in scipy's binomtest
    extreme = {"two-sided": [weight for weight in weights if weight <= weights[observed] * slack],
               "less": weights[: observed + 1], "greater": weights[observed:]}
    tails = {way: Decimal(sum(extreme[way])) / Decimal(sum(weights)) for way in WAYS}
    return tails | {f"log10_{way}": tail.log10() for way, tail in tails.items() if 0 < tail < 0.5}


def fisher(table):
    (a, b), (c, d) = table
    theirs = stats.fisher_exact(table)
    least, most = max(0, a - d), min(a + b, a + c)
    weights = [Decimal(math.comb(a + b, x) * math.comb(c + d, a + c - x)) for x in range(least, most + 1)]
    return exact_tails(weights, a - least) | {"odds_ratio": theirs.statistic}


for size in [2, 6, 6, 20, 20, 100, 100, 1000]:
    table = random.poisson(size, (2, 2)).tolist()
    table[0][0] += 1
    add("fisher_exact", {"table": table}, lambda: fisher(table), rtol=1e-11)
for table in [[[0, 5], [0, 3]], [[5, 0], [1, 3]], [[40, 0], [0, 30]], [[0, 90], [80, 2]], [[3, 1], [-1, 3]],
              [[10, 10], [10, 10]], [[100, 2], [1000, 5]], [[700, 3], [1, 900]]]:
    add("fisher_exact", {"table": table}, lambda: fisher(table), rtol=1e-11)


def binomial_half(n, upto):
    return Fraction(sum(math.comb(n, k) for k in range(upto + 1)), 2**n)


def log10(fraction):
    return float((Decimal(fraction.numerator) / Decimal(fraction.denominator)).log10())


def mcnemar(b, c):
    n, k = b + c, min(b, c)
    mass = Fraction(math.comb(n, k), 2**n)
    exact = min(Fraction(1), 2 * binomial_half(n, k))
    mid = Fraction(1) if n == 0 else 1 - mass / 2 if b == c else 2 * binomial_half(n, k) - mass
    outputs = {"exact_p": exact, "midp": mid, "log10_exact_p": log10(exact), "log10_midp": log10(mid)}
    if n > 0:
        plain_, corrected = (b - c) ** 2 / n, max(abs(b - c) - 1, 0) ** 2 / n
        outputs |= {"chi2": plain_, "chi2_p": stats.chi2.sf(plain_, 1)}
        outputs |= {"chi2_cc": corrected, "chi2_cc_p": stats.chi2.sf(corrected, 1)}
    return outputs


for b, c in random.poisson([[2, 2], [5, 9], [20, 30], [300, 200], [4, 4], [1000, 400]]).tolist() + [
        [0, 0], [0, 1], [6, 6], [0, 1200], [3, 2100]]:
    add("mcnemar", {"b": b, "c": c}, lambda: mcnemar(b, c))

for count, width in [(8, 2), (12, 3), (40, 4), (200, 6), (4, 3)]:
    outcomes = (random.random((count, width)) < random.uniform(0.3, 0.9, width)).astype(int)
    add("cochran_q", {"table": outcomes},
        lambda: dict(zip(["statistic", "pvalue", "df"], cochrans_q(outcomes))), rtol=1e-10)
add("cochran_q", {"table": [[1, 1], [0, 0]]},
    lambda: dict(zip(["statistic", "pvalue"], cochrans_q(np.array([[1, 1], [0, 0]])))))


def binom(k, n, p):
    stats.binomtest(k, n, p)  # refuses what is no test
    share = Decimal(p)
    if share in (0, 1):
        return {way: stats.binomtest(k, n, p, way).pvalue for way in WAYS}
    return exact_tails([Decimal(math.comb(n, x)) * share**x * (1 - share) ** (n - x) for x in range(n + 1)], k)


for n in [1, 5, 12, 40, 40, 100, 1000, 3000]:
    p = float(random.choice([0.01, 0.1, 0.5, 0.5, random.random(), 0.9]))
    k = int(random.integers(0, n + 1) if n < 50 else np.clip(random.normal(n * p, 2 * math.sqrt(n)), 0, n))
    add("binom_test", {"k": k, "n": n, "p0": p}, lambda: binom(k, n, p), rtol=1e-11)
for k, n, p in [(0, 5, 0.0), (3, 5, 0.0), (5, 5, 1.0), (0, 0, 0.5), (6, 5, 0.5), (2, 5, 1.5), (1500, 1500, 0.3)]:
    add("binom_test", {"k": k, "n": n, "p0": p}, lambda: binom(k, n, p), rtol=1e-11)

# Distances.


def shares(counts):
    return [Decimal(count) / sum(counts) for count in counts]


def psi(reference, current, epsilon, renormalize):
    e, a = shares(reference), shares(current)
    if epsilon is not None:
        e, a = ([max(share, Decimal(epsilon)) for share in side] for side in (e, a))
    if renormalize:
        e, a = ([share / sum(side) for share in side] for side in (e, a))
    if any((x == 0) != (y == 0) for x, y in zip(e, a)):
        return {"psi": math.inf}
    return {"psi": sum((x - y) * (x / y).ln() for x, y in zip(a, e) if x > 0)}


def kl(p, q):
    return {"kl_pq_nats": stats.entropy(p, q), "kl_qp_nats": stats.entropy(q, p),
            "entropy_p_bits": stats.entropy(p, base=2)}


def js(p, q):
    bits, nats = jensenshannon(p, q, 2), jensenshannon(p, q)
    return {"js_distance_base2": bits, "js_divergence_base2": bits**2, "js_distance_nats": nats,
            "js_divergence_nats": nats**2}


def others(p, q):
    p, q = shares(p), shares(q)
    coefficient = sum((x * y).sqrt() for x, y in zip(p, q))
    return {"hellinger": (sum((x.sqrt() - y.sqrt()) ** 2 for x, y in zip(p, q)) / 2).sqrt(),
            "bhattacharyya_coefficient": coefficient,
            "total_variation": sum(abs(x - y) for x, y in zip(p, q)) / 2,
            "linf": max(abs(x - y) for x, y in zip(p, q))}


samples = [pair(int(random.integers(2, 12)), size) for size in [5, 20, 20, 500, 10**6]]
base = random.poisson(10**7, 6)
samples.append((base.tolist(), (base + random.integers(-50, 50, 6)).tolist()))
samples += [([3, 0], [0, 4]), ([5], [2])]
for first, second in samples:
    both = {"p_counts": first, "q_counts": second}
    for epsilon, renormalize in [(None, None), (1e-4, False), (1e-3, True)]:
        add("psi", {"expected_counts": first, "actual_counts": second},
            lambda: psi(first, second, epsilon, renormalize), atol=1e-18, epsilon=epsilon, renormalize=renormalize)
    add("kl_divergence", both, lambda: kl(first, second), atol=1e-15)
    add("jensen_shannon", both, lambda: js(first, second), rtol=1e-10, atol=1e-14)
    add("hellinger_tv_linf", both, lambda: others(first, second), rtol=1e-12, atol=1e-18)

# Many p-values.

NAMES = {"bonferroni": "bonferroni", "sidak": "sidak", "holm": "holm", "holm-sidak": "holm-sidak",
         "simes-hochberg": "hochberg", "hommel": "hommel", "fdr_bh": "bh", "fdr_by": "by"}


def adjusted(p, alpha):
    outputs = {}
    for theirs, ours in NAMES.items():
        reject, values = multipletests(p, alpha, theirs)[:2]
        outputs[ours] = {"adjusted": values, "reject": reject}
    return outputs | {"scipy_bh": stats.false_discovery_control(p, method="bh")}


for count in [1, 2, 3, 5, 8, 20, 60]:
    for p in [random.random(count), random.beta(0.2, 3, count), np.round(random.beta(0.3, 2, count), 2),
              10.0 ** -random.uniform(0, 305, count)]:
        add("multiple_testing", {"p": p}, lambda: adjusted(p, 0.0512), alpha=0.0512)
add("multiple_testing", {"p": [0.0, 1.0, 1.0, 0.5]}, lambda: adjusted([0.0, 1.0, 1.0, 0.5], 0.05), alpha=0.05)
add("multiple_testing", {"p": [0.2, 1.2]}, lambda: {"bh": stats.false_discovery_control([0.2, 1.2])}, alpha=0.05)


def combined(p, weights):
    outputs = {method: stats.combine_pvalues(p, method).pvalue for method in ["fisher", "tippett"]}
    outputs["stouffer"] = stats.combine_pvalues(p, "stouffer", weights=weights).pvalue
    if len(p) > 0 and all(value > 0 for value in p):
        # The upper tail of chi-squared with 2k degrees of freedom is a finite sum.
        half = -sum(Decimal(float(value)).ln() for value in p)
        tail = sum(half**i / math.factorial(i) for i in range(len(p))) * (-half).exp()
        outputs["log10_fisher"] = tail.log10()
    return outputs


for count in [1, 2, 4, 9, 30]:
    for p in [random.random(count), random.beta(0.2, 2, count), 10.0 ** -random.uniform(0, 300, count)]:
        weights = random.choice([None, 1]) and random.gamma(2, 1, count)
        parameters = {} if weights is None else {"weights": weights}
        add("combine_pvalues", {"p": p}, lambda: combined(p, weights), rtol=1e-9, **parameters)
for p in [[0.5, 1.0], [0.0, 1.0], [0.0, 0.5], [], [0.2, math.nan]]:
    add("combine_pvalues", {"p": p}, lambda: combined(p, None))

# Summaries.


def correlation(x, y, alternative):
    return {"pearson": list(stats.pearsonr(x, y, alternative=alternative)),
            "spearman": list(stats.spearmanr(x, y, alternative=alternative)),
            "kendall_tau_b": list(stats.kendalltau(x, y, alternative=alternative))}


def related(count):
    x = random.normal(size=count)
    return x, random.uniform(-2, 2) * x + random.normal(size=count)


pairs = [related(count) for count in [3, 4, 6, 12, 33, 34, 60, 900]]
pairs += [tuple(np.round(side) for side in related(count)) for count in [12, 40, 700]]
pairs += [(np.arange(40), np.arange(40)[::-1]), (np.arange(50.0), np.roll(np.arange(50.0), 1)), ([1, 2], [4, 3]),
          ([1, 2, 3], [2, 2, 2]), ([1e300, 2e300, 4e300, 3e300], [1, 2, 5, 4])]
for index, (x, y) in enumerate(pairs):
    alternative = ["two-sided", "two-sided", "less", "greater"][index % 4]
    compute = lambda: correlation(x, y, alternative)
    if np.max(np.abs(x)) > 1e200:  # scipy's Pearson correlation overflows here.
        compute = lambda: correlation(np.array(x) / 1e300, y, alternative)
    add("correlation", {"x": x, "y": y}, compute, rtol=1e-8, atol=1e-12, alternative=alternative)


def robust(x):
    x = np.array(x)
    median, mad = np.median(x), stats.median_abs_deviation(x)
    q1, q3 = np.quantile(x, [0.25, 0.75])
    scores = (x - median) / (mad * 1.482602218505602)
    return {"median": median, "mad_raw": mad, "mad_scaled_1.4826": stats.median_abs_deviation(x, scale="normal"),
            "modified_z": scores if mad > 0 else "undefined(MAD=0)", "q1": q1, "q3": q3,
            "tukey": [q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)], "skew_g1": stats.skew(x),
            "skew_G1": stats.skew(x, bias=False), "kurt_g2": stats.kurtosis(x),
            "std_ddof0": np.std(x), "std_ddof1": np.std(x, ddof=1)}


for x in [random.normal(size=9), random.standard_t(1, size=50), random.poisson(2, 30).astype(float),
          random.lognormal(0, 2, 400), [1.0, 1.0, 1.0, 1.0, 9.0], [2.0, 2.0], [1e6 + i for i in range(5)]]:
    add("robust_summary", {"x": x}, lambda: robust(x), atol=1e-12)

METHODS = ["inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen", "weibull",
           "linear", "median_unbiased", "normal_unbiased"]
for method in METHODS:
    for count in [1, 2, int(random.integers(3, 12)), int(random.integers(20, 900))]:
        x = random.normal(size=count) if count % 2 else np.round(random.normal(size=count), 1)
        q = np.concatenate([[0, 0.05, 0.25, 0.5, 0.6, 0.9, 1], random.random(6)])
        add("quantile_types", {"x": x, "q": q}, lambda: {"values": np.quantile(x, q, method=method)},
            atol=1e-14, method=method)
add("quantile_types", {"x": [1.0, math.nan], "q": [0.5]},
    lambda: {"values": np.quantile([1.0, math.nan], [0.5])}, method="linear")

for count in [1, 10, 100, 1000]:
    x = random.normal(size=count) * 10.0 ** random.uniform(-150, 150, count)
    x = random.permutation(np.concatenate([x, -x[: count // 2], random.normal(size=3)]))
    add("summation", {"x": x}, lambda: {"exact_sum": math.fsum(x), "fsum": math.fsum(x)}, rtol=1e-15)


def variance(x):
    exact = [Fraction(float(value)) for value in x]
    mean = sum(exact) / len(exact)
    squares = sum((value - mean) ** 2 for value in exact)
    return {"mean": mean, "var_ddof1": squares / (len(exact) - 1)}


for x in [random.normal(1e9, 1, 20), random.normal(0, 1, 200), random.normal(-1e12, 1e-2, 30), [4.0], [7.0, 7.0, 7.0]]:
    add("variance_stable", {"x": x}, lambda: variance(x) if len(x) > 1 else {"var_ddof1": math.nan}, rtol=1e-10)

libraries = {module.__name__: module.__version__ for module in (scipy, np, statsmodels)}
json.dump({"meta": {"seed": seed, "libraries": libraries, "count": len(cases)}, "cases": cases}, sys.stdout, indent=1)
