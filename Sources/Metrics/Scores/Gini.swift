internal import Statistics

/// The area under the ROC curve on a scale where chance is 0.
package enum Gini {
  package static let page = MetricPage(
    "gini", aliases: ["somers_d"], better: .higher, range: -1...1,
    what: "2 AUC - 1: 0 is chance, 1 perfect order.",
    why: "The word of credit scoring for the area under the ROC curve.",
    fix: "The model ranks worse: look for slices where it fell.")

  static let binary = MetricDefinition<BinaryRows>(page) { _ in
    .init(
      .rocArea { rows throws(Undefined) in try RowScores(rows, factor: 2, offset: -1) },
      { rows throws(Undefined) in 2 * (try ROCAUC.area(rows.ranked)) - 1 })
  }
}
