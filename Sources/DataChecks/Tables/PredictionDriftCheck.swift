package import Verdict

/// `prediction_drift: probability`: the predictions are distributed as in the baseline.
package struct PredictionDriftCheck: RoleDriftRule {
  package var drift = DriftCheck()

  package init() { drift.whenInconclusive = .block }

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "prediction_drift",
    summary:
      "The column that holds what a model predicts, a score or a class, is distributed as in the baseline, within a limit: the comparison of drift, with its keys but columns, share and group_by, as a claim of its own. It blocks, and so does a sample that is too small to tell, whatever the drift of the other columns does.",
    why:
      "Labels come late, predictions at once: their distribution is the first to show that a feature is broken or that the world has changed.",
    example:
      "data:\n  flights:\n    source: flights.csv\n    baseline: {dataset: last_month}\n    prediction_drift: {column: probability, distance: {at_most: 0.2}}\n  last_month:\n    source: last_month.csv",
    fix:
      "Compare the features next: the drift of one that the model leans on explains it. Without any, look at the model that was deployed."
  )
}
