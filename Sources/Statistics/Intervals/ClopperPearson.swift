/// The exact interval of a proportion.
package enum ClopperPearson {
  package static let method = Method(
    "clopper-pearson", aliases: ["exact-binomial-interval", "beta-interval"],
    computes: """
      The shares p for which neither k or more nor k or fewer successes in n trials have a probability below \
      (1 - confidence) / 2: quantiles of Beta(k, n - k + 1) and Beta(k + 1, n - k). Its lower end is 0 for no successes, \
      its upper end 1 for no failures.
      """,
    use: """
      Where the interval must cover at least as often as promised, whatever the share: small counts, no failures seen, \
      audits. It is wider than needed on average; for estimates prefer Wilson.
      """,
    source: "Clopper and Pearson, Biometrika 26 (1934)")

  /// The share with its interval. Throws when the confidence is not between 0 and 1.
  package static func interval(_ count: BinomialCount, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let tail = (1 - confidence) / 2
    return Estimate(
      count.share,
      ConfidenceInterval(
        lower: lowerBound(count, tail: tail), upper: upperBound(count, tail: tail), confidence: confidence))
  }

  /// The share below which so many successes or more are less probable than `tail`, in 0..<1.
  static func lowerBound(_ count: BinomialCount, tail: Double) -> Double {
    count.successes == 0 ? 0 : Beta(count.k, count.m + 1).quantile(tail)
  }

  static func upperBound(_ count: BinomialCount, tail: Double) -> Double {
    count.successes == count.trials ? 1 : Beta(count.k + 1, count.m).upperQuantile(tail)
  }
}
