internal import Statistics

/// The share of rows that are positive.
package enum Prevalence {
  package static let page = MetricPage(
    "prevalence", aliases: ["base_rate", "positive_rate"], better: .neither, range: 0...1,
    what: "The share of rows that are positive. It says nothing of the model, but of the evaluation set.",
    why: "Precision, F-scores and average precision move with it: a set with another share cannot be compared.",
    fix: "Compare the evaluation set with the baseline's: labels may be missing, late, or of another population.")

  static let binary = MetricDefinition<BinaryRows>.proportion(
    page, parameters: [], counted: { _ in true }, hit: { label, _ in label }
  ) { cells, _ throws(Undefined) in
    guard cells.total > 0 else { throw Undefined.noObservations }
    return cells.positives / cells.total
  }
}
