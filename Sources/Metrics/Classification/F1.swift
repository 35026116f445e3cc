internal import Statistics

/// The harmonic mean of precision and recall.
package enum F1 {
  package static let page = MetricPage(
    "f1", aliases: ["f1_score", "f_score"], better: .higher, range: 0...1,
    what: "The harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN).",
    why: "One number for finding positives and raising no false alarms, without the many true negatives.",
    fix: "See whether precision or recall fell: their fixes differ.")

  static let binary = MetricDefinition<BinaryRows>.cells(page) { cells, conventions throws(Undefined) in
    try FBeta.value(cells, 1, conventions)
  }
  static let multiclass = MetricDefinition<MulticlassRows>.averaged(page) { _ in FBeta.function(1) }
  static let multilabel = MetricDefinition<MultilabelRows>.averaged(page) { _ in FBeta.function(1) }
}
