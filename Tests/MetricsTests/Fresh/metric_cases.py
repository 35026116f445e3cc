"""Random cases of metrics, answered by scikit-learn, sacrebleu and fairlearn: metric_cases.py SEED [ROUNDS].

In the shape of fixtures/vectors/metrics.json, with its families and names. fixtures/vectors/metrics-random.json is what
seed 2026 makes in 2 rounds.
"""

import itertools
import json
import math
import sys
import warnings
from importlib.metadata import version

import numpy as np
import sklearn.metrics as m
from fairlearn import metrics as fair
from sacrebleu.metrics import BLEU, CHRF, TER
from scipy import stats
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")
np.seterr(all="ignore")
seed = int(sys.argv[1])
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 12
random = np.random.default_rng(seed)
cases = []


def plain(value):
    """As JSON: numpy's types as Python's, and what JSON has no number for as a word."""
    if isinstance(value, dict):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(element) for element in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        value = float(value)
        if math.isnan(value):
            return "NaN"
        return value if math.isfinite(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def add(family, inputs, outputs, rtol=1e-9, **params):
    """A case; an output that its library refuses is a ValueError."""
    answers = {}
    for key, compute in outputs.items():
        try:
            answers[key] = plain(compute())
        except (ValueError, ZeroDivisionError):
            answers[key] = "ValueError"
    cases.append({
        "id": f"{family}/{seed}-{len(cases)}", "family": family, "inputs": plain(inputs), "params": plain(params),
        "outputs": answers, "rtol": rtol, "atol": 1e-12})


def weights_of(n):
    kind = random.integers(3)
    if kind == 0:
        return None
    weights = random.choice([0.0, 0.5, 1.0, 2.0, 3.25], n) if kind == 1 else random.random(n) + 0.1
    return weights if weights.sum() > 0 else np.ones(n)


def with_weights(inputs, weights):
    return inputs if weights is None else inputs | {"sample_weight": weights}


def binary_labels():
    n = int(random.integers(2, 30))
    truth, predicted = (random.random(n) < random.choice([0.1, 0.5, 0.9])).astype(int), random.integers(0, 2, n)
    binary_case(truth, predicted, None if len(set(truth)) == 1 else weights_of(n), random.choice([0.0, 1.0, np.nan]))


def binary_case(truth, predicted, w, zero):
    both = {"labels": [0, 1], "sample_weight": w}
    own = {"zero_division": zero, "sample_weight": w}
    outputs = {
        "confusion_tn_fp_fn_tp": lambda: m.confusion_matrix(truth, predicted, **both).ravel(),
        "accuracy": lambda: m.accuracy_score(truth, predicted, sample_weight=w),
        "balanced_accuracy": lambda: m.balanced_accuracy_score(truth, predicted, sample_weight=w),
        "precision": lambda: m.precision_score(truth, predicted, **own),
        "recall": lambda: m.recall_score(truth, predicted, **own),
        "f1": lambda: m.f1_score(truth, predicted, **own),
        "f2": lambda: m.fbeta_score(truth, predicted, beta=2, **own),
        "f0.5": lambda: m.fbeta_score(truth, predicted, beta=0.5, **own),
        "mcc": lambda: m.matthews_corrcoef(truth, predicted, sample_weight=w),
        "cohen_kappa": lambda: m.cohen_kappa_score(truth, predicted, **both),
        "zero_one_loss": lambda: m.zero_one_loss(truth, predicted, sample_weight=w),
        "hamming": lambda: m.hamming_loss(truth, predicted, sample_weight=w),
    }
    if not math.isnan(zero):
        outputs["jaccard"] = lambda: m.jaccard_score(truth, predicted, **own)
    if 1 in truth and 0 in truth:
        ratios = m.class_likelihood_ratios(truth, predicted, labels=[0, 1], sample_weight=w)
        outputs |= {"lr_pos": lambda: ratios[0], "lr_neg": lambda: ratios[1]}
    add("binary_label", with_weights({"y_true": truth, "y_pred": predicted}, w), outputs, zero_division=zero)


def binary_scores():
    n = int(random.integers(4, 60))
    truth = (random.random(n) < 0.4).astype(int)
    truth[:2] = [0, 1]
    scores = np.clip(0.3 * truth + 0.7 * random.random(n), 0, 1)
    if random.random() < 0.5:
        scores = np.round(scores, 1)
    w = weights_of(n)
    if w is not None:
        w[:2] += 0.5
    own = {"sample_weight": w}
    precision, recall, _ = m.precision_recall_curve(truth, scores, **own)
    fpr, tpr, thresholds = m.roc_curve(truth, scores, drop_intermediate=False, **own)
    limit = float(random.choice([0.05, 0.2, 0.5, 0.9]))
    outputs = {
        "roc_auc": lambda: m.roc_auc_score(truth, scores, **own),
        "average_precision": lambda: m.average_precision_score(truth, scores, **own),
        "pr_auc_trapezoid": lambda: m.auc(recall, precision),
        "ks_stat_max_tpr_minus_fpr": lambda: (tpr - fpr).max(),
        "gini": lambda: 2 * m.roc_auc_score(truth, scores, **own) - 1,
        "log_loss": lambda: m.log_loss(truth, scores, **own),
        "brier": lambda: m.brier_score_loss(truth, scores, **own),
        "d2_log_loss": lambda: m.d2_log_loss_score(truth, scores, **own),
        "d2_brier": lambda: m.d2_brier_score(truth, scores, **own),
        "roc_curve": lambda: {"fpr": fpr, "tpr": tpr, "thresholds": thresholds},
    }
    for bound in (0.35, 0.6, 0.9):
        outputs[f"max_precision_at_recall>={bound}"] = lambda bound=bound: precision[recall >= bound].max()
        outputs[f"max_recall_at_precision>={bound}"] = lambda bound=bound: recall[precision >= bound].max()
        outputs[f"max_tpr_at_fpr<={bound}"] = lambda bound=bound: tpr[fpr <= bound].max()
    inputs = with_weights({"y_true": truth, "y_score": scores}, w)
    add("binary_score", inputs, outputs)
    add("binary_score", inputs, {
        "roc_auc_mcclish": lambda: m.roc_auc_score(truth, scores, max_fpr=limit, **own)}, max_fpr=limit)


def multiclass_labels():
    n, k = int(random.integers(3, 40)), int(random.integers(2, 6))
    truth, predicted = random.integers(0, k, n), random.integers(0, k, n)
    predicted = np.where(random.random(n) < 0.5, truth, predicted)
    w = weights_of(n) if random.random() < 0.5 else None
    if w is not None:
        w = w + 0.25
    present = sorted(set(truth) | set(predicted))
    labels = None
    if random.random() < 0.5 and len(present) > 1:
        labels = present[: len(present) - 1] if random.random() < 0.5 else present + [max(present) + 1]
    multiclass_case(truth, predicted, w, random.choice([0.0, 1.0, np.nan]), labels)
    for weights in ("linear", "quadratic"):
        add("multiclass_label", with_weights({"y_true": truth, "y_pred": predicted}, w), {
            "kappa": lambda: m.cohen_kappa_score(truth, predicted, weights=weights, sample_weight=w)}, weights=weights)


def multiclass_case(truth, predicted, w, zero, labels):
    own = {"labels": labels, "sample_weight": w, "zero_division": zero}
    outputs = {
        "accuracy": lambda: m.accuracy_score(truth, predicted, sample_weight=w),
        "balanced_accuracy": lambda: m.balanced_accuracy_score(truth, predicted, sample_weight=w),
        "balanced_accuracy_adjusted": lambda: m.balanced_accuracy_score(
            truth, predicted, sample_weight=w, adjusted=True),
        "mcc": lambda: m.matthews_corrcoef(truth, predicted, sample_weight=w),
        "kappa": lambda: m.cohen_kappa_score(truth, predicted, sample_weight=w),
    }
    for average in ("macro", "micro", "weighted"):
        outputs[f"precision_{average}"] = lambda a=average: m.precision_score(truth, predicted, average=a, **own)
        outputs[f"recall_{average}"] = lambda a=average: m.recall_score(truth, predicted, average=a, **own)
        outputs[f"f1_{average}"] = lambda a=average: m.f1_score(truth, predicted, average=a, **own)
        if not math.isnan(zero):
            outputs[f"jaccard_{average}"] = lambda a=average: m.jaccard_score(truth, predicted, average=a, **own)
    parts = m.precision_recall_fscore_support(truth, predicted, **own)
    outputs["per_class"] = lambda: dict(zip(("precision", "recall", "f1", "support"), parts))
    params = {"zero_division": zero} | ({} if labels is None else {"labels": labels})
    add("multiclass_label", with_weights({"y_true": truth, "y_pred": predicted}, w), outputs, **params)


def multiclass_scores():
    k = int(random.integers(3, 6))
    n = int(random.integers(3 * k, 40))
    truth = np.concatenate([np.arange(k), random.integers(0, k, n - k)])
    scores = random.dirichlet(np.ones(k), n)
    if random.random() < 0.3:
        scores = np.eye(k)[random.integers(0, k, n)] * 0.5 + 0.5 / k
    w = weights_of(n)
    if w is not None:
        w = w + 0.25
    own = {"sample_weight": w}
    outputs = {
        "log_loss": lambda: m.log_loss(truth, scores, **own),
        "brier_multiclass_default_auto": lambda: m.brier_score_loss(truth, scores, **own),
        "brier_multiclass_scaled_by_half": lambda: m.brier_score_loss(truth, scores, scale_by_half=True, **own),
        "d2_log_loss": lambda: m.d2_log_loss_score(truth, scores, **own),
        "d2_brier": lambda: m.d2_brier_score(truth, scores, **own),
        "top_1_accuracy": lambda: m.top_k_accuracy_score(truth, scores, k=1, **own),
        "top_2_accuracy": lambda: m.top_k_accuracy_score(truth, scores, k=2, **own),
        "normalize_false": lambda: m.top_k_accuracy_score(truth, scores, k=2, normalize=False, **own),
    }
    for average in ("macro", "weighted", "micro"):
        outputs[f"roc_auc_ovr_{average}"] = lambda a=average: m.roc_auc_score(
            truth, scores, multi_class="ovr", average=a, **own)
        if average != "micro" and w is None:
            outputs[f"roc_auc_ovo_{average}"] = lambda a=average: m.roc_auc_score(
                truth, scores, multi_class="ovo", average=a)
        hot = np.eye(k)[truth]
        outputs[f"average_precision_{average}"] = lambda a=average: m.average_precision_score(
            hot, scores, average=a, **own)
    outputs["roc_auc_ovr_per_class"] = lambda: m.roc_auc_score(truth, scores, multi_class="ovr", average=None, **own)
    add("multiclass_score", with_weights({"y_true": truth, "y_score": scores}, w), outputs, k=2)


def multilabel():
    n, k = int(random.integers(2, 12)), int(random.integers(2, 5))
    truth, predicted = random.integers(0, 2, (n, k)), random.integers(0, 2, (n, k))
    zero = random.choice([0.0, 1.0])
    w = random.choice([0.5, 1.0, 2.0], n) if random.random() < 0.5 else None
    outputs = {
        "subset_accuracy": lambda: m.accuracy_score(truth, predicted, sample_weight=w),
        "hamming_loss": lambda: m.hamming_loss(truth, predicted, sample_weight=w),
    }
    for average in ("macro", "micro", "weighted", "samples"):
        own = {"average": average, "zero_division": zero, "sample_weight": w}
        for name, score in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score),
                            ("jaccard", m.jaccard_score)):
            outputs[f"{name}_{average}"] = lambda score=score, own=own: score(truth, predicted, **own)
    add("multilabel_label", with_weights({"y_true": truth, "y_pred": predicted}, w), outputs, zero_division=zero)

    truth[0], truth[1] = [1] + [0] * (k - 1), [0] + [1] * (k - 1)
    scores = np.round(random.random((n, k)), 1)
    outputs = {
        "lrap": lambda: m.label_ranking_average_precision_score(truth, scores, sample_weight=w),
        "coverage_error": lambda: m.coverage_error(truth, scores, sample_weight=w),
        "label_ranking_loss": lambda: m.label_ranking_loss(truth, scores, sample_weight=w),
    }
    for average in ("macro", "micro", "weighted"):
        outputs[f"roc_auc_{average}"] = lambda a=average: m.roc_auc_score(
            truth, scores, average=a, sample_weight=w)
        outputs[f"average_precision_{average}"] = lambda a=average: m.average_precision_score(
            truth, scores, average=a, sample_weight=w)
    if all(0 < row.sum() < k for row in truth):
        for name, score in (("roc_auc", m.roc_auc_score), ("average_precision", m.average_precision_score)):
            outputs[f"{name}_samples"] = lambda score=score: score(truth, scores, average="samples", sample_weight=w)
    add("multilabel_score", with_weights({"y_true": truth, "y_score": scores}, w), outputs)


