internal import Statistics

/// Of the rows that are called negative, the share that is.
package enum NegativePredictiveValue {
  package static let page = MetricPage(
    "negative_predictive_value", aliases: ["npv"], better: .higher, range: 0...1,
    what: "Of the rows that the model calls negative, the share that is: TN / (TN + FN).",
    why: "It is what an all-clear is worth.",
    fix: "Look at the newly missed positives; lower the threshold if precision can bear it.")

  static let binary = MetricDefinition<BinaryRows>.cells(page) { cells, conventions throws(Undefined) in
    try conventions.quotient(cells.trueNegatives, cells.predictedNegatives, without: "rows predicted negative")
  }
}
