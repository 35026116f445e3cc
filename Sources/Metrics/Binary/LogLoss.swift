internal import Glibc
internal import Statistics

/// The mean negative log-likelihood of the classes.
package enum LogLoss {
  package static let page = MetricPage(
    "log_loss", aliases: ["logloss", "cross_entropy", "negative_log_likelihood", "nll"], better: .lower,
    what: """
      The mean of -ln p, p being the probability that the model gave to the class that it was. Probabilities are clipped \
      to [2.2e-16, 1 - 2.2e-16] as scikit-learn does, so that one certain error costs 36.04 and not infinity.
      """,
    why: "It judges the probabilities themselves: an error that was called certain costs most.",
    example: "{metric: log_loss, max_regression: 1% relative, confidence: 95%}",
    fix: "Look for rows with near-certain wrong scores; recalibrate the model; check that the scores are probabilities."
  )

  static let binary = MetricDefinition<BinaryRows>(page) { _ in
    .means { rows throws(Undefined) in
      let losses = zip(rows.labels, try rows.probabilities).map { loss($0 ? $1 : 1 - $1) }
      return RowMeans(mean: losses, weights: rows.weights)
    }
  }

  /// What a class costs that had this probability.
  static func loss(_ probability: Double) -> Double { -log(clipped(probability)) }

  static func clipped(_ probability: Double) -> Double {
    min(max(probability, .ulpOfOne), 1 - .ulpOfOne)
  }
}
