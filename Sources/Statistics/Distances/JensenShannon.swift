/// The Jensen-Shannon divergence of two distributions over categories, and its square root, the distance.
package enum JensenShannon {
  package static let method = Method(
    "jensen-shannon", aliases: ["js", "jsd", "js-divergence", "js-distance", "jensenshannon"],
    computes: """
      Divergence: the mean of D(P || M) and D(Q || M), where M is the mean of P and Q. Distance: its square root. With \
      logarithms to base 2 (bits) both lie in 0...1, 1 for distributions without a category in common; in nats the \
      divergence is at most ln 2.
      """,
    use: """
      To watch a categorical or binned column for drift: defined for empty categories, bounded and symmetric; the distance \
      is a metric. Tools mix up divergence and distance (scipy's jensenshannon is the distance) and differ in the base: \
      state both.
      """,
    source: """
      Lin, IEEE Transactions on Information Theory 37 (1991); Endres and Schindelin, ibid. 49 (2003) for the distance
      """)

  /// Throws when the samples differ in their number of categories. O(categories).
  package static func divergence(
    _ first: Counts, _ second: Counts, in unit: InformationUnit = .bits
  ) throws(Undefined) -> Double {
    let pair = try CategoryShares(first, second)
    let terms = zip(pair.first, pair.second).map { p, q in
      let mean = (p + q) / 2
      return term(p, mean) + term(q, mean)
    }
    return unit.value(nats: max(0, terms.compensatedSum / 2))
  }

  /// p ln(p / mean). Its sum is right to 1e-16, so distances below 1e-8 are rounding, as they are in scipy.
  private static func term(_ p: Double, _ mean: Double) -> Double {
    p > 0 ? p * logRatio(p, mean, difference: p - mean) : 0
  }

  /// The square root of the divergence.
  package static func distance(
    _ first: Counts, _ second: Counts, in unit: InformationUnit = .bits
  ) throws(Undefined) -> Double {
    try divergence(first, second, in: unit).squareRoot()
  }
}
