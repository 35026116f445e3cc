/// The L-infinity distance of two distributions over categories, and what of it sampling alone explains.
package enum LInfinity {
  package static let method = Method(
    "l-infinity", aliases: ["linf", "chebyshev", "l-infinity-distance"],
    computes: """
      max |p - q| over the categories: the change of the share that changed most. Its noise floor is what it exceeds in at \
      most so small a share of samples (the significance) when both come from one distribution: the largest over the k \
      observed categories of z(significance / 2k) sqrt(s(1 - s)(1/n + 1/m)), with s the share in both samples together.
      """,
    use: """
      To find the one category that has grown or vanished. Gate on a distance that is above the limit and above the noise \
      floor: two samples of 100 rows easily differ by 0.1. Changes that are spread over many categories show better in \
      total variation.
      """,
    source: """
      TensorFlow Data Validation for its use; the floor by the normal approximation with Bonferroni's inequality (Dunn, \
      Journal of the American Statistical Association 56, 1961)
      """)

  /// Throws when the samples differ in their number of categories. O(categories).
  package static func distance(_ first: Counts, _ second: Counts) throws(Undefined) -> Double {
    try CategoryShares(first, second).differences.map(\.magnitude).max() ?? 0
  }

  /// What the distance of samples of these sizes and shares exceeds only so seldom by chance; at most 1. 0 when there is
  /// only one category, of which the share is always 1. The counts must be of rows, not of weights.
  package static func noiseFloor(
    _ first: Counts, _ second: Counts, significance: Double = 0.05
  ) throws(Undefined) -> Double {
    guard first.values.count == second.values.count else {
      throw .lengthsDiffer(first.values.count, second.values.count)
    }
    try Sample.requireShare(significance, "significance")
    let total = first.total + second.total
    let pooled = zip(first.values, second.values).map { ($0 + $1) / total }.filter { $0 > 0 }
    let spread = pooled.map { $0 * (1 - $0) }.max() ?? 0
    let z = Normal.upperQuantile(significance / 2 / Double(pooled.count))
    return min(1, z * (spread * (1 / first.total + 1 / second.total)).squareRoot())
  }
}
