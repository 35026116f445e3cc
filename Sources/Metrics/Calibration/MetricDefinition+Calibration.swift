internal import Statistics

extension MetricDefinition {
  static var binParameters: [MetricParameter] {
    [
      .bins,
      MetricParameter(
        "strategy", .choice(["uniform", "quantile"]), or: .word("uniform"),
        "Bins of equal width, or between quantiles of the scores."),
    ]
  }

  /// A figure of the calibration bins of rows, ranked by what was promised.
  static func calibration(
    _ page: MetricPage, _ figure: @escaping @Sendable (CalibrationBins) -> Double,
    _ ranked: @escaping @Sendable (Rows) throws(Undefined) -> RankedRows
  ) -> MetricDefinition {
    MetricDefinition(page, binParameters) { arguments throws(MetricProblem) in
      let bins = try arguments.count(.bins)
      let strategy = CalibrationBins.Strategy(rawValue: try arguments.word(binParameters[1])) ?? .uniform
      return Making(.resample) { rows throws(Undefined) in
        figure(try CalibrationBins(try ranked(rows), bins: bins, strategy: strategy))
      }
    }.withoutInterval(Calibration.bias)
  }
}

/// How a model's probabilities are judged by their bins.
enum Calibration {
  /// Why no interval is told of distances from what happened: with random rows none of them is 0, and a bootstrap adds as
  /// much again. Of perfectly calibrated models a gate failed many: 31% at an ece of 0.03 with 300 rows.
  static let bias =
    "it is above 0 of perfectly calibrated rows too, the more the fewer they are: bound brier_score, log_loss or "
    + "calibration_ratio"

  static let binary: @Sendable (BinaryRows) throws(Undefined) -> RankedRows = { rows throws(Undefined) in
    _ = try rows.probabilities
    return try rows.ranked
  }

  /// The most probable class of each row: how sure the model was, and whether it was right.
  static let topLabel: @Sendable (MulticlassRows) throws(Undefined) -> RankedRows = { rows throws(Undefined) in
    let width = rows.classes.count
    let scores = try rows.probabilities(Conventions(isCompatible: false, zeroDivision: .undefined))
    let top = rows.labels.indices.map { row in
      (0..<width).reduce(0) { scores[row * width + $1] > scores[row * width + $0] ? $1 : $0 }
    }
    return RankedRows(
      labels: zip(top, rows.labels).map { $0 == $1 }, scores: rows.labels.indices.map { scores[$0 * width + top[$0]] },
      weights: rows.weights)
  }
}
