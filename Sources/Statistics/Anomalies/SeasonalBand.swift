/// The prediction interval of a series with a season, by exponential smoothing.
package enum SeasonalBand {
  package static let method = Method(
    "seasonal-band", aliases: ["seasonal", "holt-winters", "triple-exponential-smoothing"],
    computes: """
      The one-step forecast of additive Holt-Winters smoothing ± t s, with the weights that leave the smallest sum of squared \
      one-step errors behind the first two periods, and s from the errors there; the t quantile has as many degrees of freedom as \
      there are such errors less the three weights.
      """,
    use: """
      For a number with a weekly (7) or daily (24) rhythm of which there are at least three periods. A missing run shifts \
      the season: it counts runs, not days. Without a season use robust, which needs less history.
      """,
    source: "Winters, \"Forecasting sales by exponentially weighted moving averages\", Management Science 6 (1960)")

  /// How many values a band takes: two periods to begin with, and one of errors, five at least.
  package static func minimumCount(period: Int) throws(Undefined) -> Int {
    guard (2...1000).contains(period) else { throw .outsideDomain("a period must be between 2 and 1000 runs") }
    return 2 * period + max(period, 5)
  }

  /// O(n) with a large factor: a few hundred times the length of the series. Throws for too few values, with one that is
  /// not finite, or when the errors do not vary and there is no floor.
  package static func band(
    after history: [Double], period: Int, confidence: Double, floor: BandFloor = .none
  ) throws(Undefined) -> PredictionBand {
    try Sample.requireShare(confidence, "confidence")
    try floor.require()
    try Sample.require(history, atLeast: try minimumCount(period: period))
    let scale = Sample.scale([history])
    let series = scale == 1 ? history : history.map { $0 * scale }
    let weights = fitted(series, period: period)
    let (errors, end) = HoltWinters.errors(of: series, period: period, weights)
    let judged = errors[(2 * period)...]
    let degrees = Double(judged.count - 3)
    let deviation = (squares(judged) / degrees).squareRoot()
    // Errors of the size of the rounding are none.
    let size = series.reduce(0) { max($0, $1.magnitude) }
    let spread = deviation > size * 1e-13 ? deviation : 0
    let t = StudentT(degrees: degrees).critical(confidence: confidence)
    return try PredictionBand(
      around: end.forecast / scale, halfWidth: t * spread / scale, confidence: confidence, floor: floor)
  }

  /// The weights with the smallest sum of squared errors: the best of a grid, then a search along each axis with steps
  /// that halve. The first of equals wins, so that equal series have equal weights.
  static func fitted(_ series: [Double], period: Int) -> HoltWinters.Weights {
    func loss(_ weights: HoltWinters.Weights) -> Double {
      squares(HoltWinters.errors(of: series, period: period, weights).errors[(2 * period)...])
    }
    var best = HoltWinters.Weights(level: 0, trend: 0, season: 0)
    var least = loss(best)
    func consider(_ weights: HoltWinters.Weights) {
      let found = loss(weights)
      if found < least { (best, least) = (weights, found) }
    }
    for level in [0.05, 0.2, 0.5, 0.8] {
      for trend in [0, 0.1, 0.4] {
        for season in [0, 0.1, 0.4] { consider(.init(level: level, trend: trend, season: season)) }
      }
    }
    var step = 0.1
    while step > 0.005 {
      let before = least
      for axis in [\HoltWinters.Weights.level, \.trend, \.season] {
        for direction in [-step, step] {
          var weights = best
          weights[keyPath: axis] = min(1, max(0, weights[keyPath: axis] + direction))
          consider(weights)
        }
      }
      if least == before { step /= 2 }
    }
    return best
  }

  private static func squares(_ errors: ArraySlice<Double>) -> Double {
    var sum = CompensatedSum()
    for error in errors { sum.add(error * error) }
    return sum.value
  }
}
