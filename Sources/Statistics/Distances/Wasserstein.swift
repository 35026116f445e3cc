/// How far mass must move, on average, to turn one distribution into another.
package enum Wasserstein {
  package static let method = Method(
    "wasserstein", aliases: ["wasserstein-1", "earth-mover", "wasserstein-distance"],
    computes: """
      W1 = integral of |F(v) - G(v)| dv: the mean distance that values must move to turn one sample into the other, in \
      their own unit. Values may have weights. To compare columns, it is divided by the standard deviation (divided by n) \
      of the reference.
      """,
    use: """
      As a drift score that says how much, not only whether, and that sees shifts without overlap. Outliers move it, as \
      they move the mean. It has no fixed scale: normalise it, or set limits in the column's unit.
      """,
    source: "Vallender, Theory of Probability and its Applications 18 (1974)")

  /// W1 of two samples. O(m + n).
  package static func distance(_ x: [Double], _ y: [Double]) throws(Undefined) -> Double {
    try DistributionGap.integral(x, y, \.magnitude)
  }

  /// W1 of two samples whose values have weights of at least 0; nil for equal weights.
  package static func distance(
    _ x: [Double], weights xWeights: [Double]?, _ y: [Double], weights yWeights: [Double]?
  ) throws(Undefined) -> Double {
    try DistributionGap.integral(x, xWeights, y, yWeights, \.magnitude)
  }

  /// W1 in standard deviations (divided by n) of the reference. Throws when the reference does not vary.
  package static func normalised(_ reference: [Double], _ sample: [Double]) throws(Undefined) -> Double {
    let scale = Sample.scale([reference, sample])
    let (reference, sample) = (reference.map { $0 * scale }, sample.map { $0 * scale })
    let distance = try distance(reference, sample)
    let moments = try Moments(reference)
    guard moments.varies else { throw .zeroVariance }
    let ratio = distance / moments.populationVariance.squareRoot()
    guard ratio.isFinite else { throw .outOfRange }
    return ratio
  }
}
