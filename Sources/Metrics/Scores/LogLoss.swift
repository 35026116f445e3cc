internal import Glibc
internal import Statistics

/// The mean negative log-likelihood of the classes.
package enum LogLoss {
  package static let page = MetricPage(
    "log_loss", aliases: ["logloss", "cross_entropy", "negative_log_likelihood", "nll"], better: .lower,
    range: 0...(.infinity),
    what: """
      The mean of -ln p, p being the probability that the model gave to the class that it was. Probabilities are clipped \
      to [2.2e-16, 1 - 2.2e-16] as scikit-learn does, so that one certain error costs 36.04 and not infinity.
      """,
    why: "It judges the probabilities themselves: an error that was called certain costs most.",
    example: "{metric: log_loss, max_regression: 1% relative, confidence: 95%}",
    fix: "Look for rows with near-certain wrong scores; recalibrate the model; check that the scores are probabilities."
  )

  static let binary = MetricDefinition<BinaryRows>.mean(page, losses)

  static let multiclass = MetricDefinition<MulticlassRows>(page) { arguments in
    let conventions = arguments.conventions
    return .mean { rows throws(Undefined) in try losses(rows, conventions) }
  }

  static let losses: @Sendable (BinaryRows) throws(Undefined) -> [Double] = { rows throws(Undefined) in
    let (labels, probabilities) = (rows.labels, try rows.probabilities)
    return labels.indices.map { loss(labels[$0] ? probabilities[$0] : 1 - probabilities[$0]) }
  }

  static func losses(_ rows: MulticlassRows, _ conventions: Conventions) throws(Undefined) -> [Double] {
    let probabilities = try rows.probabilities(conventions)
    return rows.labels.indices.map { loss(probabilities[$0 * rows.classes.count + rows.labels[$0]]) }
  }

  /// What a class costs that had this probability.
  static func loss(_ probability: Double) -> Double {
    -log(min(max(probability, .ulpOfOne), 1 - .ulpOfOne))
  }
}
