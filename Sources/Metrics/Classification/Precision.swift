internal import Statistics

/// Of the rows that are called positive, the share that is.
package enum Precision {
  package static let page = MetricPage(
    "precision", aliases: ["precision_score", "positive_predictive_value", "ppv"], better: .higher, range: 0...1,
    what: "Of the rows that the model calls positive, the share that is: TP / (TP + FP).",
    why: "It is what an alarm is worth: below it, people stop looking.",
    fix: "Look at the new false alarms; raise the threshold if recall can bear it.")

  static let binary = MetricDefinition<BinaryRows>.cells(page, value)
  static let multiclass = MetricDefinition<MulticlassRows>.averaged(page) { _ in value }
  static let multilabel = MetricDefinition<MultilabelRows>.averaged(page) { _ in value }

  static let value: CellFunction = { cells, conventions throws(Undefined) in
    try conventions.quotient(cells.truePositives, cells.predictedPositives, without: "rows predicted positive")
  }
}
