/// Triple exponential smoothing with an additive trend and an additive season, of a series that may have gaps: over a
/// step without a value the level follows the trend, and nothing is learned.
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
  package var weights: Weights
  package private(set) var level: Double
  package private(set) var trend: Double
  /// The deviation of each place of the period from the level; nil for one that never had a value.
  package private(set) var season: [Double?]
  /// The step of the newest value.
  package private(set) var step: Int

  /// The state before a series, from its beginning: the trend is the regression on time within each place of the period,
  /// and the season the mean deviations from that line. For two whole periods that is what Hyndman and Athanasopoulos
  /// (Forecasting, section 8.3) have.
  ///
  /// - Parameter values: Some place has two of them.
  init(before values: ArraySlice<SeasonalValue>, period: Int, _ weights: Weights) {
    (self.period, self.weights) = (period, weights)
    let places = Dictionary(grouping: values) { $0.step % period }.sorted { $0.key < $1.key }
    var (products, squares) = (CompensatedSum(), CompensatedSum())
    var centres: [(place: Int, time: Double, value: Double)] = []
    for (place, values) in places {
      let count = Double(values.count)
      let time = values.map { Double($0.step) }.compensatedSum / count
      let value = values.map(\.value).compensatedSum / count
      centres.append((place, time, value))
      for one in values {
        products.add((Double(one.step) - time) * (one.value - value))
        squares.add((Double(one.step) - time) * (Double(one.step) - time))
      }
    }
    let slope = products.value / squares.value
    // What each place would have at step 0 if there were only the trend.
    let origins = centres.map { $0.value - slope * $0.time }
    let origin = origins.compensatedSum / Double(origins.count)
    (trend, level, step) = (slope, origin - slope, -1)
    season = [Double?](repeating: nil, count: period)
    for (centre, value) in zip(centres, origins) { season[centre.place] = value - origin }
  }

  /// What the value of a later step is expected to be; nil where that place of the period never had one.
  package func forecast(at step: Int) -> Double? {
    season[step % period].map { level + trend * Double(step - self.step) + $0 }
  }

  /// How many times that of the next step the variance of the error at a later step is: that of the innovations between,
  /// each with what it leaves in level, trend and season (Hyndman et al., Forecasting with Exponential Smoothing, 2008,
  /// table 6.1).
  func inflation(at step: Int) -> Double {
    let between = Double(step - self.step - 1)
    let seasons = Double((step - self.step - 1) / period)
    let (a, b, c) = (weights.level, weights.level * weights.trend, weights.season * (1 - weights.level))
    let line = between * a * a + a * b * between * (between + 1)
    let slope = b * b * between * (between + 1) * (2 * between + 1) / 6
    let places = c * (2 * (a * seasons + b * Double(period) * seasons * (seasons + 1) / 2) + c * seasons)
    return 1 + line + slope + places
  }

  /// Takes a later value in; returns by how much it differs from the forecast, and what makes this comparable with the
  /// error at a next step. Nil for the first value of its place, which nothing was expected of.
  mutating func update(_ next: SeasonalValue) -> (error: Double, scale: Double)? {
    let place = next.step % period
    let scale = inflation(at: next.step).squareRoot()
    level += trend * Double(next.step - step)
    step = next.step
    guard let expected = season[place] else {
      season[place] = next.value - level
      return nil
    }
    let error = next.value - (level + expected)
    // The error-correction form, in which each weight says how much of the error its part takes.
    let change = weights.level * error
    level += change
    trend += weights.trend * change
    season[place] = expected + weights.season * (1 - weights.level) * error
    return (error, scale)
  }
}
