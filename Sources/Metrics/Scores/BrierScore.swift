internal import Statistics

/// The mean squared error of the probabilities.
package enum BrierScore {
  package static let page = MetricPage(
    "brier_score", aliases: ["brier", "brier_loss", "brier_score_loss"], better: .lower, range: 0...2,
    what: """
      The mean squared distance of the probability from what happened. Of two classes (p - y)²; of several the sum over \
      classes, which is twice as large: scale_by_half says which.
      """,
    why: "A proper score of probabilities that, unlike log loss, no single row can spoil.",
    fix: "See reliability and resolution: is the model miscalibrated, or does it part the classes less?")

  static let scaleByHalf = MetricParameter(
    "scale_by_half", .flag, "Halve the sum over classes: so by default with two classes, not with several.")

  static let binary = MetricDefinition<BinaryRows>(page, [scaleByHalf]) { arguments in
    let form: RowMeans.Form = arguments[scaleByHalf] == .flag(false) ? .scaled(2) : .plain
    return .mean(form, losses)
  }

  static let multiclass = MetricDefinition<MulticlassRows>(page, [scaleByHalf]) { arguments in
    let form: RowMeans.Form = arguments.flag(scaleByHalf) ? .scaled(0.5) : .plain
    let conventions = arguments.conventions
    return .mean(form) { rows throws(Undefined) in try losses(rows, conventions) }
  }

  static let losses: @Sendable (BinaryRows) throws(Undefined) -> [Double] = { rows throws(Undefined) in
    let (labels, probabilities) = (rows.labels, try rows.probabilities)
    return labels.indices.map { row in
      let miss = labels[row] ? 1 - probabilities[row] : probabilities[row]
      return miss * miss
    }
  }

  static func losses(_ rows: MulticlassRows, _ conventions: Conventions) throws(Undefined) -> [Double] {
    let probabilities = try rows.probabilities(conventions)
    let width = rows.classes.count
    return rows.labels.indices.map { row in
      (0..<width).map { place in
        let miss = probabilities[row * width + place] - (place == rows.labels[row] ? 1 : 0)
        return miss * miss
      }.reduce(0, +)
    }
  }
}
