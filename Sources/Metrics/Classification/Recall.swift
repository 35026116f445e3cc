internal import Statistics

/// Of the rows that are positive, the share that is called so.
package enum Recall {
  package static let page = MetricPage(
    "recall", aliases: ["recall_score", "sensitivity", "true_positive_rate", "tpr"], better: .higher, range: 0...1,
    what: "Of the rows that are positive, the share that the model calls positive: TP / (TP + FN).",
    why: "It is what is lost when the model looks away: the frauds, the patients, the failures that nobody is told of.",
    fix: "Look at the newly missed positives; lower the threshold if precision can bear it, or train on more positives."
  )

  static let binary = MetricDefinition<BinaryRows>.proportion(page, counted: { $0 }, hit: { $1 }, value)
  static let multiclass = MetricDefinition<MulticlassRows>.averaged(page, isRateOfClass: true) { _ in value }
  static let multilabel = MetricDefinition<MultilabelRows>.averaged(page, isRateOfClass: true) { _ in value }

  static let value: CellFunction = { cells, conventions throws(Undefined) in
    try conventions.quotient(cells.truePositives, cells.positives, without: "positive rows")
  }
}
