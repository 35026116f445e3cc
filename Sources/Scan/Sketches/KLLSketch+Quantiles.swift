internal import Glibc

extension KLLSketch {
  /// The share of values that are at most this; nil when there are none.
  package func rank(of value: Double) -> Double? {
    guard !isEmpty else { return nil }
    if value >= maximum ?? .infinity { return 1 }
    if value < minimum ?? -.infinity { return 0 }
    var below = block.count { $0 <= value }
    below += base.count { $0 <= value } << baseLevel
    for (level, values) in levels.enumerated() {
      below += (values.firstIndex { $0 > value } ?? values.count) << level
    }
    return Double(below) / Double(count)
  }

  /// The least value of which the share of values up to it is at least `rank`, 0 to 1; nil when there are none.
  package func quantile(at rank: Double) -> Double? { quantiles(at: [rank]).first }

  /// The quantiles at several ranks; none when there are no values.
  package func quantiles(at ranks: [Double]) -> [Double] {
    guard let minimum, let maximum else { return [] }
    let weighted = weightedValues
    var below = 0
    let cumulated = weighted.map { item in
      below += item.weight
      return below
    }
    return ranks.map { rank in
      if rank <= 0 { return minimum }
      if rank >= 1 { return maximum }
      let wanted = Int((rank * Double(count)).rounded(.up))
      var low = 0
      var high = cumulated.count - 1
      while low < high {
        let middle = (low + high) / 2
        if cumulated[middle] < wanted { low = middle + 1 } else { high = middle }
      }
      return weighted[low].value
    }
  }

  /// The values that are kept, in ascending order, each with how many of all values it stands for.
  package var weightedValues: [(value: Double, weight: Int)] {
    var weighted: [(value: Double, weight: Int)] = block.map { ($0, 1) } + base.map { ($0, 1 << baseLevel) }
    for (level, values) in levels.enumerated() { weighted += values.map { ($0, 1 << level) } }
    weighted.sort { $0.value < $1.value }
    return weighted
  }

  /// The error of a rank, as a share of all values, that is exceeded with a probability of 1 %: 0 while all values
  /// are kept. The constants are those that DataSketches found by measuring.
  package var normalizedRankError: Double {
    guard !isExact else { return 0 }
    let known = Self.rankError(k: leastK)
    return isThinnedMuch ? hypot(known, 2.576 * addedError) : known
  }

  static func rankError(k: Int) -> Double { 2.296 / pow(Double(k), 0.9723) }

  /// The standard error that thinning has added, as a share of all values.
  private var addedError: Double { thinned.squareRoot() / Double(count) }

  /// Whether that is more than the bound leaves room for.
  private var isThinnedMuch: Bool { addedError > 0.5 / Double(leastK) }

  /// The k whose bound covers all error: what an image says for others.
  var statedK: Int {
    guard isThinnedMuch else { return leastK }
    return max(Self.kRange.lowerBound, Int(pow(2.296 / normalizedRankError, 1 / 0.9723)))
  }

  /// The error of a difference of ranks, as for a histogram.
  package var normalizedRankErrorOfDifference: Double {
    isExact ? 0 : 2.446 / pow(Double(statedK), 0.9433)
  }

  /// The values between which the true quantile lies with a confidence of 99 %.
  package func bounds(ofQuantileAt rank: Double) -> ClosedRange<Double>? {
    let pair = quantiles(at: [rank - normalizedRankError, rank + normalizedRankError])
    guard pair.count == 2 else { return nil }
    return pair[0]...pair[1]
  }
}
