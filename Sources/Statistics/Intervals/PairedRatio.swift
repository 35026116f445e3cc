/// The score interval of the ratio of two proportions of the same rows.
package enum PairedRatio {
  package static let method = Method(
    "paired-ratio", aliases: ["nam-blackwelder", "relative-risk-paired"],
    computes: """
      z = (x - R y) / sqrt(R (b + c)) for a ratio R of two shares of the same rows, where x and y count the rows of each, \
      and b and c are the likeliest counts of the rows of one alone, given R: b is the larger root of \
      (1 + R) R b² - ((R² - 1) x + R² (b' + c')) b + b' R (R - 1) (n - d) = 0 for the observed counts b' and c' and the \
      n - d rows of either, and c = R b - (R - 1) (n - d). The interval holds every R that the test does not reject. At \
      R = 1 z is McNemar's.
      """,
    use: """
      For a relative change of an error rate, or of any share of rows, of two models on the same rows; also where the \
      baseline's share is small, where the ratio is far from normal and an interval around the observed one passes up to \
      nine in a hundred at its limit.
      """,
    source: "Nam and Blackwelder, Statistics in Medicine 21 (2002), 689-699")

  /// The first share over the second, with its interval; its upper end may be infinite. Throws when the second is 0, and
  /// when the confidence is not between 0 and 1.
  package static func interval(_ outcomes: PairedOutcomes, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let (first, second) = (outcomes.both + outcomes.firstOnly, outcomes.both + outcomes.secondOnly)
    guard second > 0 else { throw .noSolution("ratio to a share of 0") }
    let ratio = Double(first) / Double(second)
    let z = Normal.critical(confidence: confidence)
    func holds(_ other: Double) -> Bool {
      let excess = Double(first).addingProduct(-other, Double(second))
      return excess.magnitude <= z * variance(outcomes, other).squareRoot()
    }
    // Up to infinity on the scale of the first's part of both.
    let upper = Bisection.border(inside: ratio / (1 + ratio), outside: 1) { $0 < 1 && holds($0 / (1 - $0)) }
    let lower = first == 0 ? 0 : Bisection.border(inside: ratio, outside: 0) { $0 > 0 && holds($0) }
    return Estimate(
      ratio,
      ConfidenceInterval(lower: lower, upper: max(ratio, upper / (1 - upper)), confidence: confidence))
  }

  /// The likeliest numbers of rows of the first alone and of the second alone, given the ratio.
  static func restrictedCounts(_ outcomes: PairedOutcomes, _ ratio: Double) -> (first: Double, second: Double) {
    let (a, b, c) = (Double(outcomes.both), Double(outcomes.firstOnly), Double(outcomes.secondOnly))
    let either = a + b + c
    let square = (1 + ratio) * ratio
    let linear = (ratio - 1) * (ratio + 1) * (a + b) + ratio * ratio * (b + c)
    let constant = b * ratio * (ratio - 1) * either
    let root = max(0, linear * linear - 4 * square * constant).squareRoot()
    // Of the two forms of the root, the one in which nothing cancels.
    let found = linear >= 0 ? (linear + root) / (2 * square) : 2 * constant / (linear - root)
    let first = min(max(found, 0, (ratio - 1) / ratio * either), ratio / (1 + ratio) * either)
    return (first, max(0, ratio * first - (ratio - 1) * either))
  }

  private static func variance(_ outcomes: PairedOutcomes, _ ratio: Double) -> Double {
    let (first, second) = restrictedCounts(outcomes, ratio)
    return ratio * (first + second)
  }
}
