import ModelChecks
import Testing

@Suite struct MetricDirectionTests {
  @Test(arguments: [
    // scikit-learn: sklearn.metrics and the names of its scorers.
    "accuracy", "accuracy_score", "balanced_accuracy", "average_precision", "f1", "f1_score", "f1_macro", "f1_micro",
    "f1_weighted", "precision", "recall", "precision_macro", "jaccard", "roc_auc", "roc_auc_ovr",
    "roc_auc_ovr_weighted", "r2", "explained_variance", "matthews_corrcoef", "top_k_accuracy", "neg_log_loss",
    "neg_mean_squared_error", "neg_brier_score", "neg_root_mean_squared_error", "d2_absolute_error_score",
    "cohen_kappa_score", "ndcg_score", "adjusted_rand_score", "silhouette_score",
    // MLflow.
    "val_accuracy", "test_f1_score", "precision_recall_auc", "r2_score", "true_positives", "rouge1/v1/mean",
    "exact_match/v1",
    // lm-evaluation-harness.
    "acc,none", "acc_norm,none", "exact_match,strict-match", "results.hellaswag.acc_norm,none", "results.mmlu.acc,none",
    // Hugging Face evaluate and Trainer.
    "eval_accuracy", "eval_f1", "sacrebleu", "rougeL", "rougeLsum", "mean_iou", "pass@1", "chrf",
    // Spellings and cut-offs.
    "ROC-AUC", "Roc Auc", "ROC_AUC", "NDCG@10", "ndcg_at_10", "recall@5", "Recall@k", "mAP@0.5", "mAP@0.5:0.95",
    "macro_f1", "metrics.roc_auc", "val/acc", "hit_rate@20",
  ])
  func higherIsBetter(metric: String) { #expect(MetricDirection.known(for: metric) == .higher) }

  @Test(arguments: [
    "log_loss", "logloss", "loss", "eval_loss", "val_loss", "train/loss", "brier_score_loss", "brier_score", "brier",
    "mean_squared_error", "root_mean_squared_error", "rmse", "MAE", "mean_absolute_percentage_error", "MAPE",
    "hinge_loss",
    "hamming_loss", "zero_one_loss", "max_error", "wer", "CER", "ter", "perplexity", "word_perplexity,none",
    "bits_per_byte,none", "eval_rmse", "test_log-loss", "false_positives", "fpr", "latency", "latency.p99",
    "latency_p95", "p99_latency", "toxicity/v1/mean", "expected_calibration_error", "cross_entropy",
  ])
  func lowerIsBetter(metric: String) { #expect(MetricDirection.known(for: metric) == .lower) }

  @Test(arguments: [
    "business_value", "score", "", "acc_stderr,none", "weight_loss", "avoided_loss", "rows", "support", "ks", "lift",
    "neg_business_value", "calibration_slope", "toxicity/v1/variance", "p99", "mean", ".", "@", "val_", "epoch", "accu",
  ])
  func nothingIsGuessed(metric: String) { #expect(MetricDirection.known(for: metric) == nil) }
}
