internal import Statistics

/// The share of rows that are predicted right.
package enum Accuracy {
  package static let page = MetricPage(
    "accuracy", aliases: ["accuracy_score", "acc", "subset_accuracy"], better: .higher, range: 0...1,
    what: "The share of rows whose prediction equals the label. Of multilabel rows: of rows whose whole set is right.",
    why: "The plainest promise of a classifier, where classes are about equally many and errors about equally dear.",
    fix: "See which rows are newly wrong. With rare classes gate on balanced_accuracy, recall or mcc instead.")

  static let binary = MetricDefinition<BinaryRows>.proportion(
    page, parameters: [], counted: { _ in true }, hit: { $0 == $1 }, value)

  static let multiclass = MetricDefinition<MulticlassRows>.hits(page) { rows in
    zip(rows.labels, rows.predictions).map { $0 == $1 }
  }

  static let multilabel = MetricDefinition<MultilabelRows>.hits(page) { rows in
    (0..<rows.count).map { rows.labels[rows.places($0)] == rows.predictions[rows.places($0)] }
  }

  static let value: CellFunction = { cells, _ throws(Undefined) in
    guard cells.total > 0 else { throw Undefined.noObservations }
    return (cells.truePositives + cells.trueNegatives) / cells.total
  }
}
