internal import Statistics

/// The share of rows that are predicted right.
package enum Accuracy {
  package static let page = MetricPage(
    "accuracy", aliases: ["accuracy_score", "acc"], better: .higher,
    what: "The share of rows whose prediction equals the label. Of multilabel rows: of rows whose whole set is right.",
    why: "The plainest promise of a classifier, where classes are about equally many and errors about equally dear.",
    fix: "See which rows are newly wrong. With rare classes gate on balanced_accuracy, recall or mcc instead.")

  static let binary = MetricDefinition<BinaryRows>.proportion(
    page, parameters: [], counted: { _ in true }, hit: ==,
    { cells, _ throws(Undefined) in
      guard cells.total > 0 else { throw .noObservations }
      return (cells.truePositives + cells.trueNegatives) / cells.total
    })
}
