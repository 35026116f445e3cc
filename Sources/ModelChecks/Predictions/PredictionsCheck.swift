internal import Scan
package import Verdict

/// The predictions can be judged: checked of every model that has some.
package enum PredictionsCheck {
  package static let documentation = CheckDocumentation(
    suite: .models, kind: "predictions",
    summary:
      "The files of predictions can be read, all their records are rows, and they have the columns that the config names, and in every row a label and a prediction. Checked of every model that has predictions.",
    why:
      "A row without a label or with a score of NaN is no row that a model got right. Libraries leave such rows out or count them as zero, and the metric looks as it always did.",
    example:
      "models:\n  delay:\n    task: binary\n    label: late\n    score: probability\n    candidate: {predictions: candidate.parquet}\n    gates: [{metric: roc_auc, at_least: 0.72}]",
    fix: "Write the predictions again with a value in every row, or name the column that has them."
  )

  /// What nobody writes and is checked of predictions all the same.
  package static let all = [documentation, JoinCheck.documentation]
}
