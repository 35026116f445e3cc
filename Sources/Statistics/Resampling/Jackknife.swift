/// A statistic with each row left out in turn.
package struct Jackknife: Sendable {
  /// The statistic without row i.
  package let values: [Double]

  package static let method = Method(
    "jackknife", aliases: ["leave-one-out"],
    computes: """
      The statistic without each row in turn; the standard error sqrt((n - 1)/n sum (v - mean)^2), and the acceleration \
      sum u^3 / (6 (sum u^2)^1.5) with u = mean - v, which the BCa bootstrap needs.
      """,
    use: "For smooth statistics: means, ratios, correlations. Not for medians and other quantiles, where it fails.",
    source: "Efron and Tibshirani, \"An Introduction to the Bootstrap\" (1993), chapters 11 and 14")

  package init(_ values: [Double]) throws(Undefined) {
    try Sample.require(values, atLeast: 2)
    self.values = values
  }

  /// O(n) times the statistic, which is given the rows that are left.
  package init(rows: Int, _ statistic: ([Int]) throws(Undefined) -> Double) throws(Undefined) {
    guard rows > 1 else { throw .tooFew("rows", needed: 2, got: rows) }
    var values: [Double] = []
    for left in 0..<rows { values.append(try statistic((0..<rows).filter { $0 != left })) }
    try self.init(values)
  }

  package func standardError() throws(Undefined) -> Double {
    let n = Double(values.count)
    return ((n - 1) / n * (try Moments(values).m2)).squareRoot()
  }

  /// Throws when no row has influence.
  package func acceleration() throws(Undefined) -> Double {
    let moments = try Moments(values)
    guard moments.varies else { throw .zeroVariance }
    return try -moments.skewness() / (6 * Double(values.count).squareRoot())
  }
}
