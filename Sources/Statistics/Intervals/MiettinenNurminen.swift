internal import Glibc

/// The score test and interval of the difference of two independent proportions.
package enum MiettinenNurminen {
  package static let method = Method(
    "miettinen-nurminen", aliases: ["farrington-manning", "score-difference"],
    computes: """
      z = (p1 - p2 - D) / sqrt(V), V = (P1 (1 - P1) / n1 + P2 (1 - P2) / n2) N / (N - 1), where P1 and P2 = P1 - D are \
      the likeliest shares given the difference D: the root of a cubic, in closed form. The interval holds every D that \
      the test does not reject.
      """,
    use: """
      The test of a difference of two shares of different rows, and of non-inferiority by a margin, with close to \
      nominal error for small samples; the interval that agrees with it. For shares of the same rows use Tango's or \
      Newcombe's paired form.
      """,
    source: """
      Miettinen and Nurminen, Statistics in Medicine 4 (1985); the root as in Farrington and Manning, Statistics in \
      Medicine 9 (1990)
      """)

  /// The test of a difference, first less second, against a larger one (`greater`), a smaller one, or either. Throws when
  /// the difference is outside -1...1, and where the hypothesis leaves no variance: all successes or none, at 0.
  package static func test(
    _ first: BinomialCount, _ second: BinomialCount, difference: Double = 0, alternative: Alternative = .twoSided
  ) throws(Undefined) -> TestResult {
    guard difference >= -1, difference <= 1 else { throw .outsideDomain("a difference must be between -1 and 1") }
    let variance = variance(first, second, difference)
    guard variance > 0 else { throw .zeroVariance }
    let z = (first.share - second.share - difference) / variance.squareRoot()
    return TestResult(statistic: z, p: Normal.p(z, alternative))
  }

  /// The difference, first less second, with its interval. Throws when the confidence is not between 0 and 1.
  package static func interval(
    _ first: BinomialCount, _ second: BinomialCount, confidence: Double
  ) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let z = Normal.critical(confidence: confidence)
    let difference = first.share - second.share
    func holds(_ other: Double) -> Bool {
      (difference - other).magnitude <= z * variance(first, second, other).squareRoot()
    }
    return Estimate(
      difference,
      ConfidenceInterval(
        lower: Bisection.border(inside: difference, outside: -1, holds),
        upper: Bisection.border(inside: difference, outside: 1, holds), confidence: confidence))
  }

  private static func variance(_ first: BinomialCount, _ second: BinomialCount, _ difference: Double) -> Double {
    let total = first.n + second.n
    let share = restrictedShare(first, second, difference)
    let other = min(max(share + difference, 0), 1)
    return (other * (1 - other) / first.n + share * (1 - share) / second.n) * (total / (total - 1))
  }

  /// The second's likeliest share, given that the first's is larger by the difference.
  static func restrictedShare(_ first: BinomialCount, _ second: BinomialCount, _ difference: Double) -> Double {
    let total = first.n + second.n
    if difference == 0 { return (first.k + second.k) / total }
    // The likelihood equation x³ + a x² + b x + c = 0, all divided by the total.
    let successes = first.k + second.k
    let a = ((first.n + 2 * second.n) * difference - total - successes) / total
    let b = ((second.n * difference - total - 2 * second.k) * difference + successes) / total
    let c = second.k * difference * (1 - difference) / total
    let q = a * a * a / 27 - a * b / 6 + c / 2
    let p = (q < 0 ? -1 : 1) * max(0, a * a / 9 - b / 3).squareRoot()
    let cosine = p == 0 ? 1 : min(max(q / (p * p * p), -1), 1)
    let (low, high) = (max(0, -difference), min(1, 1 - difference))
    var x = min(max(2 * p * cos((.pi + acos(cosine)) / 3) - a / 3, low), high)
    // The arc cosine loses half the digits near its ends: Newton's steps on the cubic give them back.
    func value(_ x: Double) -> Double { ((x + a) * x + b) * x + c }
    for _ in 0..<3 {
      let slope = (3 * x + 2 * a) * x + b
      let next = min(max(x - value(x) / slope, low), high)
      guard next.isFinite, value(next).magnitude < value(x).magnitude else { break }
      x = next
    }
    return x
  }
}
