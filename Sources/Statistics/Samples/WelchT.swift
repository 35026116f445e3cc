/// The difference between the means of two samples whose variances may differ.
package enum WelchT {
  package static let method = Method(
    "welch-t", aliases: ["welch", "t-test", "ttest-ind", "unequal-variances-t"],
    computes: """
      t = (mean x - mean y) / sqrt(vx/m + vy/n), referred to Student's t with Satterthwaite's degrees of freedom; and the \
      interval of the difference of the means.
      """,
    use: """
      To compare the means of two unpaired samples; there is no reason to prefer the test that assumes equal variances. \
      From some thirty values the shape matters little, unless tails are heavy: then use mann-whitney or a bootstrap. \
      For two models on the same rows use paired-t, which needs far fewer rows.
      """,
    source: "Welch, Biometrika 34 (1947); Satterthwaite, Biometrics Bulletin 2 (1946)")

  /// Throws for an empty sample or a value that is not finite. O(m + n).
  package static func difference(_ x: [Double], _ y: [Double]) throws(Undefined) -> MeanDifference {
    try Sample.require(x)
    try Sample.require(y)
    let scale = Sample.scale([x, y])
    let (first, second) = (try Moments(x.map { $0 * scale }), try Moments(y.map { $0 * scale }))
    let value = (first.mean - second.mean) / scale
    let count = min(first.count, second.count)
    guard count > 1 else {
      return try MeanDifference(value: value, standardError: nil, degreesOfFreedom: 1, count: count)
    }
    let one = try first.varies ? first.variance() / Double(first.count) : 0
    let other = try second.varies ? second.variance() / Double(second.count) : 0
    let all = one + other
    let degrees = degreesOfFreedom((one, first.count), (other, second.count))
    return try MeanDifference(
      value: value, standardError: all.squareRoot() / scale, degreesOfFreedom: degrees, count: count)
  }

  /// Satterthwaite's, from the squared standard errors of two means and the counts of their values.
  static func degreesOfFreedom(
    _ first: (square: Double, count: Int), _ second: (square: Double, count: Int)
  ) -> Double {
    let all = first.square + second.square
    // Shares of the whole, so that squares neither overflow nor underflow. Without variance the least there can be: 1.
    let (a, b) = (first.square / all, second.square / all)
    return all > 0 ? 1 / (a * a / Double(first.count - 1) + b * b / Double(second.count - 1)) : 1
  }
}
