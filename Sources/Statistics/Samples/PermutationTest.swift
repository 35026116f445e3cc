/// What a permutation test of a mean found: the shares of arrangements at least as extreme as the observed one.
package struct PermutationResult: Sendable, Hashable {
  package var observed: Double
  /// Arrangements with a statistic that is at least, at most, and in magnitude at least the observed one.
  package var greater: Probability
  package var less: Probability
  package var twoSided: Probability
  /// The arrangements that were counted or drawn.
  package var arrangements: Int
  /// Whether these were all there are.
  package var isExact: Bool

  /// The other definition of two-sided: twice the smaller of the one-sided p-values. They agree for symmetric laws.
  package var twoSidedDoubled: Probability { min(greater, less).doubled }

  package func p(_ alternative: Alternative) -> Probability {
    switch alternative {
    case .twoSided: twoSided
    case .greater: greater
    case .less: less
    }
  }
}

/// Whether two samples have the same mean, by all or many random ways to divide their values into two such samples.
package enum PermutationTest {
  package static let method = Method(
    "permutation-test", aliases: ["two-sample-permutation", "permutation-test-mean", "randomization-test"],
    computes: """
      The difference of the means, compared with that of every way to divide the pooled values into two samples of these \
      sizes: all C(m + n, m) of them while there are at most a million, else random ones with p = (b + 1)/(R + 1). \
      Two-sided counts differences at least as large in magnitude.
      """,
    use: """
      To compare the means of two small samples without assuming a shape: under the null hypothesis that they come from \
      one distribution it is exact. It has that hypothesis, not equal means alone: with very unequal variances and sizes \
      use welch-t.
      """,
    source: "Fisher, The Design of Experiments (1935); Pitman, J. Royal Stat. Soc. Suppl. 4 (1937)")

  private static let mostArrangements = 1_000_000.0

  /// At least one value each. Sums within rounding of the observed one count as equal to it. O(replicates (m + n)).
  package static func test(
    _ x: [Double], _ y: [Double], replicates: Int = 9_999, threads: Int? = nil
  ) async throws(Undefined) -> PermutationResult {
    try Sample.require(x)
    try Sample.require(y)
    let pooled = x + y
    let size = pooled.reduce(0) { $0 + $1.magnitude }
    guard (size * Double(pooled.count)).isFinite else { throw .outOfRange }
    let all = pooled.compensatedSum
    let (m, n) = (Double(x.count), Double(y.count))
    // The difference of the means follows from the first sample's sum.
    @Sendable func difference(_ sum: Double) -> Double { sum / m - (all - sum) / n }
    let observed = difference(x.compensatedSum)
    let slack = 1e-14 * size * (1 / m + 1 / n)
    var counts = TailCounts(observed: observed, slack: slack)
    if ways(x.count, of: pooled.count) <= mostArrangements {
      everySum(of: x.count, in: pooled) { counts.add(difference($0)) }
      return counts.exact()
    }
    let values = await Relabelling.statistics(
      sizes: [x.count, y.count], replicates: replicates, seed: Seed("permutation-test", x, y), threads: threads
    ) { labels in
      var sum = 0.0
      for (value, label) in zip(pooled, labels) { sum += label == 0 ? value : 0 }
      return difference(sum)
    }
    for value in values { counts.add(value) }
    return try counts.monteCarlo()
  }

  /// C(total, size), as long as it is small.
  private static func ways(_ size: Int, of total: Int) -> Double {
    var ways = 1.0
    for i in 0..<min(size, total - size) {
      ways *= Double(total - i) / Double(i + 1)
      if ways > 1e9 { break }
    }
    return ways.rounded()
  }

  /// Calls with the sum of every choice of so many of the values.
  private static func everySum(of size: Int, in values: [Double], _ visit: (Double) -> Void) {
    var chosen = Array(0..<size)
    // sums[i] adds up the first i chosen values, so that a step computes anew only what it changes.
    var sums = [Double](repeating: 0, count: size + 1)
    var changed = 0
    while true {
      for i in changed..<size { sums[i + 1] = sums[i] + values[chosen[i]] }
      visit(sums[size])
      var last = size - 1
      while last >= 0, chosen[last] == values.count - size + last { last -= 1 }
      if last < 0 { return }
      chosen[last] += 1
      for i in last + 1..<max(size, last + 1) { chosen[i] = chosen[i - 1] + 1 }
      changed = last
    }
  }
}

/// Counts arrangements at least as extreme as the observed one, on each side.
struct TailCounts {
  let observed: Double
  /// Differences up to it are rounding.
  let slack: Double
  var (greater, less, twoSided, all) = (0, 0, 0, 0)

  init(observed: Double, slack: Double) {
    self.observed = observed
    self.slack = slack
  }

  mutating func add(_ value: Double) {
    if value >= observed - slack { greater += 1 }
    if value <= observed + slack { less += 1 }
    if value.magnitude >= observed.magnitude - slack { twoSided += 1 }
    all += 1
  }

  /// The result when every arrangement was added.
  func exact() -> PermutationResult {
    let total = Double(all)
    return PermutationResult(
      observed: observed, greater: Probability(Double(greater) / total), less: Probability(Double(less) / total),
      twoSided: Probability(Double(twoSided) / total), arrangements: all, isExact: true)
  }

  /// The result when random arrangements were added.
  func monteCarlo() throws(Undefined) -> PermutationResult {
    PermutationResult(
      observed: observed, greater: try MonteCarloP.p(extreme: greater, of: all),
      less: try MonteCarloP.p(extreme: less, of: all), twoSided: try MonteCarloP.p(extreme: twoSided, of: all),
      arrangements: all, isExact: false)
  }
}
