internal import Statistics

/// Of the rows that are positive, the share that is called negative.
package enum FalseNegativeRate {
  package static let page = MetricPage(
    "false_negative_rate", aliases: ["fnr", "miss_rate"], better: .lower, range: 0...1,
    what: "Of the rows that are positive, the share that the model calls negative: FN / (FN + TP).",
    why: "It is what slips through.",
    fix: "Look at the newly missed positives; lower the threshold if precision can bear it.")

  static let binary = MetricDefinition<BinaryRows>.proportion(page, counted: { $0 }, hit: { !$1 }) {
    cells, conventions throws(Undefined) in
    try conventions.quotient(cells.falseNegatives, cells.positives, without: "positive rows")
  }
}
