/// How far two distributions are apart, by the distances between their values.
package enum EnergyDistance {
  package static let method = Method(
    "energy-distance", aliases: ["energy", "szekely"],
    computes: """
      sqrt(2 E|X - Y| - E|X - X'| - E|Y - Y'|), which for numbers is sqrt(2 integral of (F(v) - G(v))^2 dv); the square \
      root of what some call by this name. Values may have weights.
      """,
    use: """
      As a drift score like wasserstein that minds outliers less, for it grows with the square root of a shift. Its unit is \
      the square root of the column's.
      """,
    source: "Szekely and Rizzo, J. Statistical Planning and Inference 143 (2013)")

  /// Of two samples. O(m + n).
  package static func distance(_ x: [Double], _ y: [Double]) throws(Undefined) -> Double {
    2.0.squareRoot() * (try DistributionGap.integral(x, y) { $0 * $0 }).squareRoot()
  }

  /// Of two samples whose values have weights of at least 0; nil for equal weights.
  package static func distance(
    _ x: [Double], weights xWeights: [Double]?, _ y: [Double], weights yWeights: [Double]?
  ) throws(Undefined) -> Double {
    2.0.squareRoot() * (try DistributionGap.integral(x, xWeights, y, yWeights) { $0 * $0 }).squareRoot()
  }
}
