internal import Glibc

/// The interval of the ratio of two independent proportions by inverting the score test.
package enum RatioOfProportions {
  package static let method = Method(
    "ratio-of-proportions", aliases: ["risk-ratio", "relative-risk", "score-ratio", "koopman"],
    computes: """
      The ratios R that a score test of p1 = R p2 does not reject: |p1 - R p2| <= z sqrt(V), \
      V = (P1 (1 - P1) / n1 + R² P2 (1 - P2) / n2) N / (N - 1), where P1 = R P2 are the likeliest shares given the ratio: \
      the root of a quadratic.
      """,
    use: """
      The ratio of two shares of different rows, such as the rates at which two groups of people are selected. It holds \
      for few rows and for shares of 0, where a logarithm has no interval: without successes of the second the ratio has \
      no upper end.
      """,
    source: "Koopman, Biometrics 40 (1984); with N / (N - 1) Miettinen and Nurminen, Statistics in Medicine 4 (1985)")

  /// The ratio, first over second, between 0 and infinity. Throws when the confidence is not between 0 and 1, and when
  /// neither has a success: nothing then speaks of their ratio.
  package static func interval(
    _ first: BinomialCount, _ second: BinomialCount, confidence: Double
  ) throws(Undefined) -> ConfidenceInterval {
    try Sample.requireShare(confidence, "confidence")
    guard first.successes + second.successes > 0 else { throw .tooFew("successes", needed: 1, got: 0) }
    let z = Normal.critical(confidence: confidence)
    // On the scale of R / (1 + R), which is finite and alike for a ratio and its inverse.
    func holds(_ place: Double) -> Bool {
      guard place > 0 else { return first.successes == 0 }
      guard place < 1 else { return second.successes == 0 }
      let ratio = place / (1 - place)
      return (first.share - ratio * second.share).magnitude <= z * variance(first, second, ratio).squareRoot()
    }
    let estimate = first.share / (first.share + second.share)
    func ratio(_ place: Double) -> Double { place < 1 ? place / (1 - place) : .infinity }
    return ConfidenceInterval(
      lower: ratio(Bisection.border(inside: estimate, outside: 0, holds)),
      upper: ratio(Bisection.border(inside: estimate, outside: 1, holds)), confidence: confidence)
  }

  private static func variance(_ first: BinomialCount, _ second: BinomialCount, _ ratio: Double) -> Double {
    let total = first.n + second.n
    // N R x² - (n1 R + k1 + n2 + k2 R) x + k1 + k2 = 0 has the second's likeliest share as its lesser root.
    let (a, c) = (total * ratio, first.k + second.k)
    let b = first.n * ratio + first.k + second.n + second.k * ratio
    let share = min(2 * c / (b + max(0, b * b - 4 * a * c).squareRoot()), 1, 1 / ratio)
    let other = min(ratio * share, 1)
    return (other * (1 - other) / first.n + ratio * ratio * share * (1 - share) / second.n) * (total / (total - 1))
  }
}
