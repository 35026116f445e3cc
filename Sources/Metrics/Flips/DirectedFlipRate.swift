internal import Statistics

/// Of the rows that the baseline calls one way, the share that the candidate calls the other.
package enum DirectedFlipRate {
  static let positive = MetricParameter("positive", .number, or: .number(1), "The number of the positive class.")

  static let negativeToPositive = definition(
    "neg_to_pos_flip_rate", "neg_to_pos", "negative", "positive", fromPositive: false)
  static let positiveToNegative = definition(
    "pos_to_neg_flip_rate", "pos_to_neg", "positive", "negative", fromPositive: true)

  private static func definition(
    _ name: String, _ alias: String, _ from: String, _ to: String, fromPositive: Bool
  ) -> MetricDefinition<FlipRows> {
    let page = MetricPage(
      name, aliases: [alias], better: .lower,
      what: "Of the rows that the baseline calls \(from), the share that the candidate calls \(to).",
      why: "Who was let through and is now stopped, or the other way round, is told apart.",
      example: "{metric: \(name), at_most: 0.02}", fix: "Look at the rows that flipped; move the threshold.")
    return MetricDefinition(page, [positive]) { arguments throws(MetricProblem) in
      let positive = try arguments.number(positive)
      let hits: @Sendable (FlipRows) throws(Undefined) -> RowHits = { rows throws(Undefined) in
        RowHits(
          isCounted: rows.baseline.map { (Double($0) == positive) == fromPositive },
          isHit: rows.candidate.map { (Double($0) == positive) != fromPositive }, weights: rows.weights)
      }
      return .init(.proportion(hits)) { rows throws(Undefined) in try hits(rows).means.value }
    }
  }
}
