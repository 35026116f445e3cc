/// Whether paired differences lie around zero, by the ranks of their sizes.
package struct WilcoxonSignedRank: Sendable {
  /// What becomes of differences of zero.
  package enum Zeros: String, Sendable, CaseIterable {
    /// They are left out before ranking.
    case wilcox
    /// They are ranked, and their ranks left out.
    case pratt
    /// They are ranked, and half of their ranks is given to each sign.
    case split = "zsplit"
  }

  package enum Law: String, Sendable {
    /// All signs of the ranks that are there: exact with ties too.
    case exact
    /// All signs of the ranks 1 to n, as if there were neither ties nor zeros; the statistic is rounded to the safe side.
    case untied
    /// The normal limit, with the variance that zeros and ties leave.
    case normal
  }

  package static let method = Method(
    "wilcoxon-signed-rank", aliases: ["wilcoxon", "signed-rank"],
    computes: """
      Ranks the sizes of the paired differences, ties sharing their mean rank, and adds up the ranks of the positive and \
      of the negative ones. The p-value counts all signs that the ranks could have for up to 50 differences, else it is \
      normal with the variance corrected for zeros and ties. Differences of zero are left out (Wilcoxon), ranked but not \
      counted (Pratt), or counted half and half.
      """,
    use: """
      For paired values, such as the errors of two models on the same rows, when the differences are symmetric but too \
      heavy in the tails for the paired t. It needs symmetry: for the mean of skewed differences use the paired bootstrap.
      """,
    source: "Wilcoxon, Biometrics Bulletin 1 (1945); Pratt, J. Am. Stat. Assoc. 54 (1959); Cureton, ibid. 62 (1967)")

  /// The sums of the ranks of the positive and of the negative differences.
  package let positive: Double
  package let negative: Double
  /// The mean of `positive` under the null hypothesis, and its standard deviation.
  private let mean: Double
  private let deviation: Double
  /// Twice the rank of every difference whose sign counts.
  private let doubledRanks: [Int]
  private let count: Int

  /// The differences of two paired samples.
  package init(_ x: [Double], _ y: [Double], zeros: Zeros = .wilcox) throws(Undefined) {
    try Sample.requirePairs(x, y)
    try self.init(differences: zip(x, y).map { $0 - $1 }, zeros: zeros)
  }

  /// O(n).
  package init(differences: [Double], zeros: Zeros = .wilcox) throws(Undefined) {
    try Sample.requireOrdered(differences)
    let kept = zeros == .wilcox ? differences.filter { $0 != 0 } : differences
    let ranks = Ranks(kept.map(\.magnitude))
    var (positive, negative, zero) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    var doubled = [Int]()
    for (value, rank) in zip(kept, ranks.midranks) {
      if value > 0 { positive.add(rank) } else if value < 0 { negative.add(rank) } else { zero.add(rank) }
      if value != 0 { doubled.append(Int(2 * rank)) }
    }
    let half = zeros == .split ? zero.value / 2 : 0
    self.positive = positive.value + half
    self.negative = negative.value + half
    let n = Double(kept.count)
    var mean = n * (n + 1) / 4
    var variance = n * (n + 1) * (2 * n + 1)
    var tieSum = ranks.tieSum
    if zeros == .pratt {
      let zeroCount = kept.count - doubled.count
      let z = Double(zeroCount)
      mean -= z * (z + 1) / 4
      variance -= z * (z + 1) * (2 * z + 1)
      tieSum -= Ranks.tieTerm(zeroCount)
    }
    self.mean = mean
    deviation = (max(0, variance - tieSum / 2) / 24).squareRoot()
    doubledRanks = doubled
    count = kept.count
  }

  /// The smaller of the two sums; one-sided that of the positive differences.
  package func statistic(_ alternative: Alternative = .twoSided) -> Double {
    alternative == .twoSided ? min(positive, negative) : positive
  }

  /// The law that is used unless another is asked for.
  package var usualLaw: Law { count <= 50 ? .exact : .normal }

  /// The alternative `greater` is that differences tend to be positive. Throws when every difference is zero and the
  /// normal law is asked for, and where an exact law is asked for more than 1,000 differences.
  package func test(
    _ alternative: Alternative = .twoSided, law: Law? = nil, continuity: Bool = false
  ) throws(Undefined) -> TestResult {
    let law = law ?? usualLaw
    let p =
      switch law {
      case .exact: try exact(doubledRanks, rounded: false, alternative)
      case .untied: try exact((0..<count).map { 2 * ($0 + 1) }, rounded: true, alternative)
      case .normal: try normal(alternative, continuity)
      }
    return TestResult(statistic: statistic(alternative), p: p)
  }

  private func normal(_ alternative: Alternative, _ continuity: Bool) throws(Undefined) -> Probability {
    guard deviation > 0 else { throw .zeroVariance }
    let distance = positive - mean
    let correction =
      switch alternative {
      case .greater: 0.5
      case .less: -0.5
      case .twoSided: distance > 0 ? 0.5 : distance < 0 ? -0.5 : 0
      }
    return Normal.p((distance - (continuity ? correction : 0)) / deviation, alternative)
  }

  private func exact(
    _ doubledRanks: [Int], rounded: Bool, _ alternative: Alternative
  ) throws(Undefined) -> Probability {
    guard doubledRanks.count <= 1_000 else {
      throw .outsideDomain("the exact law of signed ranks is for at most 1,000 differences; use the normal one")
    }
    // Signs move all but what zeros gave to both sides.
    let all = doubledRanks.reduce(0, +)
    let fixed = rounded ? 0 : (Int(2 * (positive + negative)) - all) / 2
    let twice = Int(2 * positive) - fixed
    let (down, up) = rounded ? (twice / 2 * 2, (twice + 1) / 2 * 2) : (twice, twice)
    let law = Self.subsetSums(doubledRanks)
    let greater = Probability(law[max(0, min(down, all))...].compensatedSum)
    let less = Probability(law[...max(0, min(up, all))].compensatedSum)
    switch alternative {
    case .greater: return greater
    case .less: return less
    case .twoSided: return min(greater, less).doubled
    }
  }

  /// The probability of each sum of the weights that a fair coin picks.
  private static func subsetSums(_ weights: [Int]) -> [Double] {
    var law = [Double](repeating: 0, count: weights.reduce(0, +) + 1)
    law[0] = 1
    var top = 0
    for weight in weights {
      top += weight
      for sum in stride(from: top, through: weight, by: -1) { law[sum] = (law[sum] + law[sum - weight]) / 2 }
      for sum in 0..<weight { law[sum] /= 2 }
    }
    return law
  }
}
