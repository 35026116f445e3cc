internal import Statistics

/// The share of labels that are predicted wrong.
package enum HammingLoss {
  package static let page = MetricPage(
    "hamming_loss", aliases: ["hamming"], better: .lower, range: 0...1,
    what: "The share of single decisions that are wrong: of rows, or of multilabel rows of all their labels.",
    why: "With many labels a row is seldom right as a whole; this counts how much of it is.",
    fix: "See which labels are newly wrong: f1 with average: macro tells rare labels from frequent ones.")

  static let binary = MetricDefinition<BinaryRows>.proportion(
    page, parameters: [], counted: { _ in true }, hit: { $0 != $1 },
    { cells, _ throws(Undefined) in try ZeroOneLoss.value(cells) })

  static let multiclass = MetricDefinition<MulticlassRows>.hits(page) { rows in
    zip(rows.labels, rows.predictions).map { $0 != $1 }
  }

  static let multilabel = MetricDefinition<MultilabelRows>.mean(page) { rows in
    (0..<rows.count).map { row in
      let wrong = rows.places(row).count { rows.labels[$0] != rows.predictions[$0] }
      return Double(wrong) / Double(rows.names.count)
    }
  }
}
