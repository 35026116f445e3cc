/// The replicates of a statistic, and the intervals that can be read from them.
package struct BootstrapDistribution: Sendable {
  package let estimate: Double
  /// In ascending order.
  package let replicates: [Double]

  package init(estimate: Double, replicates: [Double]) throws(Undefined) {
    guard estimate.isFinite else { throw .notFinite(index: 0) }
    try Sample.require(replicates, atLeast: 2)
    self.estimate = estimate
    self.replicates = replicates.sorted()
  }

  /// The standard deviation of the replicates.
  package func standardError() throws(Undefined) -> Double { try Moments(replicates).standardDeviation() }

  /// The value that a share of the replicates is below, interpolated (type 7 of Hyndman and Fan).
  package func quantile(_ share: Double) -> Double {
    let place = min(max(share, 0), 1) * Double(replicates.count - 1)
    let index = min(Int(place), replicates.count - 2)
    let fraction = place - Double(index)
    return replicates[index] + fraction * (replicates[index + 1] - replicates[index])
  }

  /// From quantile to quantile. Throws when all replicates are equal: an interval without width says nothing.
  package func percentile(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    try interval(levels: try Self.levels(confidence), confidence)
  }

  /// The percentile interval, reflected at the estimate.
  package func basic(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let percentile = try percentile(confidence: confidence)
    return ConfidenceInterval(
      lower: 2 * estimate - percentile.upper, upper: 2 * estimate - percentile.lower, confidence: confidence)
  }

  /// The interval corrected for bias and acceleration.
  package func bca(acceleration: Double, confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let levels = try Self.adjustedLevels(
      bias: try bias(), acceleration: acceleration, levels: try Self.levels(confidence))
    return try interval(levels: levels, confidence)
  }

  /// The level at which the quantiles of few observations must be taken: resamples vary less than the population does, and
  /// know its variance no better than the observations. Student's t, times the root of n / (n - 1), as a normal quantile:
  /// Hesterberg, "What Teachers Should Know About the Bootstrap", The American Statistician 69 (2015), section 4.
  package static func expanded(_ confidence: Double, count: Double) -> Double {
    let count = max(count, 3)
    let critical = StudentT(degrees: count - 1).critical(confidence: confidence) * (count / (count - 1)).squareRoot()
    return min(1 - 2 * Normal.upper(critical).value, 1.0.nextDown)
  }

  /// BCa at the levels that so few observations of influence ask for; where no replicate lies beyond the estimate, from
  /// quantile to quantile.
  package func bca(acceleration: Double, count: Double, confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let wide = Self.expanded(confidence, count: count)
    var interval: ConfidenceInterval
    if let found = try? bca(acceleration: acceleration, confidence: wide) {
      interval = found
    } else {
      interval = try percentile(confidence: wide)
    }
    interval.confidence = confidence
    return interval
  }

  /// z0: the normal quantile of the share of replicates below the estimate, those equal to it counting half. Throws when
  /// the estimate is outside of the replicates.
  package func bias() throws(Undefined) -> Double {
    let below = replicates.count { $0 < estimate }
    let equal = replicates.count { $0 == estimate }
    let share = (Double(below) + Double(equal) / 2) / Double(replicates.count)
    guard share > 0, share < 1 else { throw .noSolution("bias correction, as no replicate is beyond the estimate") }
    return Normal.quantile(share)
  }

  private func interval(levels: (Double, Double), _ confidence: Double) throws(Undefined) -> ConfidenceInterval {
    guard replicates[0] < replicates[replicates.count - 1] else { throw .allEqual }
    return ConfidenceInterval(lower: quantile(levels.0), upper: quantile(levels.1), confidence: confidence)
  }

  package static func levels(_ confidence: Double) throws(Undefined) -> (Double, Double) {
    try Sample.requireShare(confidence, "confidence")
    return ((1 - confidence) / 2, (1 + confidence) / 2)
  }

  /// The levels at which the quantiles are taken: Efron and Tibshirani (1993), equation 14.10.
  package static func adjustedLevels(
    bias: Double, acceleration: Double, levels: (Double, Double)
  ) throws(Undefined) -> (Double, Double) {
    func adjusted(_ level: Double) throws(Undefined) -> Double {
      let z = bias + Normal.quantile(level)
      let divisor = 1 - acceleration * z
      guard divisor > 0 else { throw .noSolution("level of the accelerated interval") }
      return Normal.lower(bias + z / divisor).value
    }
    return (try adjusted(levels.0), try adjusted(levels.1))
  }
}
