/// Which side of a metric is the better one.
package enum MetricDirection: String, Sendable, Hashable, CaseIterable {
  case higher
  case lower
}

extension MetricDirection {
  /// The direction of a metric that is known by its name; nil when it is not, and the config has to say it.
  ///
  /// Names count as scikit-learn, MLflow, lm-eval and Hugging Face evaluate write them: in any case, with `-`, `_` or
  /// a space, behind `val_`, `test_`, `eval_` and the like, with an averaging (`f1_macro`), a cut-off (`ndcg@10`), a
  /// filter (`acc,none`) or a statistic (`toxicity/v1/mean`). Nothing is guessed from a part of a name: a direction
  /// that is silently wrong would let regressions pass.
  package static func known(for metric: String) -> MetricDirection? {
    let parts = metric.lowercased().split(whereSeparator: { $0 == "." || $0 == "/" }).map(String.init)
    // A cut-off may hold a dot of its own (mAP@0.5), so the whole name is tried first.
    let candidates = [metric.lowercased()] + parts.reversed().drop(while: isStatistic).prefix(1)
    for candidate in candidates {
      if let direction = known(plain: plain(candidate)) { return direction }
    }
    return nil
  }

  /// The name without its filter, cut-off, spelling and prefix.
  private static func plain(_ name: String) -> String {
    var plain = String(name.prefix { $0 != "," && $0 != "@" }.map { $0 == "-" || $0 == " " ? "_" : $0 })
    if let prefix = prefixes.first(where: { plain.hasPrefix($0) }) { plain.removeFirst(prefix.count) }
    let head = plain.dropLast(plain.reversed().prefix { $0.isASCII && $0.isNumber }.count)
    return head.count < plain.count && head.hasSuffix("_at_") ? String(head.dropLast(4)) : plain
  }

  private static func known(plain name: String) -> MetricDirection? {
    for spelling in spellings(of: name) {
      if higherNames.contains(spelling) { return .higher }
      if lowerNames.contains(spelling) { return .lower }
    }
    // scikit-learn negates losses so that its searches can maximise everything.
    guard name.hasPrefix("neg_") else { return nil }
    return spellings(of: String(name.dropFirst(4))).contains { lowerNames.contains($0) } ? .higher : nil
  }

  /// The name itself, then without an averaging or a `_score` around it.
  private static func spellings(of name: String) -> [String] {
    var spellings = [name]
    for suffix in averagings where name.hasSuffix("_" + suffix) {
      spellings.append(String(name.dropLast(suffix.count + 1)))
    }
    for prefix in averagings where name.hasPrefix(prefix + "_") {
      spellings.append(String(name.dropFirst(prefix.count + 1)))
    }
    return spellings + spellings.filter { $0.hasSuffix("_score") }.map { String($0.dropLast(6)) }
  }

  /// `mean`, `p99`, `v1`: words that say how a metric was summed up, not what it is.
  private static func isStatistic(_ word: String) -> Bool {
    if ["mean", "avg", "average", "median", "min", "max", "value"].contains(word) { return true }
    guard let first = word.first, first == "p" || first == "v" else { return false }
    return word.count > 1 && word.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
  }

  private static let prefixes = [
    "validation_", "valid_", "val_", "testing_", "test_", "evaluation_", "eval_", "training_", "train_", "holdout_",
    "dev_",
  ]

  private static let averagings = [
    "macro", "micro", "weighted", "samples", "binary", "ovr_weighted", "ovo_weighted", "ovr", "ovo", "score",
  ]

