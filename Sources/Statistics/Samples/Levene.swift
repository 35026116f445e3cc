/// Whether several samples have the same spread.
package enum Levene {
  /// From where deviations are taken.
  package enum Center: String, Sendable {
    /// Brown and Forsythe: for skewed or heavy-tailed values.
    case median
    /// Levene's own: for symmetric values.
    case mean
  }

  package static let method = Method(
    "levene", aliases: ["brown-forsythe", "equal-variances"],
    computes: """
      The F statistic of a one-way analysis of variance of the absolute deviations of each value from its sample's median \
      (Brown and Forsythe) or mean (Levene), with k - 1 and N - k degrees of freedom.
      """,
    use: """
      To ask whether spread changed, apart from place: a sensor that grew noisy, a model whose errors scatter more. Around \
      the median it holds for skewed values too.
      """,
    source:
      "Levene (1960) in Contributions to Probability and Statistics; Brown and Forsythe, J. Am. Stat. Assoc. 69 (1974)"
  )

  /// At least two samples. Throws when the deviations do not vary within any sample. O(N).
  package static func test(_ samples: [[Double]], around center: Center = .median) throws(Undefined) -> TestResult {
    guard samples.count > 1 else { throw .tooFew("samples", needed: 2, got: samples.count) }
    let scale = Sample.scale(samples)
    var means = [Double]()
    var (within, total) = (CompensatedSum(), CompensatedSum())
    var count = 0
    for sample in samples {
      let deviations = try deviations(sample.map { $0 * scale }, center)
      let moments = try Moments(deviations)
      means.append(moments.mean)
      within.add(moments.varies ? moments.m2 : 0)
      total.add(moments.mean * Double(sample.count))
      count += sample.count
    }
    guard count > samples.count else { throw .tooFew("values", needed: samples.count + 1, got: count) }
    let mean = total.value / Double(count)
    var between = CompensatedSum()
    for (sample, own) in zip(samples, means) { between.add(Double(sample.count) * (own - mean) * (own - mean)) }
    guard within.value > 0 else { throw .zeroVariance }
    let (numerator, denominator) = (Double(samples.count - 1), Double(count - samples.count))
    let f = between.value / numerator / (within.value / denominator)
    guard f.isFinite else { throw .outOfRange }
    return TestResult(statistic: f, p: FisherF(numerator, denominator).upper(f), degreesOfFreedom: denominator)
  }

  private static func deviations(_ sample: [Double], _ center: Center) throws(Undefined) -> [Double] {
    try Sample.require(sample)
    let middle: Double
    switch center {
    case .mean:
      middle = try Moments(sample).mean
    case .median:
      let sorted = RadixSort.sorted(sample)
      middle = sorted[(sorted.count - 1) / 2] / 2 + sorted[sorted.count / 2] / 2
    }
    let deviations = sample.map { ($0 - middle).magnitude }
    guard deviations.allSatisfy(\.isFinite) else { throw .outOfRange }
    return deviations
  }
}
