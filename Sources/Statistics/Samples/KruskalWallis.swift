/// Whether any of several samples tends to have larger values than the others, by ranks alone.
package enum KruskalWallis {
  package static let method = Method(
    "kruskal-wallis", aliases: ["kruskal", "kruskal-wallis-h"],
    computes: """
      H = 12/(N(N + 1)) * sum of R_i^2/n_i - 3(N + 1) of the samples' sums of midranks, divided by \
      1 - sum(t^3 - t)/(N^3 - N) for ties, referred to the chi-squared distribution with one degree less than there are \
      samples.
      """,
    use: """
      mann-whitney for three samples or more, such as one metric over several slices. From about five values each. It says \
      that some sample differs, not which: follow it with pairs and Holm's correction.
      """,
    source: "Kruskal and Wallis, J. Am. Stat. Assoc. 47 (1952)")

  /// At least two samples of at least one value. Infinities are values like others. O(N).
  package static func test(_ samples: [[Double]]) throws(Undefined) -> TestResult {
    guard samples.count > 1 else { throw .tooFew("samples", needed: 2, got: samples.count) }
    for sample in samples { try Sample.requireOrdered(sample) }
    let ranks = Ranks(samples.flatMap { $0 })
    let total = Double(ranks.midranks.count)
    // Mean ranks around their own mean: what cancels in the textbook form never arises.
    var sum = CompensatedSum()
    var start = 0
    for sample in samples {
      let n = Double(sample.count)
      let mean = ranks.midranks[start..<start + sample.count].compensatedSum / n
      sum.add(n * (mean - (total + 1) / 2) * (mean - (total + 1) / 2))
      start += sample.count
    }
    let correction = 1 - ranks.tieSum / (total * (total - 1) * (total + 1))
    guard correction > 0 else { throw .allEqual }
    let h = 12 / (total * (total + 1)) * sum.value / correction
    let degrees = Double(samples.count - 1)
    return TestResult(statistic: h, p: ChiSquared(degrees: degrees).upper(h), degreesOfFreedom: degrees)
  }
}
