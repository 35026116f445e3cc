/// The interval of a proportion that adds z² / 2 successes and as many failures.
package enum AgrestiCoull {
  package static let method = Method(
    "agresti-coull",
    computes: """
      p ± z sqrt(p (1 - p) / m) with m = n + z² and p = (k + z²/2) / m, cut to 0...1: the textbook interval after adding \
      two successes and two failures (for 95 %).
      """,
    use: """
      A formula that can be done by hand, with the centre of Wilson's interval and never shorter than it. Wilson's is \
      better; this one is here to reproduce reports that used it. Not for shares near 0 or 1.
      """,
    source: "Agresti and Coull, The American Statistician 52 (1998)")

  /// The share with its interval. Throws when the confidence is not between 0 and 1.
  package static func interval(_ count: BinomialCount, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let z = Normal.critical(confidence: confidence)
    let total = count.n + z * z
    let center = (count.k + z * z / 2) / total
    let half = z * (center * (1 - center) / total).squareRoot()
    return Estimate(
      count.share,
      ConfidenceInterval(lower: max(0, center - half), upper: min(1, center + half), confidence: confidence))
  }
}
