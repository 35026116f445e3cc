/// Kendall's tau-b: how many more pairs of rows are in the same order in both columns than in opposite orders.
package struct Kendall: Sendable, Hashable {
  /// tau-b, from -1 to 1.
  package let coefficient: Double
  private let count: Int
  /// Pairs of rows in opposite orders, and pairs in the same order less these.
  private let discordant: Int
  private let balance: Int
  private let firstTies: Ties
  private let secondTies: Ties

  package static let method = Method(
    "kendall", aliases: ["kendall-tau", "kendall-tau-b", "tau-b"],
    computes: """
      tau-b = (C - D) / sqrt((N - Tx)(N - Ty)) over the N = n(n - 1)/2 pairs of rows: C in the same order in both columns, D \
      in opposite orders, Tx and Ty tied in either. The p-value is exact without ties for up to 33 rows (and where C or D \
      is at most 1), else normal with the variance of C - D that ties leave.
      """,
    use: """
      For monotone relations, above all with few rows or many equal values; tau is the difference of the probabilities of \
      concord and discord. It is smaller than Spearman's rho for the same data.
      """,
    source: """
      Kendall, Rank Correlation Methods (1970); Knight, Journal of the American Statistical Association 61 (1966) for the \
      algorithm
      """)

  /// O(n log n). Throws for fewer than two rows, lengths that differ, a value that is not finite, and when either column
  /// does not vary.
  package init(_ x: [Double], _ y: [Double]) throws(Undefined) {
    try Sample.requirePairs(x, y, atLeast: 2)
    guard x.count <= 1 << 31 else { throw .outsideDomain("Kendall's tau takes at most 2^31 rows") }
    count = x.count
    // By x, and among equals by y.
    let byY = RadixSort.order(y).map { Int($0) }
    let order = RadixSort.order(byY.map { x[$0] }).map { byY[Int($0)] }
    (firstTies, secondTies) = (Ties(order.map { x[$0] }), Ties(byY.map { y[$0] }))
    let both = Ties.pairs(order) { x[$0] == x[$1] && y[$0] == y[$1] }
    let all = count * (count - 1) / 2
    guard firstTies.pairs < all, secondTies.pairs < all else { throw .zeroVariance }
    var sequence = order.map { y[$0] }
    discordant = Inversions.sort(&sequence)
    balance = all - firstTies.pairs - secondTies.pairs + both - 2 * discordant
    let denominator = Double(all - firstTies.pairs).squareRoot() * Double(all - secondTies.pairs).squareRoot()
    coefficient = min(1, max(-1, Double(balance) / denominator))
  }

  /// The p-value of independence.
  package func p(_ alternative: Alternative = .twoSided) -> Probability {
    let all = count * (count - 1) / 2
    if firstTies.pairs == 0, secondTies.pairs == 0, count <= 33 || min(discordant, all - discordant) <= 1 {
      let inversions = Inversions(count: count)
      switch alternative {
      case .greater: return inversions.lower(discordant)
      case .less: return inversions.lower(all - discordant)
      case .twoSided: return inversions.lower(min(discordant, all - discordant)).doubled
      }
    }
    let n = Double(count)
    let m = n * (n - 1)
    var variance = (m * (2 * n + 5) - firstTies.second - secondTies.second) / 18
    variance += 2 * Double(firstTies.pairs) * Double(secondTies.pairs) / m
    if count > 2 { variance += firstTies.third * secondTies.third / (9 * m * (n - 2)) }
    return Normal.p(Double(balance) / variance.squareRoot(), alternative)
  }
}

/// What equal values take from the variance of Kendall's statistic.
private struct Ties: Sendable, Hashable {
  /// Pairs of equal values.
  let pairs: Int
  /// Sums of t(t - 1)(2t + 5) and of t(t - 1)(t - 2) over groups of t equal values.
  let second: Double
  let third: Double

  /// Of values in order.
  init(_ sorted: [Double]) {
    var (second, third) = (0.0, 0.0)
    pairs = Self.pairs(sorted, equal: ==) { group in
      let t = Double(group)
      second += t * (t - 1) * (2 * t + 5)
      third += t * (t - 1) * (t - 2)
    }
    self.second = second
    self.third = third
  }

  /// Pairs in runs of elements that are equal.
  static func pairs<Element>(
    _ elements: [Element], equal: (Element, Element) -> Bool, each: (Int) -> Void = { _ in }
  ) -> Int {
    var (pairs, start) = (0, 0)
    while start < elements.count {
      var end = start + 1
      while end < elements.count, equal(elements[start], elements[end]) { end += 1 }
      pairs += (end - start) * (end - start - 1) / 2
      each(end - start)
      start = end
    }
    return pairs
  }
}
