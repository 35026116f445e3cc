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
    guard !hits.isEmpty else { throw .noObservations }
    let edges: [Double]
    switch strategy {
    case .uniform:
      // As numpy.linspace computes them: the rounding of an edge decides where a probability on it goes.
      let step = 1 / Double(count)
      edges = (0..<count).map { Double($0) * step } + [1]
    case .quantile:
      let sorted = RadixSort.sorted(probabilities)
      edges = (0...count).map { Self.quantile(sorted, $0, of: count) }
    }
    var sums = [(weight: CompensatedSum, promised: CompensatedSum, happened: CompensatedSum)](
      repeating: (CompensatedSum(), CompensatedSum(), CompensatedSum()), count: count)
    for row in hits.indices {
      let weight = weights?[row] ?? 1
      let place = Self.bin(of: probabilities[row], edges)
      sums[place].weight.add(weight)
      sums[place].promised.add(weight * probabilities[row])
      if hits[row] { sums[place].happened.add(weight) }
    }
    bins = sums.map { sum in
      let weight = sum.weight.value
      guard weight > 0 else { return Bin(count: 0, confidence: nil, accuracy: nil) }
      return Bin(
        count: weight, confidence: sum.promised.value / weight, accuracy: sum.happened.value / weight)
    }
    guard bins.contains(where: { $0.count > 0 }) else { throw .noObservations }
  }

  /// The bin whose right edge is the first that the value does not exceed.
  private static func bin(of value: Double, _ edges: [Double]) -> Int {
    var (low, high) = (0, edges.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] < value { low = middle + 1 } else { high = middle }
    }
    return max(low - 1, 0)
  }

  /// Linear interpolation between order statistics, as numpy's default.
  private static func quantile(_ sorted: [Double], _ index: Int, of count: Int) -> Double {
    let position = Double(index) * (1 / Double(count)) * Double(sorted.count - 1)
    let place = min(Int(position), sorted.count - 1)
    let (low, high) = (sorted[place], sorted[min(place + 1, sorted.count - 1)])
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
