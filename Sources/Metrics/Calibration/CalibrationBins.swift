package import Statistics

/// Rows in bins of their probability, with what was promised and what happened in each.
package struct CalibrationBins: Sendable {
  package struct Bin: Sendable {
    /// Rows, or weight.
    package var count: Double
    /// The mean probability; nil in an empty bin.
    package var confidence: Double?
    /// The share of hits; nil in an empty bin.
    package var accuracy: Double?

    /// How far what happened is from what was promised.
    var gap: Double { (confidence ?? 0) - (accuracy ?? 0) }
  }

  package enum Strategy: String, Sendable {
    /// Bins of equal width.
    case uniform
    /// Bins of about equally many rows, between quantiles.
    case quantile
  }

  package let bins: [Bin]

  /// Bins are closed on the right, the first one on both sides, as scikit-learn's calibration curve has them.
  package init(
    hits: [Bool], probabilities: [Double], weights: [Double]?, bins count: Int, strategy: Strategy = .uniform
  ) throws(Undefined) {
    try RowChecks.requireLengths(hits.count, probabilities.count, weights?.count)
    try RowChecks.requireFinite(probabilities)
    try self.init(RankedRows(labels: hits, scores: probabilities, weights: weights), bins: count, strategy: strategy)
  }

  /// O(n), as the rows stand in order.
  init(_ ranked: RankedRows, bins count: Int, strategy: Strategy) throws(Undefined) {
    guard !ranked.scores.isEmpty else { throw .noObservations }
    var bins: [Bin] = []
    var end = ranked.scores.count
    for index in 1...count {
      let edge: Double
      switch strategy {
      // As numpy.linspace computes it: the rounding of an edge decides where a probability on it goes.
      case .uniform: edge = index == count ? 1 : Double(index) * (1 / Double(count))
      case .quantile: edge = Self.quantile(ranked.scores, index, of: count)
      }
      let start = index == count ? 0 : Self.firstPlace(in: ranked.scores, upTo: edge)
      bins.append(Self.bin(ranked, min(start, end)..<end))
      end = min(start, end)
    }
    self.bins = bins
  }

  private static func bin(_ ranked: RankedRows, _ places: Range<Int>) -> Bin {
    guard !places.isEmpty else { return Bin(count: 0, confidence: nil, accuracy: nil) }
    guard let weights = ranked.weights else {
      let count = Double(places.count)
      return Bin(
        count: count, confidence: Array(ranked.scores[places]).compensatedSum / count,
        accuracy: Double(ranked.isPositive[places].count { $0 }) / count)
    }
    let weight = Array(weights[places]).compensatedSum
    return Bin(
      count: weight, confidence: places.map { weights[$0] * ranked.scores[$0] }.compensatedSum / weight,
      accuracy: places.map { ranked.isPositive[$0] ? weights[$0] : 0 }.compensatedSum / weight)
  }

  /// The first place of descending scores from which on none exceeds the edge.
  private static func firstPlace(in scores: [Double], upTo edge: Double) -> Int {
    var (low, high) = (0, scores.count)
    while low < high {
      let middle = (low + high) / 2
      if scores[middle] > edge { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Linear interpolation between order statistics of descending scores, as numpy's default.
  private static func quantile(_ scores: [Double], _ index: Int, of count: Int) -> Double {
    let last = scores.count - 1
    let position = Double(index) * (1 / Double(count)) * Double(last)
    let place = min(Int(position), last)
    let (low, high) = (scores[last - place], scores[last - min(place + 1, last)])
    let rest = position - Double(place)
    // Numpy's form, from the nearer end.
    return rest < 0.5 ? low + (high - low) * rest : high - (high - low) * (1 - rest)
  }

  private var total: Double { bins.map(\.count).compensatedSum }

  /// The mean distance, each bin with its rows.
  package var expectedError: Double { bins.map { $0.count * $0.gap.magnitude }.compensatedSum / total }

  package var largestError: Double { bins.map(\.gap.magnitude).max() ?? 0 }

  package var rootMeanSquareError: Double {
    (bins.map { $0.count * $0.gap * $0.gap }.compensatedSum / total).squareRoot()
  }
}