def regression():
    n = int(random.integers(2, 30))
    positive = random.random() < 0.5
    truth = random.exponential(3, n) + 0.01 if positive else np.round(random.normal(0, 3, n), 1)
    predicted = truth * random.uniform(0.6, 1.5, n) if positive else truth + random.normal(0, 1, n)
    w = weights_of(n)
    if w is not None:
        w[:2] += 0.5
    own = {"sample_weight": w}
    power = float(random.choice([0, 1, 1.5, 2, 3]))
    outputs = {
        "mse": lambda: m.mean_squared_error(truth, predicted, **own),
        "rmse": lambda: m.root_mean_squared_error(truth, predicted, **own),
        "mae": lambda: m.mean_absolute_error(truth, predicted, **own),
        "median_ae": lambda: m.median_absolute_error(truth, predicted, **own),
        "mape": lambda: m.mean_absolute_percentage_error(truth, predicted, **own),
        "r2": lambda: m.r2_score(truth, predicted, **own),
        "explained_variance": lambda: m.explained_variance_score(truth, predicted, **own),
        "d2_absolute_error": lambda: m.d2_absolute_error_score(truth, predicted, **own),
        "max_error": lambda: m.max_error(truth, predicted),
        "msle": lambda: m.mean_squared_log_error(truth, predicted, **own),
        "rmsle": lambda: m.root_mean_squared_log_error(truth, predicted, **own),
        "poisson_deviance": lambda: m.mean_poisson_deviance(truth, predicted, **own),
        "gamma_deviance": lambda: m.mean_gamma_deviance(truth, predicted, **own),
        "pinball_0.1": lambda: m.mean_pinball_loss(truth, predicted, alpha=0.1, **own),
        "pinball_0.75": lambda: m.mean_pinball_loss(truth, predicted, alpha=0.75, **own),
        "tweedie": lambda: m.mean_tweedie_deviance(truth, predicted, power=power, **own),
        "d2": lambda: m.d2_tweedie_score(truth, predicted, power=power, **own),
    }
    add("regression", with_weights({"y_true": truth, "y_pred": predicted}, w), outputs, power=power)
    alpha = float(random.choice([0.1, 0.5, 0.8]))
    add("regression", with_weights({"y_true": truth, "y_pred": predicted}, w), {
        "d2_pinball": lambda: m.d2_pinball_score(truth, predicted, alpha=alpha, **own)}, alpha=alpha)
    table, other = random.normal(0, 2, (n, 2)), random.normal(0, 2, (n, 2))
    if n > 2:
        add("regression", {"y_true": table, "y_pred": other}, {
            "mse_raw": lambda: m.mean_squared_error(table, other, multioutput="raw_values"),
            "mae_uniform": lambda: m.mean_absolute_error(table, other),
            "rmse_uniform": lambda: m.root_mean_squared_error(table, other),
            "r2_variance_weighted": lambda: m.r2_score(table, other, multioutput="variance_weighted"),
            "r2_uniform": lambda: m.r2_score(table, other),
            "mse_weights": lambda: m.mean_squared_error(table, other, multioutput=[0.3, 0.7])})


