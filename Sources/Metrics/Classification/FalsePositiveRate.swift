internal import Statistics

/// Of the rows that are negative, the share that is called positive.
package enum FalsePositiveRate {
  package static let page = MetricPage(
    "false_positive_rate", aliases: ["fpr", "fall_out"], better: .lower, range: 0...1,
    what: "Of the rows that are negative, the share that the model calls positive: FP / (FP + TN).",
    why: "It is how often the model cries wolf.",
    fix: "Look at the new false alarms; raise the threshold if recall can bear it.")

  static let binary = MetricDefinition<BinaryRows>.proportion(page, counted: { !$0 }, hit: { $1 }) {
    cells, conventions throws(Undefined) in
    try conventions.quotient(cells.falsePositives, cells.negatives, without: "negative rows")
  }
}
