internal import Statistics

/// Of the rows that are called negative, the share that is not.
package enum FalseOmissionRate {
  package static let page = MetricPage(
    "false_omission_rate", aliases: ["for"], better: .lower, range: 0...1,
    what: "Of the rows that the model calls negative, the share that is not: FN / (FN + TN).",
    why: "It is the risk that remains after an all-clear.",
    fix: "Look at the newly missed positives; lower the threshold if precision can bear it.")

  static let binary = MetricDefinition<BinaryRows>.cells(page) { cells, conventions throws(Undefined) in
    try conventions.quotient(cells.falseNegatives, cells.predictedNegatives, without: "rows predicted negative")
  }
}
