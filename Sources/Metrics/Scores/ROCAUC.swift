internal import Statistics

/// The area under the ROC curve.
package enum ROCAUC {
  package static let page = MetricPage(
    "roc_auc", aliases: ["roc_auc_score", "auroc", "auc"], better: .higher, range: 0...1,
    what: """
      The area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half. With \
      max_fpr the part of the curve up to that false positive rate, standardised as McClish does: 0.5 is chance, 1 perfect.
      """,
    why: "It judges the order of the scores, whatever the threshold and however rare the positives are.",
    example: "{metric: roc_auc, max_regression: 0.005 absolute, confidence: 95%}",
    fix:
      "The model ranks worse: look for slices where it fell, features that are missing, labels that leak into training."
  )

  static let maximumFPR = MetricParameter(
    "max_fpr", .share, "Only the curve up to this false positive rate, above 0 and at most 1.")

  static let binary = MetricDefinition<BinaryRows>(page, [maximumFPR]) { arguments throws(MetricProblem) in
    let limit = arguments[maximumFPR] == nil ? 1 : try arguments.number(maximumFPR)
    guard limit > 0 else {
      throw .badParameter("max_fpr", metric: page.name, expects: "a number above 0, and at most 1")
    }
    let inference: Inference<BinaryRows> =
      limit < 1 ? .resample : .rocArea { rows throws(Undefined) in try RowScores(rows) }
    return .init(inference) { rows throws(Undefined) in try area(rows.ranked, below: limit) }
  }

  static let multilabel = MetricDefinition<MultilabelRows>.averagedScores(page) { rows, _ throws(Undefined) in
    try area(rows.ranked)
  }

  /// The area, standardised when it is of the curve below a limit only. O(n).
  static func area(_ ranked: RankedRows, below limit: Double = 1) throws(Undefined) -> Double {
    try ranked.requireBothClasses()
    let end = limit * ranked.negatives
    var area = CompensatedSum()
    var (lastHits, lastAlarms) = (0.0, 0.0)
    try ranked.forEachThreshold { _, hits, alarms throws(Undefined) in
      if alarms > lastAlarms, lastAlarms < end {
        // The piece that crosses the limit is cut there.
        let width = min(alarms, end) - lastAlarms
        let reached = lastHits + (hits - lastHits) * (width / (alarms - lastAlarms))
        area.add(width * (lastHits + reached) / 2)
      }
      (lastHits, lastAlarms) = (hits, alarms)
    }
    let share = area.value / ranked.positives / ranked.negatives
    if limit >= 1 { return share }
    let chance = limit * limit / 2
    return 0.5 * (1 + (share - chance) / (limit - chance))
  }
}