def rankings():
    n = int(random.integers(2, 12))
    relevance = random.integers(0, 4, n)
    scores = random.random(n) if random.random() < 0.5 else random.integers(0, 3, n).astype(float)
    outputs = {}
    for k in (1, 3, n):
        outputs[f"ndcg@{k}"] = lambda k=k: m.ndcg_score([relevance], [scores], k=k)
        outputs[f"dcg@{k}"] = lambda k=k: m.dcg_score([relevance], [scores], k=k)
        # Which of equal scores numpy sorts first depends on the processor.
        if len(set(scores)) == n:
            outputs[f"ndcg@{k}_ignore_ties"] = lambda k=k: m.ndcg_score([relevance], [scores], k=k, ignore_ties=True)
    add("ranking_ndcg", {"relevance": relevance, "score": scores}, outputs, gain="linear")


def calibration():
    n, bins = int(random.integers(10, 60)), int(random.integers(3, 12))
    scores = random.random(n) if random.random() < 0.5 else np.round(random.random(n), 1)
    truth = (random.random(n) < scores).astype(int)
    truth[:2] = [0, 1]
    true, predicted = calibration_curve(truth, scores, n_bins=bins)
    add("calibration", {"y_true": truth, "y_prob": scores}, {
        "prob_true": lambda: true, "prob_pred": lambda: predicted}, n_bins=bins)
    # scikit-learn takes quantiles through percents, which moves an edge by its rounding; these are numpy's own.
    for strategy, edges in (("uniform", np.linspace(0, 1, bins + 1)),
                            ("quantile", np.quantile(scores, np.linspace(0, 1, bins + 1)))):
        place = np.clip(np.searchsorted(edges, scores, side="left") - 1, 0, bins - 1)
        counts = np.bincount(place, minlength=bins)
        means = [np.bincount(place, values, bins) / counts for values in (scores, truth)]
        gaps = np.nan_to_num(np.abs(means[0] - means[1]))
        add("calibration", {"y_true": truth, "y_prob": scores}, {
            "ece": lambda: (counts * gaps).sum() / n, "mce": lambda: gaps.max(),
            "rmsce": lambda: math.sqrt((counts * gaps ** 2).sum() / n),
            "bins_count_conf_acc": lambda: list(zip(counts, *means))}, n_bins=bins, strategy=strategy)


