/// The interval of the difference of two independent proportions, from the Wilson interval of each.
package enum NewcombeIndependent {
  package static let method = Method(
    "newcombe", aliases: ["newcombe-independent", "hybrid-score", "square-and-add"],
    computes: """
      The difference p1 - p2 less sqrt((p1 - l1)² + (u2 - p2)²) and plus sqrt((u1 - p1)² + (p2 - l2)²), with the Wilson \
      limits l and u of each share (method 10 of eleven).
      """,
    use: """
      Two shares of different rows: candidate and baseline measured on separate samples. Good for small samples and \
      shares near 0 or 1, and inside -1...1. When the same rows were judged by both models use the paired form: it is \
      several times sharper.
      """,
    source: "Newcombe, Statistics in Medicine 17 (1998), 873-890")

  /// The difference, first less second, with its interval. Throws when the confidence is not between 0 and 1.
  package static func interval(
    _ first: BinomialCount, _ second: BinomialCount, confidence: Double
  ) throws(Undefined) -> Estimate {
    let one = try Wilson.interval(first, confidence: confidence)
    let other = try Wilson.interval(second, confidence: confidence)
    return squareAndAdd(one, other, correlation: 0)
  }

  /// Combines the intervals of two proportions whose estimates are so correlated to that of their difference.
  static func squareAndAdd(_ first: Estimate, _ second: Estimate, correlation: Double) -> Estimate {
    // x² - 2 phi x y + y², written so that nothing cancels where phi is 1 and x is y.
    func distance(_ x: Double, _ y: Double) -> Double {
      max(0, (x - y) * (x - y) + 2 * (1 - correlation) * x * y).squareRoot()
    }
    let difference = first.value - second.value
    return Estimate(
      difference,
      ConfidenceInterval(
        lower: difference - distance(first.value - first.interval.lower, second.interval.upper - second.value),
        upper: difference + distance(first.interval.upper - first.value, second.value - second.interval.lower),
        confidence: first.interval.confidence))
  }
}
