internal import Statistics

/// A rate of the unprivileged groups against the privileged ones, with its sign.
package enum SignedContrast {
  private static let privileged = MetricParameter(
    "privileged", .words, required: true, "The groups that are thought to be favoured.")
  private static let unprivileged = MetricParameter(
    "unprivileged", .words, required: true, "The groups that are compared with them.")

  static let definitions: [MetricDefinition<FairnessRows>] = [
    contrast(
      "statistical_parity_difference", .near(0),
      "The share of the unprivileged that is called positive, less that of the privileged.",
      [.selection]
    ) { $0[0].0 - $0[0].1 },
    contrast(
      "disparate_impact", .near(1),
      "The share of the unprivileged that is called positive, over that of the privileged.",
      [.selection]
    ) { pairs throws(Undefined) in
      guard pairs[0].1 > 0 else { throw Undefined.tooFew("privileged rows called positive", needed: 1, got: 0) }
      return pairs[0].0 / pairs[0].1
    },
    contrast(
      "true_positive_rate_difference", .near(0), "The recall of the unprivileged less that of the privileged.",
      [.recall]
    ) { $0[0].0 - $0[0].1 },
    contrast(
      "average_odds_difference", .near(0),
      "The mean of the differences in recall and false positive rate, unprivileged less privileged.",
      [.recall, .falsePositiveRate]
    ) { ($0[0].0 - $0[0].1 + $0[1].0 - $0[1].1) / 2 },
  ]

  private static func contrast(
    _ name: String, _ better: BetterSide, _ what: String, _ rates: [GroupRate],
    _ function: @escaping @Sendable ([(Double, Double)]) throws(Undefined) -> Double
  ) -> MetricDefinition<FairnessRows> {
    let page = MetricPage(
      name, better: better, what: what + " As AIF360 has it.",
      why: "The sign says who is favoured; four fifths is a usual limit of the ratio.",
      example:
        "{metric: {name: \(name), privileged: [a], unprivileged: [b]}, between: \(better == .near(1) ? "[0.8, 1.25]" : "[-0.1, 0.1]")}",
      fix: "Look at the groups' rows, thresholds and labels.")
    return MetricDefinition(page, [privileged, unprivileged, .zeroDivision]) { arguments throws(MetricProblem) in
      guard case .words(let above)? = arguments[privileged], case .words(let below)? = arguments[unprivileged] else {
        throw .missingParameter("privileged", metric: name)
      }
      let conventions = arguments.conventions
      return .init(.resample) { rows throws(Undefined) in
        try function(
          try rates.map { rate throws(Undefined) in
            (try rate.value(rows, below, conventions), try rate.value(rows, above, conventions))
          })
      }
    }
  }
}
