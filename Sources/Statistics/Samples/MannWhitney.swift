/// Whether values of one sample tend to be larger than values of another, by ranks alone.
package struct MannWhitney: Sendable {
  package enum Law: String, Sendable {
    /// Counting all orders of the pooled samples, as if there were no ties.
    case exact
    /// The normal limit, with the variance that ties leave.
    case normal
  }

  package static let method = Method(
    "mann-whitney", aliases: ["mann-whitney-u", "mannwhitneyu", "wilcoxon-rank-sum", "u-test"],
    computes: """
      U = R - m(m + 1)/2, where R is the sum of the first sample's midranks among all values: the number of pairs in which \
      the first sample's value is larger, ties counting half. The p-value is exact for samples without ties of which one \
      has at most eight values, else normal with the variance corrected for ties and a continuity correction of 1/2. With \
      it come U/mn, the probability that a value of the first sample exceeds one of the second (CLES, which is the AUC), \
      the rank-biserial correlation 2U/mn - 1, and on request the Hodges-Lehmann shift.
      """,
    use: """
      To compare two unpaired samples in place, with heavy tails or outliers that would rule Welch's t. It assumes that \
      the samples differ in place only: where their spreads differ too, use brunner-munzel. Judge by the shift or the \
      CLES with its interval; the p-value of large samples says little.
      """,
    source: "Mann and Whitney, Annals of Mathematical Statistics 18 (1947); Lehmann, Nonparametrics (1975)")

  package let first: Int
  package let second: Int
  /// The pairs in which the first sample's value is larger, ties counting half.
  package let u: Double
  /// The sum of t^3 - t over the groups of t equal values.
  package let tieSum: Double

  /// O(m + n). Throws for an empty sample or one with NaN; infinities are values like others.
  package init(_ x: [Double], _ y: [Double]) throws(Undefined) {
    let sorted = try Sample.sortedPair(x, y)
    var (below, halves, ties) = (0, 0, 0.0)
    PooledWalk.each(sorted.x, sorted.y) { _, inFirst, inSecond in
      // Twice U, in integers.
      halves &+= inFirst &* (2 &* below &+ inSecond)
      below &+= inSecond
      if inFirst &+ inSecond > 1 { ties += Ranks.tieTerm(inFirst &+ inSecond) }
    }
    first = x.count
    second = y.count
    u = Double(halves) / 2
    tieSum = ties
  }

  private var pairs: Double { Double(first) * Double(second) }

  /// The probability that a value of the first sample is larger than one of the second, ties counting half.
  package var commonLanguageEffect: Double { u / pairs }

  /// Between -1, when all values of the first sample are smaller, and 1.
  package var rankBiserial: Double { 2 * u / pairs - 1 }

  /// The law that is used unless another is asked for.
  package var usualLaw: Law {
    tieSum == 0 && min(first, second) <= 8 && RankSumLaw.isAffordable(first, second) ? .exact : .normal
  }

  /// Throws when all values are equal and there is no continuity correction, which leaves 0/0; and where the exact law
  /// is asked for samples too large for it.
  package func test(
    _ alternative: Alternative = .twoSided, law: Law? = nil, continuity: Bool = true
  ) throws(Undefined) -> TestResult {
    let above =
      switch alternative {
      case .twoSided: max(u, pairs - u)
      case .greater: u
      case .less: pairs - u
      }
    let tail =
      switch law ?? usualLaw {
      case .exact: try RankSumLaw(first, second).upper(Int(above))
      case .normal: try normalUpper(above, continuity)
      }
    return TestResult(statistic: u, p: alternative == .twoSided ? tail.doubled : tail)
  }

  private func normalUpper(_ above: Double, _ continuity: Bool) throws(Undefined) -> Probability {
    let distance = above - pairs / 2 - (continuity ? 0.5 : 0)
    let deviation = standardDeviation
    guard deviation > 0 else {
      // With all values equal, every order gives the same U.
      guard continuity else { throw .allEqual }
      return .one
    }
    return Normal.upper(distance / deviation)
  }

  /// The standard deviation of U under the null hypothesis.
  var standardDeviation: Double {
    let total = Double(first + second)
    return max(0, pairs / 12 * ((total + 1) - tieSum / (total * (total - 1)))).squareRoot()
  }
}
