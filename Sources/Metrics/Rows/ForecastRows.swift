package import Statistics

/// Forecasts and what came: points, intervals, normal distributions or ensembles.
package struct ForecastRows: MetricRows, WeightedRows {
  /// What came.
  package let labels: [Double]
  /// The point forecast; the mean of a normal one.
  package let predictions: [Double]?
  /// The forecast interval.
  package let lower: [Double]?
  package let upper: [Double]?
  /// The standard deviation of a normal forecast.
  package let deviations: [Double]?
  /// The members of an ensemble forecast.
  package let ensembles: [[Double]]?
  /// The series of each row, an index of ``histories``; nil when there is one.
  package let series: [Int]?
  /// What each series was before the forecasts, in the order of time.
  package let histories: [[Double]]
  package let weights: [Double]?

  package static let task = MetricTask.forecast

  /// Throws when lengths differ, a number is not finite, a weight is negative or a series has no history.
  package init(
    labels: [Double], predictions: [Double]? = nil, lower: [Double]? = nil, upper: [Double]? = nil,
    deviations: [Double]? = nil, ensembles: [[Double]]? = nil, series: [Int]? = nil, histories: [[Double]] = [],
    weights: [Double]? = nil
  ) throws(Undefined) {
    try RowChecks.requireLengths(
      labels.count, predictions?.count, lower?.count, upper?.count, deviations?.count, ensembles?.count,
      series?.count)
    for column in [labels, predictions, lower, upper, deviations] + histories + (ensembles ?? []) {
      try RowChecks.requireFinite(column)
    }
    try RowChecks.requireWeights(weights, count: labels.count)
    if let series, !series.allSatisfy(histories.indices.contains) {
      throw .outsideDomain("a row's series has no history")
    }
    (self.labels, self.predictions, self.lower, self.upper) = (labels, predictions, lower, upper)
    (self.deviations, self.ensembles, self.series) = (deviations, ensembles, series)
    (self.histories, self.weights) = (histories, weights)
  }

  private init(_ rows: ForecastRows, _ indices: [Int]) {
    labels = rows.labels.elements(at: indices)
    predictions = rows.predictions?.elements(at: indices)
    lower = rows.lower?.elements(at: indices)
    upper = rows.upper?.elements(at: indices)
    deviations = rows.deviations?.elements(at: indices)
    ensembles = rows.ensembles?.elements(at: indices)
    series = rows.series?.elements(at: indices)
    histories = rows.histories
    weights = rows.weights?.elements(at: indices)
  }

  package var count: Int { labels.count }

  package func rows(at indices: [Int]) -> ForecastRows { ForecastRows(self, indices) }

  var points: [Double] {
    get throws(Undefined) {
      guard let predictions else { throw .outsideDomain("the metric needs point forecasts, and there are none") }
      return predictions
    }
  }

  /// What was forecast too much, of each row.
  var errors: [Double] {
    get throws(Undefined) { zip(try points, labels).map { $0 - $1 } }
  }

  /// The forecast intervals.
  var bounds: (lower: [Double], upper: [Double]) {
    get throws(Undefined) {
      guard let lower, let upper else {
        throw .outsideDomain("the metric needs forecast intervals, and there are none")
      }
      if let row = lower.indices.first(where: { lower[$0] > upper[$0] }) {
        throw .outsideDomain("the interval of row \(row + 1) ends before it begins")
      }
      return (lower, upper)
    }
  }

  /// Of each row, the mean of a function of the steps of its series' history over so many times.
  func scales(season: Int, _ function: (Double) -> Double) throws(Undefined) -> [Double] {
    guard !histories.isEmpty else {
      throw .outsideDomain("the metric needs the history of the series, and there is none")
    }
    let scales = try histories.map { history throws(Undefined) -> Double in
      let steps = history.count - season
      guard steps > 0 else { throw .tooFew("values of a history", needed: season + 1, got: history.count) }
      let mean = (0..<steps).map { function(history[$0 + season] - history[$0]) }.compensatedSum / Double(steps)
      guard mean > 0 else { throw .zeroVariance }
      return mean
    }
    return labels.indices.map { scales[series?[$0] ?? 0] }
  }
}
