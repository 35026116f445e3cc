/// The interval of the largest of several contrasts: of the greatest difference between any two of many groups.
package enum WorstContrast {
  package static let method = Method(
    "simultaneous-contrasts", aliases: ["worst-contrast", "many-groups", "largest-difference"],
    computes: """
      The largest of m contrasts lies above the greatest of their lower ends at the level 1 - (1 - confidence) / m, which \
      all hold together (Bonferroni), and below the greatest of their upper ends at the plain level, because only the one \
      that is the largest has to keep to its own. A contrast of two shares has Miettinen and Nurminen's interval, or that \
      of their ratio; of other means it is t times the standard error. A change between two models adds the paired \
      change of every contrast that may be the largest.
      """,
    use: """
      For fairness: the plain largest difference grows with the number of groups, so that ten groups of 200 rows which \
      are all alike differ by more than 0.05 every time. This interval does not: it fails a gate by chance as rarely as \
      a single comparison would. With very many groups nothing is told apart; merge those that mean the same.
      """,
    source:
      "Hochberg and Tamhane, Multiple Comparison Procedures (1987); Berger, Technometrics 24 (1982), for the upper end")

  /// The interval of the largest of so many contrasts, each of which has its interval at any confidence.
  ///
  /// - Parameter floor: what the largest cannot be below, as of differences to both sides.
  package static func interval(
    of count: Int, confidence: Double, floor: Double = -.infinity,
    _ contrast: (Int, Double) throws(Undefined) -> ConfidenceInterval
  ) throws(Undefined) -> ConfidenceInterval {
    try Sample.requireShare(confidence, "confidence")
    guard count > 0 else { throw .noObservations }
    let together = together(count, confidence)
    var (lower, upper) = (floor, floor)
    for index in 0..<count {
      lower = max(lower, try contrast(index, together).lower)
      upper = max(upper, try contrast(index, confidence).upper)
    }
    return ConfidenceInterval(lower: lower, upper: upper, confidence: confidence)
  }

  /// The contrasts that may be the largest: of all others one is larger for certain.
  package static func candidates(
    of count: Int, confidence: Double, _ contrast: (Int, Double) throws(Undefined) -> ConfidenceInterval
  ) throws(Undefined) -> [Int] {
    let together = together(count, confidence)
    var intervals: [ConfidenceInterval] = []
    for index in 0..<count { intervals.append(try contrast(index, together)) }
    let greatest = intervals.map(\.lower).max() ?? 0
    return intervals.indices.filter { intervals[$0].upper >= greatest }
  }

  /// The level at which so many intervals hold together.
  private static func together(_ count: Int, _ confidence: Double) -> Double {
    min(1 - (1 - confidence) / Double(count), 1.0.nextDown)
  }
}
