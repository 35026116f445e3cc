internal import Glibc

/// Pearson's correlation: how far pairs of values lie on a straight line.
package struct Pearson: Sendable, Hashable {
  /// r, from -1 to 1.
  package let coefficient: Double
  /// 1 - r^2, with the digits that r near 1 has lost: the share of the variance that the line leaves.
  package let unexplained: Double
  package let count: Int

  package static let method = Method(
    "pearson", aliases: ["correlation", "pearson-correlation", "fisher-z"],
    computes: """
      r = sum of (x - mean x)(y - mean y) / sqrt(sum of (x - mean x)^2 times sum of (y - mean y)^2). Its p-value is that \
      of t = r sqrt((n - 2) / (1 - r^2)) with n - 2 degrees of freedom; its interval is tanh(atanh r +- z / sqrt(n - 3)).
      """,
    use: """
      For linear relations of values without far outliers, which can make or unmake a correlation alone. For monotone \
      relations take Spearman's or Kendall's. The p-value holds for normal values; a correlation of 0 does not mean \
      independence.
      """,
    source: "Pearson, Proceedings of the Royal Society 58 (1895); Fisher, Metron 1 (1921)")

  /// O(n). Throws for fewer than two pairs, lengths that differ, a value that is not finite, and when either side does
  /// not vary.
  package init(_ x: [Double], _ y: [Double]) throws(Undefined) {
    try Sample.requirePairs(x, y, atLeast: 2)
    guard x.contains(where: { $0 != x[0] }), y.contains(where: { $0 != y[0] }) else { throw .zeroVariance }
    count = x.count
    let (first, second) = (Self.deviations(x), Self.deviations(y))
    let (xx, yy) = (first.map { $0 * $0 }.compensatedSum, second.map { $0 * $0 }.compensatedSum)
    let xy = zip(first, second).map { $0 * $1 }.compensatedSum
    guard xx > 0, yy > 0 else { throw .zeroVariance }
    unexplained = min(1, max(0, productDifference(xx, yy, xy, xy) / xx / yy))
    coefficient = unexplained == 0 ? (xy > 0 ? 1 : -1) : min(1, max(-1, xy / xx.squareRoot() / yy.squareRoot()))
  }

  /// The p-value of no correlation. Two pairs always lie on a line: 1.
  package func p(_ alternative: Alternative = .twoSided) -> Probability {
    guard count > 2 else { return .one }
    let degrees = Double(count - 2)
    return StudentT(degrees: degrees).p(coefficient * (degrees / unexplained).squareRoot(), alternative)
  }

  /// Fisher's interval. Throws for fewer than four pairs, for a confidence outside 0...1, and for pairs that lie on a
  /// line, whose interval would have no width.
  package func interval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    try Sample.requireShare(confidence, "confidence")
    guard count > 3 else { throw .tooFew("pairs", needed: 4, got: count) }
    guard unexplained > 0 else { throw .outsideDomain("a perfect correlation has no Fisher interval") }
    let magnitude = log((1 + coefficient.magnitude) / unexplained.squareRoot())
    let center = coefficient < 0 ? -magnitude : magnitude
    let half = Normal.critical(confidence: confidence) / Double(count - 3).squareRoot()
    return ConfidenceInterval(lower: tanh(center - half), upper: tanh(center + half), confidence: confidence)
  }

  /// What values depart from their mean by, in a unit in which their squares neither overflow nor vanish.
  private static func deviations(_ values: [Double]) -> [Double] {
    let scale = Sample.scale([values])
    let scaled = values.map { $0 * scale }
    let n = Double(values.count)
    let rough = scaled.compensatedSum / n
    let shift = scaled.map { $0 - rough }.compensatedSum / n
    return scaled.map { ($0 - rough) - shift }
  }
}
