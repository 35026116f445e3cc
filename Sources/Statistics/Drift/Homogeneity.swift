/// Whether two samples come from one population, whatever their cells: the guard of a drift verdict.
package enum Homogeneity {
  package static let method = Method(
    "drift-homogeneity", aliases: ["drift-guard", "permutation-chi-squared", "haldane"],
    computes: """
      Fisher's exact test for two cells. For more, Pearson's X2 of both samples' counts and the larger of two tails: that of \
      chi-squared, and that of the gamma distribution with the mean and the variance that X2 has when the rows are dealt \
      out to the samples at random (Haldane's exact moments).
      """,
    use: """
      As the guard of a drift verdict: samples of one population seldom pass it, whatever the distance that is gated on, \
      and its tail reaches far enough to be corrected for thousands of columns, for which random permutations are too few.
      """,
    source: """
      Haldane, "The mean and variance of chi-squared, when used as a test of homogeneity, when expectations are small", \
      Biometrika 31 (1940); Mielke and Berry, Biometrics 44 (1988)
      """)

  static func p(_ shares: ObservedShares) -> Probability {
    let cells = shares.pooled.indices.filter { shares.pooled[$0] > 0 }
    let first = cells.map { shares.reference[$0] * shares.referenceSize }
    let second = cells.map { shares.current[$0] * shares.currentSize }
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
    let mean = total * (cells - 1) / (total - 1)
    // Haldane's variance, of the rows' totals and of the columns'.
    func part(_ totals: [Double]) -> (spread: Double, unevenness: Double) {
      let r = Double(totals.count)
      return ((r - 1) * (total - r) / (total - 1), (total * totals.map { 1 / $0 }.reduce(0, +) - r * r) / (total - 2))
    }
    let (rows, columns) = (part([n, m]), part(expected.map { $0 * total }))
    let variance =
      2 * total / (total - 3) * (rows.spread - rows.unevenness) * (columns.spread - columns.unevenness)
      + total * total / (total - 1) * rows.unevenness * columns.unevenness
    guard variance > 0 else { return tail }
    // A gamma distribution is a multiple of chi-squared.
    return max(tail, ChiSquared(degrees: 2 * mean * mean / variance).upper(statistic * 2 * mean / variance))
  }
}
