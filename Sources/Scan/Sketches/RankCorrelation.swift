/// Spearman's correlation of some pairs: Pearson's of their ranks, where equal values share the mean of theirs.
///
/// The pairs may be a random sample. How far its correlation is from that of all pairs follows from the influence of each
/// pair on it (Hampel, "The influence curve and its role in robust estimation", 1974), which holds for any distribution
/// and for ties. O(n log n).
struct RankCorrelation {
  /// -1 to 1.
  let coefficient: Double
  private let x: Ranks
  private let y: Ranks
  private let covariance: Double
  private let scale: Double

  /// Nil when one of the two does not vary. There are as many `y` as `x`, none of them NaN.
  init?(_ x: [Double], _ y: [Double]) {
    self.x = Ranks(x)
    self.y = Ranks(y)
    scale = (self.x.variance * self.y.variance).squareRoot()
    guard scale > 0 else { return nil }
    covariance = zip(self.x.centred, self.y.centred).reduce(0) { $0 + $1.0 * $1.1 } / Double(x.count)
    coefficient = max(-1, min(1, covariance / scale))
  }

  /// That of the coefficient, were it estimated from as many pairs of a far greater number.
  var standardError: Double {
    // A pair moves the covariance and both variances: by itself, and by moving the ranks of others.
    let (ofX, ofY) = (x.above(y.centred), y.above(x.centred))
    let (alsoX, alsoY) = (x.above(x.centred), y.above(y.centred))
    var squares = 0.0
    for index in x.centred.indices {
      let (a, b) = (x.centred[index], y.centred[index])
      let moved = a * b + ofX[index] + ofY[index] - 3 * covariance
      let widened = (a * a + 2 * alsoX[index]) / x.variance + (b * b + 2 * alsoY[index]) / y.variance - 6
      let influence = moved / scale - covariance / scale / 2 * widened
      squares += influence * influence
    }
    return squares.squareRoot() / Double(x.centred.count)
  }

  /// A small share of other pairs moves the coefficient by this times the share at most.
  var reach: Double { 1 / min(x.variance, y.variance) }
}

/// The ranks of some values as shares of their number, less a half: their mean is 0.
private struct Ranks {
  private(set) var centred: [Double]
  /// The mean of their squares.
  private(set) var variance = 0.0
  /// The places of the values in their order, and where in it those equal to one another begin.
  private var order: [Int32]
  private var groups: [Int] = []

  init(_ values: [Double]) {
    order = values.indices.map { Int32(truncatingIfNeeded: $0) }
    order.sort { values[Int($0)] < values[Int($1)] }
    centred = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[Int(order[end])] == values[Int(order[start])] { end += 1 }
      // Turned round, the order gives exactly the same ranks with the other sign.
      let rank = Double(start + end - values.count) / Double(2 * values.count)
      for place in start..<end { centred[Int(order[place])] = rank }
      groups.append(start)
      start = end
    }
    variance = centred.reduce(0) { $0 + $1 * $1 } / Double(max(1, values.count))
  }

  /// For each value the sum of the weights of those above it, and half of those equal to it, over their number.
  func above(_ weights: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: weights.count)
    var total = 0.0
    for (index, start) in groups.enumerated().reversed() {
      let group = order[start..<(index + 1 < groups.count ? groups[index + 1] : order.count)]
      let own = group.reduce(0) { $0 + weights[Int($1)] }
      for place in group { sums[Int(place)] = (total + own / 2) / Double(weights.count) }
      total += own
    }
    return sums
  }
}
