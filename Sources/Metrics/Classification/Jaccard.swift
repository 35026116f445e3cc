internal import Statistics

/// Intersection over union of the positives and what is called so.
package enum Jaccard {
  package static let page = MetricPage(
    "jaccard", aliases: ["jaccard_score", "iou", "threat_score", "critical_success_index"], better: .higher,
    range: 0...1,
    what: "Of the rows that are positive or called so, the share that is both: TP / (TP + FP + FN).",
    why: "Like F1 without the true negatives, and stricter: it is the share of the union that is right.",
    fix: "See whether precision or recall fell: their fixes differ.")

  static let binary = MetricDefinition<BinaryRows>.cells(page, value)
  static let multiclass = MetricDefinition<MulticlassRows>.averaged(page) { _ in value }
  static let multilabel = MetricDefinition<MultilabelRows>.averaged(page) { _ in value }

  static let value: CellFunction = { cells, conventions throws(Undefined) in
    try conventions.quotient(
      cells.truePositives, cells.truePositives + cells.falsePositives + cells.falseNegatives,
      without: "rows that are positive or predicted so")
  }
}
