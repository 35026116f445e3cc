/// The mean of paired differences.
package enum PairedT {
  package static let method = Method(
    "paired-t", aliases: ["ttest-rel", "dependent-t"],
    computes: """
      t = mean d / (s / sqrt(n)) of the paired differences d, referred to Student's t with n - 1 degrees of freedom; and \
      the interval of the mean difference.
      """,
    use: """
      To compare the means of two measurements of the same rows, such as the losses of two models: what the rows have in \
      common drops out. For few, skewed or heavy-tailed differences use wilcoxon-signed-rank, sign-flip or the paired \
      bootstrap.
      """,
    source: "Student, Biometrika 6 (1908)")

  /// Throws for samples that are empty or differ in length, and for a value that is not finite. O(n).
  package static func difference(_ x: [Double], _ y: [Double]) throws(Undefined) -> MeanDifference {
    try Sample.requirePairs(x, y)
    let scale = Sample.scale([x, y])
    let moments = try Moments(zip(x, y).map { $0 * scale - $1 * scale })
    let (value, n) = (moments.mean / scale, Double(moments.count))
    guard moments.count > 1 else {
      return try MeanDifference(value: value, standardError: nil, degreesOfFreedom: 0, count: 1)
    }
    let error = try moments.varies ? (moments.variance() / n).squareRoot() / scale : 0
    return try MeanDifference(value: value, standardError: error, degreesOfFreedom: n - 1, count: moments.count)
  }
}