def fairness():
    n = 40
    truth, predicted = random.integers(0, 2, n), random.integers(0, 2, n)
    group = random.choice(["a", "b", "c"], n)
    own = {"sensitive_features": group}
    frame = fair.MetricFrame(metrics=m.accuracy_score, y_true=truth, y_pred=predicted, **own)
    precise = fair.MetricFrame(metrics=m.precision_score, y_true=truth, y_pred=predicted, **own)
    add("fairness", {"y_true": truth, "y_pred": predicted, "group": group}, {
        "dp_diff": lambda: fair.demographic_parity_difference(truth, predicted, **own),
        "dp_ratio": lambda: fair.demographic_parity_ratio(truth, predicted, **own),
        "dp_diff_to_overall": lambda: fair.demographic_parity_difference(
            truth, predicted, method="to_overall", **own),
        "dp_ratio_to_overall": lambda: fair.demographic_parity_ratio(truth, predicted, method="to_overall", **own),
        "eo_diff_worst": lambda: fair.equalized_odds_difference(truth, predicted, **own),
        "eo_diff_mean": lambda: fair.equalized_odds_difference(truth, predicted, agg="mean", **own),
        "eo_ratio": lambda: fair.equalized_odds_ratio(truth, predicted, **own),
        "equal_opportunity_diff": lambda: fair.equal_opportunity_difference(truth, predicted, **own),
        "equal_opportunity_ratio": lambda: fair.equal_opportunity_ratio(truth, predicted, **own),
        "predictive_parity_difference": lambda: precise.difference(),
        "predictive_parity_ratio": lambda: precise.ratio(),
        "accuracy_by_group": lambda: frame.by_group.to_dict(),
        "accuracy_diff": lambda: frame.difference(), "accuracy_ratio": lambda: frame.ratio(),
        "accuracy_group_min": lambda: frame.group_min()})


