/// The shift between two samples: the median of all differences between a value of the first and one of the second.
package struct HodgesLehmann: Sendable {
  package static let method = Method(
    "hodges-lehmann", aliases: ["hodges-lehmann-shift", "median-of-differences"],
    computes: """
      The median of all m * n differences x - y. Its interval runs between the k-th differences from both ends, k being the \
      largest for which the Mann-Whitney U is below k with probability (1 - confidence)/2 at most: exact for small samples \
      without ties, else normal with the variance corrected for ties.
      """,
    use: """
      The effect size that belongs to mann-whitney: by how much one sample lies above the other, in the unit of the \
      values, unmoved by outliers. It is not the difference of the medians, and means little when the samples differ in \
      shape.
      """,
    source: "Hodges and Lehmann, Annals of Mathematical Statistics 34 (1963); Hollander and Wolfe (1999), 4.2 and 4.3")

  private let x: [Double]
  private let y: [Double]
  private let test: MannWhitney

  /// Throws for an empty sample, a value that is not finite, and values so far apart that their difference is not.
  package init(_ x: [Double], _ y: [Double]) throws(Undefined) {
    try Sample.requireFinite(x)
    try Sample.requireFinite(y)
    test = try MannWhitney(x, y)
    self.x = RadixSort.sorted(x)
    self.y = RadixSort.sorted(y)
    guard smallest.isFinite, largest.isFinite else { throw .outOfRange }
  }

  private var smallest: Double { x[0] - y[y.count - 1] }
  private var largest: Double { x[x.count - 1] - y[0] }
  private var pairs: Int { x.count * y.count }

  /// The median difference. O((m + n) log(range)), without the differences in memory.
  package var shift: Double {
    let upper = difference(number: pairs / 2 + 1)
    if pairs % 2 == 1 { return upper }
    let lower = difference(number: pairs / 2)
    return lower / 2 + upper / 2
  }

  /// The interval of the shift. Its ends are infinite where the samples are too small for the confidence. Throws where so
  /// many values are equal that it would have no width.
  package func interval(confidence: Double = 0.95) throws(Undefined) -> ConfidenceInterval {
    try Sample.requireShare(confidence, "confidence")
    let number = try number(tail: (1 - confidence) / 2)
    guard number > 0 else { return .init(lower: -.infinity, upper: .infinity, confidence: confidence) }
    let (lower, upper) = (difference(number: number), difference(number: pairs - number + 1))
    guard lower < upper else { throw .zeroVariance }
    return .init(lower: lower, upper: upper, confidence: confidence)
  }

  /// The number of the ordered difference at which the interval starts; 0 when there is none.
  private func number(tail: Double) throws(Undefined) -> Int {
    if test.tieSum == 0, RankSumLaw.isAffordable(x.count, y.count), pairs <= 2_500 {
      return try RankSumLaw(x.count, y.count).lowerCount(share: tail)
    }
    let count = Double(pairs) / 2 - Normal.upperQuantile(tail) * test.standardDeviation
    return max(0, Int(count.rounded(.down)))
  }

  /// The difference of that number, from 1, in ascending order: by bisection over the doubles, until so few are left that
  /// they can be written out.
  private func difference(number: Int) -> Double {
    var (low, high) = (RadixSort.key(smallest), RadixSort.key(largest))
    // The differences below the low end, and those at most the high end.
    var (below, upTo) = (0, pairs)
    while low < high {
      if upTo - below <= x.count + y.count {
        let left = differences(from: RadixSort.value(low), through: RadixSort.value(high))
        return RadixSort.sorted(left)[number - below - 1]
      }
      let middle = low + (high - low) / 2
      let count = differences(atMost: RadixSort.value(middle))
      if count >= number { (high, upTo) = (middle, count) } else { (low, below) = (middle + 1, count) }
    }
    return RadixSort.value(low)
  }

  /// The differences between two limits, in no order.
  private func differences(from low: Double, through high: Double) -> [Double] {
    var result = [Double]()
    var start = 0
    for value in x {
      while start < y.count, value - y[start] > high { start += 1 }
      var j = start
      while j < y.count, value - y[j] >= low {
        result.append(value - y[j])
        j += 1
      }
    }
    return result
  }

  /// How many differences are at most the limit: one walk, as a larger x needs a larger y.
  private func differences(atMost limit: Double) -> Int {
    var (count, j) = (0, 0)
    for value in x {
      while j < y.count, value - y[j] > limit { j &+= 1 }
      count &+= y.count &- j
    }
    return count
  }
}
