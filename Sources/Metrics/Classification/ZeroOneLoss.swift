internal import Statistics

/// The share of rows that are predicted wrong.
package enum ZeroOneLoss {
  package static let page = MetricPage(
    "zero_one_loss", aliases: ["error_rate"], better: .lower, range: 0...1,
    what: "The share of rows whose prediction differs from the label: 1 - accuracy.",
    why: "Near perfection an error rate says more than an accuracy: from 1% to 2% is twice as many errors.",
    fix: "See which rows are newly wrong.")

  static let binary = MetricDefinition<BinaryRows>.proportion(
    page, parameters: [], counted: { _ in true }, hit: { $0 != $1 }, { cells, _ throws(Undefined) in try value(cells) })

  static let multiclass = MetricDefinition<MulticlassRows>.hits(page) { rows in
    zip(rows.labels, rows.predictions).map { $0 != $1 }
  }

  static let multilabel = MetricDefinition<MultilabelRows>.hits(page) { rows in
    (0..<rows.count).map { rows.labels[rows.places($0)] != rows.predictions[rows.places($0)] }
  }

  static func value(_ cells: ConfusionMatrix) throws(Undefined) -> Double {
    guard cells.total > 0 else { throw .noObservations }
    return (cells.falsePositives + cells.falseNegatives) / cells.total
  }
}