def texts():
    words = ["the", "cat", "dog", "sat", "on", "a", "mat", "Garden,", "3.5", "is", "isn't", "end.", "(so)", "naïve"]
    references = [list(random.choice(words, random.integers(1, 14))) for _ in range(int(random.integers(1, 5)))]
    hypotheses = []
    for reference in references:
        copy = [word for word in reference if random.random() < 0.85]
        if random.random() < 0.6 and len(copy) > 3:
            cut = int(random.integers(1, len(copy)))
            copy = copy[cut:] + copy[:cut]
        if random.random() < 0.5:
            copy.insert(int(random.integers(0, len(copy) + 1)), str(random.choice(words)))
        hypotheses.append(" ".join(copy))
    references = [" ".join(reference) for reference in references]
    smooth = str(random.choice(["exp", "floor", "add-k", "none"]))
    bleu = BLEU(tokenize="13a", smooth_method=smooth).corpus_score(hypotheses, [references])
    add("text", {"hyp": hypotheses, "ref": references}, {
        "bleu": lambda: bleu.score, "bleu_precisions": lambda: bleu.precisions, "bp": lambda: bleu.bp,
        "chrf": lambda: CHRF().corpus_score(hypotheses, [references]).score,
        "ter": lambda: TER().corpus_score(hypotheses, [references]).score}, tokenize="13a", smooth=smooth)


