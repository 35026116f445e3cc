internal import Statistics

/// How many positives were promised for each that came.
package enum CalibrationRatio {
  package static let page = MetricPage(
    "calibration_ratio", aliases: ["calibration"], better: .near(1),
    what: "The sum of the probabilities over the number of positives: above 1 the model promises too many.",
    why: "The plainest test of calibration: budgets and bids are made of the sum of scores.",
    example: "{metric: calibration_ratio, between: [0.95, 1.05], confidence: 95%}",
    fix: "Recalibrate on fresh rows; look whether negatives were sampled for training and the scores not corrected.")

  static let binary = MetricDefinition<BinaryRows>(page) { _ in
    .means { rows throws(Undefined) in
      let promised = try rows.probabilities
      guard rows.confusion.positives > 0 else { throw Undefined.tooFew("positive rows", needed: 1, got: 0) }
      guard let weights = rows.weights else { return RowMeans(promised, rows.labels.map { $0 ? 1 : 0 }) }
      return RowMeans(
        promised.indices.map { promised[$0] * weights[$0] },
        promised.indices.map { rows.labels[$0] ? weights[$0] : 0 })
    }
  }
}
