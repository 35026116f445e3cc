package import Statistics

/// A test of calibration over groups of about equally many rows.
package struct HosmerLemeshow: Sendable {
  package let test: TestResult

  private static let groups = MetricParameter(
    "groups", .count(least: 3), or: .number(10), "How many groups of rows, by ascending probability.")

  package static let page = MetricPage(
    "hosmer_lemeshow", aliases: ["hosmer_lemeshow_statistic"], better: .lower, range: 0...(.infinity),
    what: """
      The sum over groups of rows with like probability of (observed - expected)² / (n p (1 - p)). About groups - 2 for \
      a calibrated model, whatever the number of rows; it grows with them for any other.
      """,
    why: "The classic figure of clinical models. A gate bounds it; for how far off a model is see ece.",
    example: "{metric: {name: hosmer_lemeshow, groups: 10}, at_most: 15.5}",
    fix: "Recalibrate on fresh rows.")

  static let binary = MetricDefinition<BinaryRows>(page, [groups]) { arguments throws(MetricProblem) in
    let count = try arguments.count(groups)
    return .init(.resample) { rows throws(Undefined) in try HosmerLemeshow(rows, groups: count).test.statistic }
  }.withoutInterval("it is a test's statistic, which grows with the rows: bound ece")

  package init(_ rows: BinaryRows, groups: Int) throws(Undefined) {
    guard rows.weights == nil else { throw .outsideDomain("hosmer_lemeshow takes no weights") }
    _ = try rows.probabilities
    guard groups > 2 else { throw .tooFew("groups", needed: 3, got: groups) }
    guard rows.count >= groups else { throw .tooFew("rows", needed: groups, got: rows.count) }
    let ranked = try rows.ranked
    // The first groups take one row more where they do not come out even.
    let (size, larger) = rows.count.quotientAndRemainder(dividingBy: groups)
    var statistic = CompensatedSum()
    var start = 0
    for group in 0..<groups {
      let end = start + size + (group < larger ? 1 : 0)
      // They stand by descending score.
      let members = rows.count - end..<rows.count - start
      start = end
      let expected = Array(ranked.scores[members]).compensatedSum
      let observed = Double(ranked.isPositive[members].count { $0 })
      let variance = expected * (1 - expected / Double(members.count))
      if variance > 0 {
        statistic.add((observed - expected) * (observed - expected) / variance)
      } else if observed != expected {
        throw .outsideDomain("a group has certain probabilities and other classes")
      }
    }
    test = TestResult(
      statistic: statistic.value, p: ChiSquared(degrees: Double(groups - 2)).upper(statistic.value),
      degreesOfFreedom: Double(groups - 2))
  }
}
