/// What an interval says about bounds on the parameter: `at_least`, `at_most`, `between`. Bounds are inclusive.
package enum BoundDecision: String, Sendable, Hashable, CaseIterable {
  case inside
  case outside
  case straddling

  package static let method = Method(
    "bound-decision", aliases: ["interval-within-bounds"],
    computes: """
      Whether all of an interval keeps to the bounds (inside), all of it breaks one of them (outside), or neither \
      (straddling).
      """,
    use: """
      A claim about a population with a confidence: inside passes, outside fails, and straddling is inconclusive. A bare \
      point estimate within the bounds says nothing of the population.
      """,
    source: "Schuirmann, J. Pharmacokinet. Biopharm. 15 (1987)")

  /// Throws when the bounds exclude each other, or a number is NaN. A missing bound is infinite.
  package init(
    _ interval: ConfidenceInterval, atLeast low: Double = -.infinity, atMost high: Double = .infinity
  ) throws(Undefined) {
    guard low <= high else { throw .outsideDomain("the lower bound must not be above the upper one") }
    guard interval.lower <= interval.upper else {
      throw .outsideDomain("an interval must reach from below to above")
    }
    self =
      interval.lower >= low && interval.upper <= high
      ? .inside : interval.upper < low || interval.lower > high ? .outside : .straddling
  }
}
