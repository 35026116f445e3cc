internal import Glibc

/// A band around the empirical distribution function that holds the true one everywhere at once.
package enum DvoretzkyKieferWolfowitz {
  package static let method = Method(
    "dkw", aliases: ["dvoretzky-kiefer-wolfowitz", "dkw-band"],
    computes: """
      P(sup |F_n - F| > e) <= 2 exp(-2 n e²), so the band is F_n ± e with e = sqrt(ln(2 / (1 - confidence)) / (2n)): for \
      every distribution and every n, with Massart's constant. The interval of the quantile p reaches from the order \
      statistic n (p - e) to n (p + e), rounded up, for all p at once.
      """,
    use: """
      To say how far a sample's distribution may be from the population's, or to give many quantiles of one sample \
      intervals that hold together. For one quantile the interval from order statistics is shorter.
      """,
    source: """
      Dvoretzky, Kiefer and Wolfowitz, Ann. Math. Statist. 27 (1956); Massart, Ann. Probab. 18 (1990)
      """)

  /// e: how far from the empirical distribution function the true one may lie anywhere. Throws without values.
  package static func halfWidth(count: Int, confidence: Double) throws(Undefined) -> Double {
    try Sample.requireShare(confidence, "confidence")
    guard count > 0 else { throw .tooFew("values", needed: 1, got: count) }
    return min(1, (log(2 / (1 - confidence)) / (2 * Double(count))).squareRoot())
  }

  /// What P(X <= x) may be, for every x at once. O(n).
  package static func band(_ values: [Double], at x: Double, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.require(values)
    let half = try halfWidth(count: values.count, confidence: confidence)
    let share = Double(values.lazy.filter { $0 <= x }.count) / Double(values.count)
    return Estimate(
      share, ConfidenceInterval(lower: max(0, share - half), upper: min(1, share + half), confidence: confidence))
  }

  /// Between which order statistics the quantile lies, for every quantile at once; an end without one is infinite. Throws
  /// when the probability is not between 0 and 1. O(n log n).
  package static func quantile(
    _ values: [Double], _ probability: Double, confidence: Double
  ) throws(Undefined) -> ConfidenceInterval {
    try Sample.require(values)
    try Sample.requireShare(probability, "probability")
    let half = try halfWidth(count: values.count, confidence: confidence)
    let n = Double(values.count)
    return OrderStatistics.interval(
      values.sorted(), from: Int((n * (probability - half)).rounded(.up)),
      to: Int((n * (probability + half)).rounded(.up)), confidence: confidence)
  }
}