def forecasts():
    n = 4
    gaussian = np.column_stack([random.normal(0, 2, n), random.normal(0, 2, n), random.random(n) + 0.1])

    def crps(y, mean, deviation):
        grid = np.linspace(-60, 60, 400001)
        return np.trapezoid((stats.norm.cdf(grid, mean, deviation) - (grid >= y)) ** 2, grid)

    add("forecast", {"gaussian": gaussian}, {"gaussian": lambda: [crps(*row) for row in gaussian]}, rtol=1e-3)


def tiny():
    """Every way that one or two rows can be labelled: classes that are missing in all combinations."""
    for n in (1, 2):
        for truth, predicted in itertools.product(itertools.product([0, 1], repeat=n), repeat=2):
            for zero in (0.0, 1.0, np.nan):
                binary_case(np.array(truth), np.array(predicted), None, zero)
        for truth, predicted in itertools.product(itertools.product([0, 1, 2], repeat=n), repeat=2):
            multiclass_case(np.array(truth), np.array(predicted), None, 0.0, [0, 1, 2])


for _ in range(rounds):
    for family in (binary_labels, binary_scores, multiclass_labels, multiclass_scores, multilabel, regression, rankings,
                   calibration, fairness, texts):
        family()
forecasts()
if rounds > 2:
    tiny()
libraries = {name: version(name) for name in ("scikit-learn", "numpy", "scipy", "sacrebleu", "fairlearn")}
print(json.dumps({"meta": {"generated_by": f"metric_cases.py {seed} {rounds}", "libraries": libraries}, "cases": cases}))
