internal import Statistics

/// Recall and specificity together.
package enum Informedness {
  package static let page = MetricPage(
    "informedness", aliases: ["youden", "youden_j", "true_skill_statistic"], better: .higher, range: -1...1,
    what: "Recall + specificity - 1: 0 is chance, 1 perfect.",
    why: "It does not move with the share of positives, so sets with different shares can be compared.",
    fix: "See which of recall and specificity fell.")

  static let binary = MetricDefinition<BinaryRows>.cells(page) { cells, conventions throws(Undefined) in
    let recall = try Recall.value(cells, conventions)
    return recall
      + (try conventions.quotient(cells.trueNegatives, cells.negatives, without: "negative rows")) - 1
  }
}
