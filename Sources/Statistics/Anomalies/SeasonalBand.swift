/// The prediction interval of a series with a season, by exponential smoothing.
package enum SeasonalBand {
  package static let method = Method(
    "seasonal-band", aliases: ["seasonal", "holt-winters", "triple-exponential-smoothing"],
    computes: """
      The forecast of additive Holt-Winters smoothing ± t s, with the weights that leave the smallest sum of squared errors \
      behind the first two periods, and s from the errors there; the t quantile has as many degrees of freedom as there are \
      such errors less the three weights. A step without a value is a gap, over which level and season stay as they are and \
      the trend goes on; behind one the band is as much wider as the model says.
      """,
    use: """
      For a number with a weekly or daily rhythm of which there are at least three periods: each value stands at the weekday \
      or the hour of its run. Without a season use robust, which needs less history.
      """,
    source: """
      Winters, "Forecasting sales by exponentially weighted moving averages", Management Science 6 (1960); Hyndman et al., \
      Forecasting with Exponential Smoothing (2008), table 6.1, for steps ahead
      """)

  /// How many values a band takes: two periods to begin with, and one of errors, five at least.
  package static func minimumCount(period: Int) throws(Undefined) -> Int {
    guard (2...1000).contains(period) else { throw .outsideDomain("a period must be between 2 and 1000 steps") }
    return 2 * period + max(period, fewestErrors)
  }

  private static let fewestErrors = 5

  /// The band of the value that follows on a series without gaps.
  package static func band(
    after history: [Double], period: Int, confidence: Double, floor: BandFloor = .none
  ) throws(Undefined) -> PredictionBand {
    let series = history.enumerated().map { SeasonalValue(step: $0, $1) }
    return try band(after: series, at: series.count, period: period, confidence: confidence, floor: floor)
  }

  /// O(n) with a large factor: a few hundred times the length of the series. Throws for too few values, for a place of the
  /// period that never had one, with a value that is not finite, or when the errors do not vary and there is no floor.
  ///
  /// - Parameters:
  ///   - history: In the order of their steps, one at each.
  ///   - step: A later one.
  package static func band(
    after history: [SeasonalValue], at step: Int, period: Int, confidence: Double, floor: BandFloor = .none
  ) throws(Undefined) -> PredictionBand {
    try Sample.requireShare(confidence, "confidence")
    try floor.require()
    let values = history.map(\.value)
    try Sample.require(values, atLeast: try minimumCount(period: period))
    let scale = Sample.scale([values])
    let (series, next) = try shifted(history, step, scale: scale)
    let beginning = try beginning(of: series, period: period)
    let start = HoltWinters(before: series[..<beginning], period: period, .init(level: 0, trend: 0, season: 0))
    let (errors, end) = errors(of: series, from: start, fitted(series, from: start, behind: beginning), beginning)
    guard errors.count >= fewestErrors else {
      throw .tooFew("values behind the first periods", needed: fewestErrors, got: errors.count)
    }
    guard let forecast = end.forecast(at: next) else {
      throw .tooFew("value of an earlier period at this place", needed: 1, got: 0)
    }
    let degrees = Double(errors.count - 3)
    let deviation = (errors.map { ($0.error / $0.scale) * ($0.error / $0.scale) }.compensatedSum / degrees).squareRoot()
    // Errors of the size of the rounding are none.
    let size = series.reduce(0) { max($0, $1.value.magnitude) }
    let spread = deviation > size * 1e-13 ? deviation * end.inflation(at: next).squareRoot() : 0
    let t = StudentT(degrees: degrees).critical(confidence: confidence)
    return try PredictionBand(
      around: forecast / scale, halfWidth: t * spread / scale, confidence: confidence, floor: floor)
  }

  /// The series with steps from 0 on, and values that can be squared.
  private static func shifted(
    _ history: [SeasonalValue], _ step: Int, scale: Double
  ) throws(Undefined) -> (series: [SeasonalValue], next: Int) {
    let steps = history.map(\.step) + [step]
    guard zip(steps, steps.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw .outsideDomain("the steps of a series must be in order")
    }
    let (span, overflows) = step.subtractingReportingOverflow(steps[0])
    guard !overflows, span < 1 << 40 else { throw .outOfRange }
    return (history.map { SeasonalValue(step: $0.step - steps[0], $0.value * scale) }, span)
  }

  /// How many values make the first state: those of two whole periods, or of more until half of the places that have a
  /// value have another.
  private static func beginning(of series: [SeasonalValue], period: Int) throws(Undefined) -> Int {
    var seen = [Int](repeating: 0, count: period)
    var (places, repeated) = (0, 0)
    for (index, value) in series.enumerated() {
      let periods = value.step / period
      if index > 0, periods >= 2, periods > series[index - 1].step / period, 2 * repeated >= places { return index }
      let place = value.step % period
      seen[place] += 1
      if seen[place] == 1 { places += 1 }
      if seen[place] == 2 { repeated += 1 }
    }
    throw .tooFew("values behind the first periods", needed: fewestErrors, got: 0)
  }

  /// The errors behind the first values, and the state at the end.
  private static func errors(
    of series: [SeasonalValue], from start: HoltWinters, _ weights: HoltWinters.Weights, _ beginning: Int
  ) -> (errors: [(error: Double, scale: Double)], end: HoltWinters) {
    var state = start
    state.weights = weights
    var errors: [(error: Double, scale: Double)] = []
    for (index, value) in series.enumerated() {
      if let error = state.update(value), index >= beginning { errors.append(error) }
    }
    return (errors, state)
  }

  /// The weights with the smallest sum of squared errors: the best of a grid, then a search along each axis with steps
  /// that halve. The first of equals wins, so that equal series have equal weights.
  private static func fitted(
    _ series: [SeasonalValue], from start: HoltWinters, behind beginning: Int
  ) -> HoltWinters.Weights {
    func loss(_ weights: HoltWinters.Weights) -> Double {
      errors(of: series, from: start, weights, beginning).errors.map { $0.error * $0.error }.compensatedSum
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
}
