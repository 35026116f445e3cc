/// The interval of the mean of one sample.
package enum MeanInterval {
  package static let method = Method(
    "t-interval", aliases: ["mean-interval", "student-interval", "one-sample-t"],
    computes: "mean ± t s / sqrt(n), with the t quantile of n - 1 degrees of freedom.",
    use: """
      A mean of values that are not too skewed for their number. Values that do not vary have no interval of this kind: \
      bound them by the rule of three when their range is known. For skewed values with few rows use the bootstrap.
      """,
    source: "Student, Biometrika 6 (1908)")

  /// The mean with its interval. Throws for fewer than two values, or when they do not vary. O(n).
  package static func interval(_ values: [Double], confidence: Double) throws(Undefined) -> Estimate {
    // A sample is paired with nothing.
    let mean = try PairedT.difference(values, [Double](repeating: 0, count: values.count))
    return Estimate(mean.value, try mean.interval(confidence: confidence))
  }
}
