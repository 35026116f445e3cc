internal import Statistics

/// The trapezoidal area under the precision-recall curve.
package enum PRAUC {
  package static let page = MetricPage(
    "pr_auc", aliases: ["auprc", "auc_pr", "precision_recall_auc"], better: .higher, range: 0...1,
    what: """
      The area under the precision-recall curve by trapezoids, from recall 0 at precision 1. It interpolates between \
      thresholds and so is too good with few of them: average_precision is the honest one.
      """,
    why: "For baselines that were computed so: sklearn.metrics.auc(recall, precision).",
    fix: "Look at what stands high in the list and is negative.")

  static let binary = MetricDefinition<BinaryRows>(page) { arguments in
    let conventions = arguments.conventions
    return .init(.resample) { rows throws(Undefined) in
      let ranked = try rows.ranked
      try ranked.requirePositives()
      // Among positives alone any order has a precision of 1.
      if !conventions.isCompatible, ranked.negatives == 0 { throw .singleClass }
      var area = CompensatedSum()
      var (lastHits, lastPrecision) = (0.0, 1.0)
      try ranked.forEachThreshold { _, hits, alarms throws(Undefined) in
        let precision = hits / (hits + alarms)
        if hits > lastHits { area.add((hits - lastHits) * (precision + lastPrecision) / 2) }
        (lastHits, lastPrecision) = (hits, precision)
      }
      return area.value / ranked.positives
    }
  }
}
