/// Triple exponential smoothing with an additive trend and an additive season.
package struct HoltWinters: Sendable, Hashable {
  /// How fast level, trend and season follow the values: between 0 and 1.
  package struct Weights: Sendable, Hashable {
    package var level: Double
    package var trend: Double
    package var season: Double

    package init(level: Double, trend: Double, season: Double) {
      self.level = level
      self.trend = trend
      self.season = season
    }
  }

  package let period: Int
  package let weights: Weights
  package private(set) var level: Double
  package private(set) var trend: Double
  /// The deviation of each place of the period from the level.
  package private(set) var season: [Double]
  /// How many values have been seen.
  package private(set) var count: Int

  /// The state at the beginning of the series, from its first two periods: their means give level and trend, and the mean
  /// deviations from that line the season (Hyndman and Athanasopoulos, Forecasting, section 8.3). The state is that of
  /// the time before the first value.
  init(startOf series: [Double], period: Int, _ weights: Weights) {
    let m = Double(period)
    let first = series[..<period].compensatedSum / m
    let second = series[period..<2 * period].compensatedSum / m
    (self.period, self.weights, count) = (period, weights, 0)
    trend = (second - first) / m
    let (slope, middle) = (trend, (m - 1) / 2)
    season = (0..<period).map { place in
      let line = first + slope * (Double(place) - middle)
      return ((series[place] - line) + (series[place + period] - line - slope * m)) / 2
    }
    level = first - trend * (middle + 1)
  }

  /// What the next value is expected to be.
  package var forecast: Double { level + trend + season[count % period] }

  /// Takes the next value in; returns by how much it differs from the forecast.
  mutating func update(_ value: Double) -> Double {
    let place = count % period
    let error = value - forecast
    // The error-correction form, in which each weight says how much of the error its part takes.
    let step = weights.level * error
    level += trend + step
    trend += weights.trend * step
    season[place] += weights.season * (1 - weights.level) * error
    count += 1
    return error
  }

  /// The one-step errors over a series.
  static func errors(of series: [Double], period: Int, _ weights: Weights) -> (errors: [Double], end: HoltWinters) {
    var state = HoltWinters(startOf: series, period: period, weights)
    return (series.map { state.update($0) }, state)
  }
}
