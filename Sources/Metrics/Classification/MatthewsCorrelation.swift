internal import Statistics

/// The correlation of labels and predictions.
package enum MatthewsCorrelation {
  package static let page = MetricPage(
    "mcc", aliases: ["matthews_corrcoef", "matthews_correlation", "phi_coefficient"], better: .higher, range: -1...1,
    what: """
      The correlation of labels and predictions, from -1 to 1: 0 is chance (Gorodkin's R_K for several classes). \
      Undefined when the labels, or the predictions, have one class only; scikit-learn answers 0.
      """,
    why: "It is high only when all four cells of the confusion matrix are good, whatever the share of positives.",
    fix: "See precision and recall of each class.")

  static let binary = MetricDefinition<BinaryRows>.cells(page, parameters: []) { cells, conventions throws(Undefined) in
    try value(
      correct: cells.truePositives + cells.trueNegatives, [cells.negatives, cells.positives],
      [cells.predictedNegatives, cells.predictedPositives], conventions)
  }

  static let multiclass = MetricDefinition<MulticlassRows>(page) { arguments in
    let conventions = arguments.conventions
    return .tally { tally, _ throws(Undefined) in
      try value(correct: tally.correct.compensatedSum, tally.labelled, tally.predicted, conventions)
    }
  }

  private static func value(
    correct: Double, _ labelled: [Double], _ predicted: [Double], _ conventions: Conventions
  ) throws(Undefined) -> Double {
    let total = labelled.compensatedSum
    guard total > 0 else { throw .noObservations }
    // Shares, so that no product of counts is lost.
    let (labels, predictions) = (labelled.map { $0 / total }, predicted.map { $0 / total })
    func spread(_ shares: [Double]) -> Double {
      shares.contains { $0 == 1 } ? 0 : shares.map { $0 * (1 - $0) }.compensatedSum
    }
    let variances = spread(labels) * spread(predictions)
    guard variances > 0 else {
      if conventions.isCompatible { return 0 }
      throw spread(labels) > 0 ? .tooFew("predicted classes", needed: 2, got: 1) : .singleClass
    }
    let agreement = correct / total - zip(labels, predictions).map { $0 * $1 }.compensatedSum
    return min(max(agreement / variances.squareRoot(), -1), 1)
  }
}