  private static let higherNames: Set<String> = [
    // Classification.
    "accuracy", "acc", "acc_norm", "acc_mutual_info", "balanced_accuracy", "top_k_accuracy", "top_1_accuracy",
    "top_5_accuracy", "subset_accuracy", "categorical_accuracy", "binary_accuracy", "sparse_categorical_accuracy",
    "mean_token_accuracy", "precision", "recall", "sensitivity", "specificity", "f1", "f1_score", "f2", "f0.5", "fbeta",
    "tpr", "tnr", "ppv", "npv", "true_positive_rate", "true_negative_rate", "true_positives", "true_negatives",
    "jaccard", "iou", "mean_iou", "miou", "dice", "mcc", "matthews_corrcoef", "matthews_correlation", "cohen_kappa",
    "kappa", "quadratic_weighted_kappa", "youden", "roc_auc", "rocauc", "auroc", "auc", "auc_roc", "pr_auc", "auc_pr",
    "auprc", "aucpr", "precision_recall_auc", "average_precision", "avg_precision", "ap", "gini", "log_likelihood",
    // Regression and ranking.
    "r2", "r_squared", "adjusted_r2", "explained_variance", "pearson", "pearsonr", "spearman", "spearmanr",
    "kendalltau", "correlation", "concordance_index", "d2_absolute_error", "d2_pinball", "d2_tweedie", "d2_log_loss",
    "d2_brier", "ndcg", "dcg", "mrr", "mean_reciprocal_rank", "map", "map50", "map_50", "map75", "map_75",
    "mean_average_precision", "hit_rate", "hits", "hit_ratio", "pass", "label_ranking_average_precision",
    // Text, images, clusters, speed.
    "exact_match", "em", "bleu", "sacrebleu", "google_bleu", "chrf", "chrf++", "meteor", "rouge1", "rouge2", "rougel",
    "rougelsum", "rouge_1", "rouge_2", "rouge_l", "rouge_lsum", "bertscore", "bertscore_f1", "bleurt", "comet", "psnr",
    "ssim", "silhouette", "calinski_harabasz", "adjusted_rand", "rand", "adjusted_mutual_info", "mutual_info",
    "normalized_mutual_info", "nmi", "v_measure", "homogeneity", "completeness", "fowlkes_mallows", "throughput",
    "tokens_per_second", "samples_per_second", "steps_per_second",
  ]

  private static let lowerNames: Set<String> = [
    // Losses.
    "loss", "log_loss", "logloss", "nll", "negative_log_likelihood", "cross_entropy", "crossentropy",
    "binary_crossentropy", "binary_cross_entropy", "categorical_crossentropy", "sparse_categorical_crossentropy",
    "kl_divergence", "hinge", "hinge_loss", "squared_hinge", "hamming_loss", "zero_one_loss", "huber", "huber_loss",
    "focal_loss", "pinball", "pinball_loss", "mean_pinball_loss", "quantile_loss", "logcosh", "mlogloss", "merror",
    "deviance", "mean_poisson_deviance", "mean_gamma_deviance", "mean_tweedie_deviance", "coverage_error",
    "label_ranking_loss",
    // Errors and calibration.
    "error", "error_rate", "mse", "rmse", "mae", "mape", "smape", "wape", "wmape", "mase", "msle", "rmsle", "medae",
    "medape", "mean_squared_error", "root_mean_squared_error", "mean_absolute_error", "median_absolute_error",
    "mean_absolute_percentage_error", "symmetric_mean_absolute_percentage_error", "mean_squared_log_error",
    "mean_squared_logarithmic_error", "root_mean_squared_log_error", "max_error", "residual_std", "crps", "brier",
    "brier_score", "brier_loss", "brier_score_loss", "ece", "mce", "expected_calibration_error",
    "maximum_calibration_error", "calibration_error", "fpr", "fnr", "fdr", "eer", "false_positive_rate",
    "false_negative_rate", "false_discovery_rate", "false_positives", "false_negatives",
    // Text, images, clusters, speed.
    "wer", "cer", "ter", "mer", "word_error_rate", "character_error_rate", "perplexity", "ppl", "word_perplexity",
    "byte_perplexity", "mean_perplexity", "bits_per_byte", "bits_per_character", "toxicity", "toxicity_ratio",
    "hallucination_rate", "fid", "lpips", "davies_bouldin", "latency", "latency_ms", "latency_seconds", "latency_p50",
    "latency_p90", "latency_p95", "latency_p99", "p50_latency", "p90_latency", "p95_latency", "p99_latency",
    "inference_time", "inference_seconds", "inference_ms", "response_time",
  ]
}
