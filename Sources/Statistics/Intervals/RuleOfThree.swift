internal import Glibc

/// Exact bounds from observations that show no variation at all.
package enum RuleOfThree {
  package static let method = Method(
    "rule-of-three", aliases: ["zero-events", "zero-discordance", "zero-variance"],
    computes: """
      What was not seen in n rows has a share of at most 1 - (1 - confidence)^(1/n), about 3/n for 95 %. So when two \
      models agree on n rows, their accuracies differ by at most that; and when n values are all v within a known range \
      [a, b], the mean lies between v - q (v - a) and v + q (b - v) with that q.
      """,
    use: """
      Where a formula would answer an interval of no width: no discordant rows, no variance, no failures. It never \
      passes a margin that n rows cannot support: 0.5 points need 598 rows that all agree.
      """,
    source: "Hanley and Lippman-Hand, J. Amer. Med. Assoc. 249 (1983)")

  /// The largest share of what was never seen in so many rows. Throws without rows.
  package static func largestShare(unseenIn count: Int, confidence: Double) throws(Undefined) -> Double {
    try Sample.requireShare(confidence, "confidence")
    guard count > 0 else { throw .noObservations }
    return -expm1(log1p(-confidence) / Double(count))
  }

  /// The difference of two shares of the same rows, of which none is discordant: 0 with its interval.
  package static func pairedDifference(agreeingRows count: Int, confidence: Double) throws(Undefined) -> Estimate {
    try mean(of: 0, count: count, within: -1...1, confidence: confidence)
  }

  /// The mean of values that were the same in all rows and can only lie in a range. Throws when the value is outside of it
  /// or the range is not finite.
  package static func mean(
    of value: Double, count: Int, within range: ClosedRange<Double>, confidence: Double
  ) throws(Undefined) -> Estimate {
    guard range.lowerBound.isFinite, range.upperBound.isFinite, range.contains(value) else {
      throw .outsideDomain("the value must lie in a finite range")
    }
    let share = try largestShare(unseenIn: count, confidence: confidence)
    // Each product on its own: the width of the range may be beyond the largest double.
    return Estimate(
      value,
      ConfidenceInterval(
        lower: value - (share * value - share * range.lowerBound),
        upper: value + (share * range.upperBound - share * value), confidence: confidence))
  }
}
