/// The equal-tailed Bayesian interval of a proportion under Jeffreys' prior.
package enum Jeffreys {
  package static let method = Method(
    "jeffreys", aliases: ["jeffreys-interval"],
    computes: """
      The quantiles (1 - confidence) / 2 and 1 - (1 - confidence) / 2 of Beta(k + 1/2, n - k + 1/2), what is known of \
      the share after k of n under the prior Beta(1/2, 1/2). They are kept as they are at k = 0 and k = n, where Brown, \
      Cai and DasGupta set the end to 0 or 1: so the interval for no successes does not reach 0.
      """,
    use: """
      A short interval of one proportion that covers well on average. Not where 0 or 1 must lie inside when they were \
      observed, and not where coverage must hold for every share: use Wilson or Clopper-Pearson.
      """,
    source: "Brown, Cai and DasGupta, Statistical Science 16 (2001)")

  /// The share with its interval. Throws when the confidence is not between 0 and 1.
  package static func interval(_ count: BinomialCount, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let tail = (1 - confidence) / 2
    let beta = Beta(count.k + 0.5, count.m + 0.5)
    return Estimate(
      count.share,
      ConfidenceInterval(lower: beta.quantile(tail), upper: beta.upperQuantile(tail), confidence: confidence))
  }
}
