internal import Statistics

/// Of the rows that are negative, the share that is called so.
package enum Specificity {
  package static let page = MetricPage(
    "specificity", aliases: ["true_negative_rate", "tnr", "selectivity"], better: .higher, range: 0...1,
    what: "Of the rows that are negative, the share that the model calls negative: TN / (TN + FP).",
    why: "It bounds how many honest customers are stopped, whatever the share of positives.",
    fix: "Look at the new false alarms; raise the threshold if recall can bear it.")

  static let binary = MetricDefinition<BinaryRows>.proportion(page, counted: { !$0 }, hit: { !$1 }) {
    cells, conventions throws(Undefined) in
    try conventions.quotient(cells.trueNegatives, cells.negatives, without: "negative rows")
  }
}
