/// Whether two samples come from one population, whatever their cells: the guard of a drift verdict.
package enum Homogeneity {
  package static let method = Method(
    "drift-homogeneity", aliases: ["drift-guard", "permutation-chi-squared", "haldane"],
    computes: """
      Fisher's exact test for two cells. For more, Pearson's X2 of both samples' counts, in cells that expect ten rows of \
      the smaller one each, and the larger of two tails: that of chi-squared, and that of the gamma distribution with the \
      mean and the variance that X2 has when the rows are dealt out to the samples at random (Haldane's exact moments), \
      and with the third cumulant of Poisson counts, which is a little larger.
      """,
    use: """
      As the guard of a drift verdict: samples of one population seldom pass it, whatever the distance that is gated on. \
      Its tail reaches far enough to be corrected for thousands of columns, for which random permutations are too few: \
      simulated at 0.001, it is below that for uneven and for few rows too, where chi-squared's is up to six times above.
      """,
    source: """
      Haldane, "The mean and variance of chi-squared, when used as a test of homogeneity, when expectations are small", \
      Biometrika 31 (1940); Mielke and Berry, Biometrics 44 (1988)
      """)

  /// Cells are put together until they expect ten rows of the smaller sample: neighbours, or the rare ones. Where some are
  /// counted and others are read from a sketch, the lesser of two p-values by Bonferroni: that of all cells, and that of the
  /// counted ones beside all others together, which no sketch is needed for.
  static func p(_ shares: ObservedShares, isOrdered: Bool) -> Probability {
    let all = p(
      shares, shares.pooled.indices.map { [$0] }, (shares.referenceSize, shares.currentSize), isOrdered: isOrdered)
    guard !shares.counted.isEmpty, shares.counted.count < shares.pooled.count else { return all }
    let rest = shares.pooled.indices.filter { !shares.counted.contains($0) }
    let counted = p(
      shares, shares.counted.sorted().map { [$0] } + [rest], (shares.referenceRows, shares.currentRows),
      isOrdered: false)
    return Probability(min(1, 2 * min(all, counted).value))
  }

  /// - Parameter parts: the cells, some of them together.
  private static func p(
    _ shares: ObservedShares, _ parts: [[Int]], _ sizes: (reference: Double, current: Double), isOrdered: Bool
  ) -> Probability {
    func sum(_ part: [Int], _ shares: [Double]) -> Double { part.reduce(0) { $0 + shares[$1] } }
    let pooled = parts.map { sum($0, shares.pooled) }
    let size = min(sizes.reference, sizes.current)
    let least = min(10, size / 2) / size
    let cells = parts.indices.filter { pooled[$0] > 0 }
    let order = isOrdered ? cells : cells.sorted { (pooled[$0], $0) < (pooled[$1], $1) }
    var groups: [[Int]] = []
    var held = Double.infinity
    for cell in order {
      if held >= least {
        groups.append([])
        held = 0
      }
      held += pooled[cell]
      groups[groups.count - 1].append(cell)
    }
    if held < least, groups.count > 2 { groups[groups.count - 2] += groups.removeLast() }
    if groups.count == 1, let last = order.last, order.count > 1 { groups = [order.dropLast(), [last]] }
    let first = groups.map { $0.reduce(0) { $0 + sum(parts[$1], shares.reference) * sizes.reference } }
    let second = groups.map { $0.reduce(0) { $0 + sum(parts[$1], shares.current) * sizes.current } }
    return p(first, second)
  }

  /// Of counts above 0 in each cell together.
  static func p(_ first: [Double], _ second: [Double]) -> Probability {
    guard first.count > 1 else { return .one }
    let (n, m) = (first.reduce(0, +), second.reduce(0, +))
    let total = n + m
    if first.count == 2, total < 1e7 {
      let counts = (first + second).map { Int($0.rounded()) }
      let law = Hypergeometric(
        successes: counts[0] + counts[2], failures: counts[1] + counts[3], draws: counts[0] + counts[1])
      return law.p(counts[0], .twoSided)
    }
    let expected = zip(first, second).map { ($0 + $1) / total }
    let statistic = zip(expected, zip(first, second)).map { share, counts in
      let gap = counts.0 - n * share
      return gap * (gap / share) * (1 / n + 1 / m)
    }.compensatedSum
    let cells = Double(first.count)
    let tail = ChiSquared(degrees: cells - 1).upper(statistic)
    guard total > 4 else { return .one }
    let (mean, variance) = moments([n, m], zip(first, second).map { $0 + $1 })
    guard variance > 0 else { return tail }
    let third = expected.reduce(8 * (cells - 1)) { sum, share in
      let mean = min(n, m) * share
      return sum + (22 + 1 / mean) / mean
    }
    // Half of a multiple of chi-squared is gamma distributed; its skewness tells its degrees of freedom.
    let degrees = 8 * variance * variance * variance / (third * third)
    let standardised = (statistic - mean) / variance.squareRoot()
    return max(tail, ChiSquared(degrees: degrees).upper(degrees + standardised * (2 * degrees).squareRoot()))
  }

  /// The mean and the variance of X2 of a table with these totals, when every way to deal out its rows is equally likely.
  static func moments(_ rows: [Double], _ columns: [Double]) -> (mean: Double, variance: Double) {
    let total = rows.reduce(0, +)
    func part(_ totals: [Double]) -> (spread: Double, unevenness: Double) {
      let r = Double(totals.count)
      return ((r - 1) * (total - r) / (total - 1), (total * totals.map { 1 / $0 }.reduce(0, +) - r * r) / (total - 2))
    }
    let (first, second) = (part(rows), part(columns))
    let mean = total * Double(rows.count - 1) * Double(columns.count - 1) / (total - 1)
    let variance =
      2 * total / (total - 3) * (first.spread - first.unevenness) * (second.spread - second.unevenness)
      + total * total / (total - 1) * first.unevenness * second.unevenness
    return (mean, variance)
  }
}
