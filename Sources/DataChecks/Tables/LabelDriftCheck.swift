package import Verdict

/// `label_drift: delayed`: the labels are distributed as in the baseline.
package struct LabelDriftCheck: RoleDriftRule {
  package var drift = DriftCheck()

  package init() { drift.whenInconclusive = .block }

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "label_drift",
    summary:
      "The column that holds the label is distributed as in the baseline, within a limit: the comparison of drift, with its keys but columns, share and group_by, as a claim of its own. It blocks, and so does a sample that is too small to tell, whatever the drift of the other columns does.",
    why:
      "When the share of a class changes, the threshold and the calibration of the model are wrong, though no feature has changed; or a join has lost labels.",
    example:
      "data:\n  flights:\n    source: flights.csv\n    baseline: {dataset: last_month}\n    label_drift: {column: delayed, distance: {at_most: 0.05}}\n  last_month:\n    source: last_month.csv",
    fix: "Look at the classes that moved most, which the finding lists. Train again, or make the new data the baseline."
  )
}
