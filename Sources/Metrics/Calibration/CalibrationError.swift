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

  /// A figure of the calibration bins of rows, which are told by their hits and probabilities.
  static func calibration(
    _ page: MetricPage, _ figure: @escaping @Sendable (CalibrationBins) -> Double,
    _ columns:
      @escaping @Sendable (Rows) throws(Undefined) -> (hits: [Bool], probabilities: [Double], weights: [Double]?)
  ) -> MetricDefinition {
    MetricDefinition(page, binParameters) { arguments throws(MetricProblem) in
      let bins = try arguments.count(.bins)
      let strategy = CalibrationBins.Strategy(rawValue: try arguments.word(binParameters[1])) ?? .uniform
      return Making(.resample) { rows throws(Undefined) in
        let columns = try columns(rows)
        return figure(
          try CalibrationBins(
            hits: columns.hits, probabilities: columns.probabilities, weights: columns.weights, bins: bins,
            strategy: strategy))
      }
    }
  }
}

/// How a model's probabilities are judged by their bins.
enum Calibration {
  static let binary: @Sendable (BinaryRows) throws(Undefined) -> ([Bool], [Double], [Double]?) = {
    rows throws(Undefined) in (rows.labels, try rows.probabilities, rows.weights)
  }

  /// The most probable class of each row: how sure the model was, and whether it was right.
  static let topLabel: @Sendable (MulticlassRows) throws(Undefined) -> ([Bool], [Double], [Double]?) = {
    rows throws(Undefined) in
    let (scores, width) = (
      try rows.probabilities(Conventions(isCompatible: false, zeroDivision: .undefined)), rows.classes.count
    )
    let top = rows.labels.indices.map { row in
      (0..<width).reduce(0) { scores[row * width + $1] > scores[row * width + $0] ? $1 : $0 }
    }
    return (
      zip(top, rows.labels).map { $0 == $1 }, rows.labels.indices.map { scores[$0 * width + top[$0]] }, rows.weights
    )
  }
}
