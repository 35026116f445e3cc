/// The test that two independent proportions are equal.
package enum TwoProportionZ {
  package static let method = Method(
    "two-proportion-z", aliases: ["pooled-z", "proportions-z-test"],
    computes: """
      z = (p1 - p2) / sqrt(p (1 - p) (1/n1 + 1/n2)) with the pooled share p = (k1 + k2) / (n1 + n2). Its square is \
      Pearson's chi-squared of the 2 x 2 table without correction.
      """,
    use: """
      Whether two shares of different rows differ, for samples of some size. It says nothing of by how much: decide by \
      the interval of the difference (Newcombe, Miettinen-Nurminen). For few successes use Fisher's test.
      """,
    source: "Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed. (2003), section 3.1")

  /// Throws when all trials succeeded, or none.
  package static func test(
    _ first: BinomialCount, _ second: BinomialCount, alternative: Alternative = .twoSided
  ) throws(Undefined) -> TestResult {
    let total = first.n + second.n
    let variance =
      (first.k + second.k) / total * ((first.m + second.m) / total) * (1 / first.n + 1 / second.n)
    guard variance > 0 else { throw .zeroVariance }
    let z = (first.share - second.share) / variance.squareRoot()
    return TestResult(statistic: z, p: Normal.p(z, alternative))
  }
}
