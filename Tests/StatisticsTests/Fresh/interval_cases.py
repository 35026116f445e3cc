"""Fresh random cases of intervals, decisions and sequential methods, computed by scipy and statsmodels.

Prints a file in the shape of fixtures/vectors/statistics.json. The only argument is the seed. Where those libraries
have no method, the formula is written out here a second time, with another root finder.
"""
import json
import math
import sys
import warnings

import numpy as np
import scipy
import statsmodels
from scipy import optimize, stats
from scipy.special import gammaln
from statsmodels.stats import power, proportion, weightstats

from vectors import plain

warnings.simplefilter("ignore")
seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
random = np.random.default_rng(seed)
cases = []


def add(test, inputs, outputs, params=None, rtol=1e-9, atol=0.0):
    cases.append({
        "id": f"{test}/random{seed}.{len(cases)}", "test": test,
        "inputs": {key: plain(value) for key, value in inputs.items()},
        "params": {key: plain(value) for key, value in (params or {}).items()},
        "outputs": {key: plain(value) for key, value in outputs.items()},
        "rtol": rtol, "atol": atol,
    })


def undefined(keys):
    return {key: math.nan for key in keys}


def a_count(most=2000):
    """Successes of trials, with the ends more often than their share."""
    n = int(random.choice([1, 2, 3, 7, 10, 50, 377, most, random.integers(1, most)]))
    k = int(random.choice([0, n, min(1, n), n // 2, random.integers(0, n + 1)]))
    return k, n


def an_alpha():
    return float(random.choice([0.05, 0.05, 0.01, 0.1, 0.2, 0.001, random.uniform(0.001, 0.5)]))


def proportions():
    for _ in range(25):
        k, n = a_count(100000)
        alpha = an_alpha()
        outputs = {name: proportion.proportion_confint(k, n, alpha, method=name)
                   for name in ["wilson", "beta", "agresti_coull", "jeffreys", "normal"]}
        test = stats.binomtest(k, n)
        outputs["wilson_scipy"] = list(test.proportion_ci(1 - alpha, "wilson"))
        outputs["wilsoncc_scipy"] = list(test.proportion_ci(1 - alpha, "wilsoncc"))
        add("proportion_ci95", {"k": k, "n": n}, outputs, {"alpha": alpha}, rtol=1e-8, atol=1e-12)
    for _ in range(10):
        k, n = a_count(300)
        confidence = float(random.choice([0.5, 0.8, 0.99, 0.9999]))
        test = stats.binomtest(k, n)
        add("proportion_ci_levels", {"k": k, "n": n}, {
            "wilson": list(test.proportion_ci(confidence, "wilson")),
            "clopper_pearson": list(test.proportion_ci(confidence, "exact")),
        }, {"confidence": confidence}, rtol=1e-8, atol=1e-11)
    add("proportion_ci95", {"k": 0, "n": 0}, undefined(["wilson", "beta", "jeffreys"]), {"alpha": 0.05})
    add("proportion_ci95", {"k": 5, "n": 3}, undefined(["wilson", "beta"]), {"alpha": 0.05})


def a_table():
    n = int(random.choice([4, 10, 25, 300, 5000]))
    cells = random.dirichlet(random.choice([0.2, 1, 5], 4))
    return [int(count) for count in random.multinomial(n, cells)]


def newcombe(a, b, c, d, alpha, corrected):
    n = a + b + c + d
    (l1, u1), (l2, u2) = (proportion.proportion_confint(k, n, alpha, "wilson") for k in [a + b, a + c])
    p1, p2 = (a + b) / n, (a + c) / n
    product = a * d - b * c
    if corrected and product > 0:
        product = max(product - n / 2, 0)
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    phi = product / math.sqrt(margins) if margins else 0.0

    def distance(x, y):
        return math.sqrt(max(0, x * x - 2 * phi * x * y + y * y))

    difference = (b - c) / n
    return phi, [difference - distance(p1 - l1, u2 - p2), difference + distance(u1 - p1, p2 - l2)]


def pull(count, share):
    """What a count adds to the derivative of a logarithm of a likelihood."""
    return 0.0 if count == 0 else count / share if share > 0 else 1e300


def tango(b, c, n, difference):
    """The likeliest share by the likelihood's derivative instead of its closed form."""
    low, high = max(0.0, -difference), (1 - difference) / 2

    def derivative(q):
        return (pull(b, q + difference) + pull(c, q) - 2 * pull(n - b - c, 1 - 2 * q - difference))

    edge = (high - low) * 1e-14
    if derivative(low + edge) <= 0:
        q = low
    elif derivative(high - edge) >= 0:
        q = high
    else:
        q = optimize.brentq(derivative, low + edge, high - edge, xtol=1e-16)
    variance = n * (2 * q + difference * (1 - difference))
    return q, (b - c - n * difference) / math.sqrt(variance) if variance > 1e-12 else math.nan


def pairs():
    for _ in range(20):
        a, b, c, d = a_table()
        alpha = an_alpha()
        phi8, interval8 = newcombe(a, b, c, d, alpha, False)
        phi10, interval10 = newcombe(a, b, c, d, alpha, True)
        add("newcombe_paired_diff", {"a_both": a, "b_first_only": b, "c_second_only": c, "d_neither": d}, {
            "diff": (b - c) / (a + b + c + d), "phi_method8": phi8, "phi_method10": phi10,
            "ci95_method8": interval8, "ci95_method10": interval10,
        }, {"alpha": alpha}, rtol=1e-9, atol=1e-7)
    for _ in range(20):
        a, b, c, d = a_table()
        difference = float(random.choice([0, -0.05, 0.1, random.uniform(-0.9, 0.9)]))
        if difference == 0 and b + c == 0:
            outputs = {"q21": 0.0, "z": math.nan}
        else:
            q, z = tango(b, c, a + b + c + d, difference)
            outputs = {"q21": q, "z": z}
        add("tango_paired_score", {"a": a, "b": b, "c": c, "d": d, "delta": difference}, outputs, rtol=1e-7, atol=1e-9)
    for _ in range(5):
        first, second = random.uniform(0.6, 0.99, 2)
        discordant = float(min(1, abs(first - second) + random.uniform(0.01, 0.3)))
        n = int(random.integers(1, 100000))
        unpaired = first * (1 - first) + second * (1 - second)
        paired = discordant - (first - second) ** 2
        add("paired_vs_unpaired_se", {"p_candidate": first, "p_baseline": second, "p_discordant": discordant, "n": n}, {
            "se_unpaired": math.sqrt(unpaired / n), "se_paired": math.sqrt(paired / n),
            "sample_size_ratio": unpaired / paired,
        }, rtol=1e-10)


def score(k1, n1, k2, n2, difference):
    """Miettinen and Nurminen's z, the likeliest shares by the likelihood's derivative instead of their cubic."""
    low, high = max(0.0, -difference), min(1.0, 1 - difference)

    def derivative(q):
        p = q + difference
        return pull(k1, p) + pull(k2, q) - pull(n1 - k1, 1 - p) - pull(n2 - k2, 1 - q)

    edge = (high - low) * 1e-14
    if derivative(low + edge) <= 0:
        q = low
    elif derivative(high - edge) >= 0:
        q = high
    else:
        q = optimize.brentq(derivative, low + edge, high - edge, xtol=1e-16)
    p = q + difference
    n = n1 + n2
    variance = (p * (1 - p) / n1 + q * (1 - q) / n2) * n / (n - 1)
    return (k1 / n1 - k2 / n2 - difference) / math.sqrt(variance) if variance > 0 else math.nan


def score_interval(k1, n1, k2, n2, alpha):
    z, observed = stats.norm.isf(alpha / 2), k1 / n1 - k2 / n2

    def end(limit, sign):
        if observed == limit:
            return limit
        inner, outer = observed + sign * 1e-9, limit - sign * 1e-12
        return optimize.brentq(lambda d: abs(score(k1, n1, k2, n2, d)) - z, inner, outer, xtol=1e-15)

    return [end(-1.0, -1), end(1.0, 1)]


def differences():
    for _ in range(25):
        (k1, n1), (k2, n2) = a_count(3000), a_count(3000)
        alpha = an_alpha()
        outputs = {
            "newcomb": proportion.confint_proportions_2indep(k1, n1, k2, n2, "newcomb", alpha=alpha),
            "agresti-caffo": proportion.confint_proportions_2indep(k1, n1, k2, n2, "agresti-caffo", alpha=alpha),
            "miettinen_nurminen": score_interval(k1, n1, k2, n2, alpha),
        }
        if 0 < k1 + k2 < n1 + n2:
            outputs["score_test"] = list(proportion.score_test_proportions_2indep(
                k1, n1, k2, n2, return_results=False))
            outputs["pooled_z"] = proportion.proportions_ztest([k1, k2], [n1, n2])
        else:
            outputs["score_test"] = outputs["pooled_z"] = [math.nan, math.nan]
        add("proportion_diff_indep", {"k1": k1, "n1": n1, "k2": k2, "n2": n2}, outputs, {"alpha": alpha},
            rtol=1e-7, atol=1e-9)


def equivalence():
    for _ in range(12):
        scale = float(random.choice([1e-6, 1, 1e8]))
        x = random.normal(0, 1, random.integers(2, 40)) * scale
        y = random.normal(0.2, 2, random.integers(2, 40)) * scale
        low, high = -float(random.uniform(0.1, 3)) * scale, float(random.uniform(0.1, 3)) * scale
        p, lower, upper = weightstats.ttost_ind(x, y, low, high, usevar="unequal")
        add("tost_welch", {"x": x, "y": y}, {"tost_p": p, "lower": lower, "upper": upper}, {"low": low, "upp": high},
            rtol=1e-8)
        y = x + random.normal(0.1, 0.5, len(x)) * scale
        p, lower, upper = weightstats.ttost_paired(x, y, low, high)
        add("tost_paired", {"x": x, "y": y}, {"tost_p": p, "lower": lower, "upper": upper}, {"low": low, "upp": high},
            rtol=1e-7)
    for x, y in [([1, 1, 1], [2, 2]), ([1], [2, 3]), ([], [1, 2]), ([1, math.nan], [1, 2])]:
        add("tost_welch", {"x": x, "y": y}, undefined(["tost_p", "lower", "upper"]), {"low": -1.0, "upp": 1.0})
    for x, y in [([1, 2], [2, 3]), ([1, 2], [1, 2, 3]), ([1], [1]), ([math.inf, 1], [0, 1])]:
        add("tost_paired", {"x": x, "y": y}, undefined(["tost_p", "lower", "upper"]), {"low": -1.0, "upp": 1.0})
    for _ in range(10):
        (k1, n1), (k2, n2) = a_count(3000), a_count(3000)
        low, high = -float(random.uniform(0.01, 0.5)), float(random.uniform(0.01, 0.5))
        method = str(random.choice(["wald", "agresti-caffo"]))
        if method == "wald" and k1 in (0, n1) and k2 in (0, n2):
            outputs = undefined(["pvalue"])
        else:
            outputs = {"pvalue": proportion.tost_proportions_2indep(k1, n1, k2, n2, low, high, method=method).pvalue}
        add("tost_proportions", {"k1": k1, "n1": n1, "k2": k2, "n2": n2}, outputs,
            {"low": low, "upp": high, "method": method}, rtol=1e-8)
    for _ in range(8):
        difference, error, margin = random.normal(0, 0.05), random.uniform(1e-4, 0.1), random.uniform(0, 0.2)
        higher = bool(random.integers(2))
        sign = 1 if higher else -1
        z = (sign * difference + margin) / error
        add("non_inferiority_z", {"diff": difference, "se": error, "margin": margin, "higher_is_better": higher}, {
            "z": z, "p_noninferior": stats.norm.sf(z), "log10_pvalue": stats.norm.logsf(z) / math.log(10),
            "one_sided_bound95": difference - sign * stats.norm.isf(0.05) * error,
        }, rtol=1e-8, atol=1e-12)
    add("non_inferiority_z", {"diff": 0.0, "se": 0.0, "margin": 0.1, "higher_is_better": True}, undefined(["z", "p_noninferior"]))


def t_power(effect, n, alpha, ratio, word="two-sided"):
    """statsmodels' power, but for the NaN that scipy's noncentral t answers for the far tail."""
    solver = power.TTestIndPower()
    if word != "two-sided":
        return float(np.nan_to_num(solver.power(effect, n, alpha, ratio, alternative=word)))
    return sum(t_power(effect, n, alpha / 2, ratio, side) for side in ["larger", "smaller"])


def planning():
    for _ in range(15):
        effect, n = float(random.uniform(-1, 1)), float(random.choice([2, 5, 30, 200, 5000]))
        alpha, ratio = an_alpha(), float(random.choice([1, 0.5, 3]))
        word = str(random.choice(["two-sided", "larger", "smaller"]))
        add("power_t_ind", {"effect_size": effect, "nobs1": n, "alpha": alpha, "ratio": ratio},
            {"power": t_power(effect, n, alpha, ratio, word)}, {"alternative": word}, rtol=1e-7, atol=1e-12)
    add("power_t_ind", {"effect_size": 0.5, "nobs1": 1, "alpha": 0.05, "ratio": 1.0}, undefined(["power"]))
    for _ in range(8):
        n, alpha, ratio = float(random.choice([3, 10, 80, 3000])), an_alpha(), float(random.choice([1, 2]))
        wanted = float(random.uniform(0.6, 0.97))
        # statsmodels stops within 1e-5 of the root; its power is exact.
        most = 0.01
        while t_power(most, n, alpha, ratio) < wanted:
            most *= 1.5
        effect = optimize.brentq(lambda d: t_power(d, n, alpha, ratio) - wanted, 1e-9, most, xtol=1e-14)
        add("mde_t_ind", {"nobs1": n, "alpha": alpha, "power": wanted, "ratio": ratio}, {"effect_size_exact": effect}, rtol=1e-7)
    for _ in range(8):
        error, alpha, wanted, sides = random.uniform(1e-4, 1), an_alpha(), random.uniform(0.55, 0.99), int(random.integers(1, 3))
        add("mde_normal", {"se_of_difference": error, "alpha": alpha, "power": wanted, "sides": sides},
            {"mde": (stats.norm.isf(alpha / sides) + stats.norm.ppf(wanted)) * error}, rtol=1e-10)
    for _ in range(10):
        p1, p2 = (float(share) for share in random.choice([0.0, 0.5, 1.0, *random.uniform(0, 1, 6)], 2, replace=False))
        alpha, wanted = an_alpha(), float(random.uniform(0.55, 0.99))
        h = proportion.proportion_effectsize(p1, p2)
        critical = stats.norm.isf(alpha / 2)
        formula = 2 * ((critical + stats.norm.ppf(wanted)) / h) ** 2

        def missing(count):
            shift = abs(h) * (count / 2) ** 0.5
            return stats.norm.sf(critical - shift) + stats.norm.sf(critical + shift) - wanted

        exact = optimize.brentq(missing, formula / 10, formula, xtol=1e-13 * formula, rtol=1e-13)
        add("sample_size_two_props", {"p1": p1, "p2": p2, "alpha": alpha, "power": wanted}, {
            "n_per_arm_fleiss": proportion.samplesize_proportions_2indep_onetail(p1 - p2, p2, wanted, alpha=alpha),
            "cohen_h": h, "n_per_arm_arcsine": exact,
        }, rtol=1e-8)
    add("sample_size_two_props", {"p1": 0.4, "p2": 0.4, "alpha": 0.05, "power": 0.8},
        {"n_per_arm_fleiss": math.inf, "cohen_h": 0.0, "n_per_arm_arcsine": math.inf})
    for _ in range(6):
        b, c = (float(share) for share in random.uniform(0.001, 0.4, 2))
        alpha, wanted = an_alpha(), float(random.uniform(0.55, 0.99))
        q, d = b + c, b - c
        root = stats.norm.isf(alpha / 2) * math.sqrt(q) + stats.norm.ppf(wanted) * math.sqrt(q - d * d)
        add("sample_size_mcnemar", {"p_b": b, "p_c": c, "alpha": alpha, "power": wanted}, {"n_pairs": (root / d) ** 2}, rtol=1e-9)
    add("sample_size_mcnemar", {"p_b": 0.1, "p_c": 0.1, "alpha": 0.05, "power": 0.8}, {"n_pairs": math.inf})
    for _ in range(4):
        n, sigma, alpha, beta = int(random.integers(1, 10000)), random.uniform(0.01, 100), an_alpha(), random.uniform(0.01, 0.4)
        error = sigma * math.sqrt(2 / n)
        add("gate_threshold_from_alpha", {"n": n, "sigma": sigma, "alpha": alpha, "beta": beta}, {
            "theta_mde": (stats.norm.isf(alpha) + stats.norm.isf(beta)) * error,
            "threshold_minus_reference": -stats.norm.isf(alpha) * error,
        }, rtol=1e-10)


def uniforms(n, state):
    values = []
    for _ in range(n):
        state = (1664525 * state + 1013904223) % 2**32
        values.append((state + 0.5) / 2**32)
    return values


def sequential():
    for _ in range(8):
        n, mean = int(random.choice([1, 30, 10000, 10**8])), float(random.normal(0, 0.2))
        null, variance, mixing = float(random.choice([0, 0.1])), float(random.uniform(0.1, 4)), float(random.uniform(1e-4, 1))
        evidence = (0.5 * math.log(variance / (variance + n * mixing))
                    + n * n * mixing * (mean - null) ** 2 / (2 * variance * (variance + n * mixing)))
        outputs = {"log_lambda": evidence, "log10_pvalue": min(0.0, -evidence / math.log(10))}
        if evidence < 700:
            outputs["p_always_valid_raw"] = min(1.0, math.exp(-evidence))
        add("msprt_normal", {"n": n, "mean_diff": mean, "theta0": null, "sigma2": variance, "tau2": mixing}, outputs, rtol=1e-8, atol=1e-10)
    for shift in [0.0, 0.3, 1.0]:
        n, start, variance, mixing = 60, int(random.integers(1, 10**6)), 1.0, float(random.uniform(0.05, 1))
        draws = uniforms(12 * n, start)
        values = [sum(draws[12 * i:12 * i + 12]) - 6.0 + shift for i in range(n)]
        path, least = [], 1.0
        for i in range(1, n + 1):
            total = math.fsum(values[:i])
            evidence = 0.5 * math.log(variance / (variance + i * mixing)) + mixing * total**2 / (2 * variance * (variance + i * mixing))
            least = min(least, math.exp(-evidence))
            path.append(least)
        first = next((i + 1 for i, p in enumerate(path) if p < 0.05), math.nan)
        add("msprt_normal", {"gen": "lcg_normalish", "seed": start, "n": n, "scale": 1.0, "shift": shift, "sigma2": variance, "tau2": mixing},
            {"p_path_every5": path[4::5], "first_n_below_0.05": first}, rtol=1e-8)
    for _ in range(6):
        n, deviation, alpha, mixing = int(random.choice([1, 77, 10**6])), float(random.uniform(0.01, 9)), an_alpha(), float(random.uniform(1e-4, 2))
        add("confidence_sequence_normal_mixture", {"n": n, "sd": deviation, "alpha": alpha, "rho2": mixing}, {
            "half_width": deviation * math.sqrt(2 * (n * mixing + 1) / (n * n * mixing) * math.log(math.sqrt(n * mixing + 1) / alpha)),
            "fixed_n_half_width": stats.norm.isf(alpha / 2) * deviation / math.sqrt(n),
        }, rtol=1e-9)
    for _ in range(12):
        k, n = a_count(20000)
        alpha = an_alpha()

        def evidence(p):
            return (gammaln(k + 1) + gammaln(n - k + 1) - gammaln(n + 2)
                    - (k * math.log(p) if k else 0) - ((n - k) * math.log1p(-p) if k < n else 0))

        def end(limit):
            return optimize.brentq(lambda p: evidence(p) + math.log(alpha), *sorted([min(max(k / n, 1e-12), 1 - 1e-12), limit]), xtol=1e-15)

        outputs = {"lower": 0.0 if k == 0 else end(1e-300), "upper": 1.0 if k == n else end(1 - 1e-16),
                   "log_e_value_at_0.5": evidence(0.5)}
        if evidence(0.5) < 700:
            outputs["e_value_at_0.5"] = math.exp(evidence(0.5))
        add("confidence_sequence_beta_binomial", {"successes": k, "n": n, "alpha": alpha}, outputs, {"prior": "Beta(1,1)"}, rtol=1e-8, atol=1e-9)
    for _ in range(6):
        p0, p1 = (float(share) for share in random.uniform(0.001, 0.999, 2))
        alpha, beta, (k, n) = float(random.uniform(0.001, 0.3)), float(random.uniform(0.001, 0.3)), a_count()
        add("wald_sprt_bernoulli", {"p0": p0, "p1": p1, "alpha": alpha, "beta": beta, "successes": k, "n": n}, {
            "llr": k * math.log(p1 / p0) + (n - k) * math.log((1 - p1) / (1 - p0)),
            "upper": math.log((1 - beta) / alpha), "lower": math.log(beta / (1 - alpha)),
        }, rtol=1e-9, atol=1e-11)
    for _ in range(5):
        n = int(random.integers(2, 60))
        x = random.normal(5, 2, n)
        y = random.uniform(-2, 2) * x + random.normal(0, random.uniform(0.01, 3), n)
        line = stats.linregress(x, y)
        residuals = y - line.slope * (x - x.mean())
        add("cuped", {"y": y, "x": x}, {
            "theta": line.slope, "var_y": y.var(ddof=1), "var_cuped": residuals.var(ddof=1), "rho2": line.rvalue**2,
            "mean_cuped": residuals.mean(),
        }, rtol=1e-7, atol=1e-13)
    add("cuped", {"y": [1.0, 2.0, 4.0], "x": [3.0, 3.0, 3.0]},
        {"theta": math.nan, "var_y": 7 / 3, "var_cuped": math.nan, "rho2": math.nan})
    add("cuped", {"y": [1.0], "x": [3.0]}, undefined(["theta", "var_y", "var_cuped", "rho2"]))


proportions()
pairs()
differences()
equivalence()
planning()
sequential()
json.dump({
    "meta": {
        "generated_by": "interval_cases.py", "seed": seed, "count": len(cases),
        "libraries": {"scipy": scipy.__version__, "numpy": np.__version__, "statsmodels": statsmodels.__version__},
    },
    "cases": cases,
}, sys.stdout, indent=1, allow_nan=False)
