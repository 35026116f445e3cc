/// How often each duration occurred, to three significant digits, in constant memory: the counters of HdrHistogram.
///
/// A counter stands for values that differ by less than a thousandth, from a microsecond to a day; shorter ones share
/// the first counters, and longer ones count as a day. Counters of the same kind add up exactly, so that two histograms
/// merge into that of both runs. Layout and terms are those of the HdrHistogram libraries (hdrhistogram.org), which
/// read what is saved.
package struct LatencyHistogram: Sendable, Hashable {
  /// The values are whole nanoseconds.
  package static let significantDigits = 3
  package static let lowest: Int64 = 1000
  package static let highest: Int64 = 86_400_000_000_000

  // 2 * 10^3 values must be told apart within a bucket: 2^11 of them. The unit is the power of two below `lowest`.
  private static let unitMagnitude = 9
  private static let halfCountMagnitude = 10
  private static let halfCount = 1 << halfCountMagnitude
  private static let mask = Int64((2 << halfCountMagnitude) - 1) << Int64(unitMagnitude)

  /// One for each range of values, in their order.
  package private(set) var counts: [Int64]
  /// How many values were recorded.
  package private(set) var count = 0
  /// The smallest and the largest value themselves; nil when there is none.
  package private(set) var minimum: Int64?
  package private(set) var maximum: Int64?
  private var sum = 0.0

  package init() {
    counts = Array(repeating: 0, count: Self.index(of: Self.highest) + 1)
  }

  package mutating func record(_ nanoseconds: Int64) {
    let value = min(max(0, nanoseconds), Self.highest)
    counts[Self.index(of: value)] += 1
    count += 1
    minimum = min(minimum ?? value, value)
    maximum = max(maximum ?? value, value)
    sum += Double(value)
  }

  /// Takes counted values of which no more is known than where they lie.
  package mutating func record(_ range: ClosedRange<Int64>, times: Int) {
    guard times > 0 else { return }
    let lower = min(max(0, range.lowerBound), Self.highest)
    let upper = min(max(0, range.upperBound), Self.highest)
    let middle = lower + (upper - lower) / 2
    counts[Self.index(of: middle)] += Int64(times)
    count += times
    minimum = min(minimum ?? lower, lower)
    maximum = max(maximum ?? upper, upper)
    sum += Double(middle) * Double(times)
  }

  package mutating func merge(_ other: LatencyHistogram) {
    for index in counts.indices { counts[index] += other.counts[index] }
    count += other.count
    minimum = [minimum, other.minimum].compactMap { $0 }.min()
    maximum = [maximum, other.maximum].compactMap { $0 }.max()
    sum += other.sum
  }

  /// The mean of the values themselves, in nanoseconds; nil without any.
  package var mean: Double? { count > 0 ? sum / Double(count) : nil }

  /// The spread of the values, in nanoseconds, each taken as the middle of its counter's range; nil for fewer than two.
  package var standardDeviation: Double? {
    guard count > 1, let mean else { return nil }
    var squares = 0.0
    for (index, count) in counts.enumerated() where count > 0 {
      let range = Self.values(at: index)
      let distance = Double(range.lowerBound) / 2 + Double(range.upperBound) / 2 - mean
      squares += Double(count) * distance * distance
    }
    return (squares / Double(count - 1)).squareRoot()
  }

  /// The values that share a counter with the one of this rank, which counts from 1 in ascending order; nil when there
  /// is no such rank. The extremes are known exactly.
  package func value(atRank rank: Int) -> ClosedRange<Int64>? {
    guard let minimum, let maximum, rank >= 1, rank <= count else { return nil }
    var below: Int64 = 0
    for (index, count) in counts.enumerated() where count > 0 {
      below += count
      guard below >= Int64(rank) else { continue }
      let range = Self.values(at: index)
      return max(range.lowerBound, minimum)...min(range.upperBound, maximum)
    }
    return nil
  }

  /// The largest value that a share of all values does not exceed, as HdrHistogram tells it: the upper end of its
  /// range.
  package func quantile(_ share: Double) -> Int64? {
    value(atRank: min(max(1, Int((share * Double(count)).rounded(.up))), max(count, 1)))?.upperBound
  }

  /// How many values are not above a limit. Those that share its counter count as not above.
  package func count(upTo nanoseconds: Int64) -> Int {
    guard nanoseconds >= 0 else { return 0 }
    return Int(counts[...min(Self.index(of: min(nanoseconds, Self.highest)), counts.count - 1)].reduce(0, +))
  }

  // MARK: - Layout

  static func index(of value: Int64) -> Int {
    let bucket = 64 - (value | mask).leadingZeroBitCount - (unitMagnitude + halfCountMagnitude + 1)
    let subBucket = Int(value >> Int64(bucket + unitMagnitude))
    return ((bucket + 1) << halfCountMagnitude) + subBucket - halfCount
  }

  /// The values that a counter stands for.
  static func values(at index: Int) -> ClosedRange<Int64> {
    var bucket = (index >> halfCountMagnitude) - 1
    var subBucket = (index & (halfCount - 1)) + halfCount
    if bucket < 0 { (bucket, subBucket) = (0, subBucket - halfCount) }
    let lower = Int64(subBucket) << Int64(bucket + unitMagnitude)
    return lower...(lower + (1 << Int64(bucket + unitMagnitude)) - 1)
  }
}
