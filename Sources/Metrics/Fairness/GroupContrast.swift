internal import Statistics

/// How far rates of groups are from each other.
package enum GroupContrast {
  private static let method = MetricParameter(
    "method", .choice(["between_groups", "to_overall"]), or: .word("between_groups"),
    "Between the extreme groups, or of each group to all rows together.")
  private static let aggregation = MetricParameter(
    "agg", .choice(["worst_case", "mean"]), or: .word("worst_case"),
    "Of recall and false positive rate: the worse contrast, or the mean of both.")
  private static let groupRate = MetricParameter(
    "rate", .choice(GroupRate.allCases.map(\.rawValue)), required: true, "The rate.")
  private static let group = MetricParameter("group", .word, required: true, "The group.")

  static let definitions: [MetricDefinition<FairnessRows>] = [
    difference("demographic_parity_difference", [.selection], "the share that is called positive"),
    ratio("demographic_parity_ratio", [.selection], "the share that is called positive"),
    difference("equal_opportunity_difference", [.recall], "recall"),
    ratio("equal_opportunity_ratio", [.recall], "recall"),
    difference("equalized_odds_difference", [.recall, .falsePositiveRate], "recall and false positive rate"),
    ratio("equalized_odds_ratio", [.recall, .falsePositiveRate], "recall and false positive rate"),
    difference("predictive_parity_difference", [.precision], "precision"),
    ratio("predictive_parity_ratio", [.precision], "precision"),
    difference("accuracy_difference", [.accuracy], "accuracy"),
    ratio("accuracy_ratio", [.accuracy], "accuracy"),
    least, one,
  ]

  private static let least = MetricDefinition<FairnessRows>(
    MetricPage(
      "group_min", better: .higher, range: 0...1, what: "The lowest rate of any group.",
      why: "Nobody is served worse than this.", example: "{metric: {name: group_min, rate: recall}, at_least: 0.7}",
      fix: fix),
    [groupRate, .zeroDivision]
  ) { arguments throws(MetricProblem) in
    let rate = GroupRate(rawValue: try arguments.word(groupRate)) ?? .selection
    let conventions = arguments.conventions
    return .init(.contrasts { RowContrasts($0, [rate.rate(of: $0.rows)], .least) }) { rows throws(Undefined) in
      try rate.values(rows, conventions).min() ?? 0
    }
  }

  private static let one = MetricDefinition<FairnessRows>(
    MetricPage(
      "group_rate", better: .neither, range: 0...1, what: "The rate of one group.",
      why: "A bound of its own for a group that the law or a promise protects.",
      example: "{metric: {name: group_rate, rate: recall, group: b}, at_least: 0.7}", fix: fix),
    [groupRate, group, .zeroDivision]
  ) { arguments throws(MetricProblem) in
    let (rate, name) = (GroupRate(rawValue: try arguments.word(groupRate)) ?? .selection, try arguments.word(group))
    let conventions = arguments.conventions
    let hits: @Sendable (FairnessRows) throws(Undefined) -> RowHits = { rows throws(Undefined) in
      guard let group = rows.names.firstIndex(of: name) else { throw .outsideDomain("there is no group \"\(name)\"") }
      let all = rate.rate(of: rows.rows)
      return RowHits(
        isCounted: rows.groups.indices.map { rows.groups[$0] == group && all.isCounted[$0] },
        isHit: all.values.map { $0 == 1 }, weights: rows.rows.weights)
    }
    return .init(.proportion(hits)) { rows throws(Undefined) in try rate.value(rows, [name], conventions) }
  }

  private static let fix =
    "Look at the groups' rows, thresholds and labels; small groups differ by chance, so gate with confidence."

  private static func difference(_ name: String, _ rates: [GroupRate], _ what: String) -> MetricDefinition<FairnessRows>
  {
    contrast(name, .lower, rates, "The largest difference between groups in \(what).") { values, overall in
      guard let overall else { return (values.max() ?? 0) - (values.min() ?? 0) }
      return values.map { ($0 - overall).magnitude }.max() ?? 0
    }
  }

  private static func ratio(_ name: String, _ rates: [GroupRate], _ what: String) -> MetricDefinition<FairnessRows> {
    contrast(name, .higher, rates, "The smallest ratio, at most 1, between groups in \(what).") {
      values, overall throws(Undefined) in
      let whole = overall ?? values.max() ?? 0
      guard whole > 0 else { throw Undefined.outsideDomain("the rate is 0 in every group, which has no ratio") }
      return values.map { $0 <= whole ? $0 / whole : whole / $0 }.min() ?? 1
    }
  }

  private static func contrast(
    _ name: String, _ better: BetterSide, _ rates: [GroupRate], _ what: String,
    _ function: @escaping @Sendable ([Double], Double?) throws(Undefined) -> Double
  ) -> MetricDefinition<FairnessRows> {
    let page = MetricPage(
      name, better: better, range: 0...1, what: what + " A group without rows to tell is undefined, not unfair.",
      why: "A model that is good on the whole can fail one group of people.",
      example: "{metric: \(name), \(better == .lower ? "at_most: 0.1" : "at_least: 0.8"), confidence: 95%}", fix: fix)
    let parameters = [method, .zeroDivision] + (rates.count > 1 ? [aggregation] : [])
    return MetricDefinition(page, parameters) { arguments throws(MetricProblem) in
      let isOverall = try arguments.word(method) == "to_overall"
      let isMean = arguments[aggregation] == .word("mean")
      let conventions = arguments.conventions
      let form: RowContrasts.Form = better == .lower ? .difference : .ratio
      // A mean of two worst contrasts is not the worst of any.
      let inference: Inference<FairnessRows> =
        isMean
        ? .resample
        : .contrasts { rows in
          RowContrasts(rows, rates.map { $0.rate(of: rows.rows) }, form, toOverall: isOverall)
        }
      return .init(inference) { rows throws(Undefined) in
        var contrasts: [Double] = []
        for rate in rates {
          do throws(Undefined) {
            let overall = isOverall ? try rate.value(rows, nil, conventions) : nil
            contrasts.append(try function(try rate.values(rows, conventions), overall))
          } catch {
            // A rate that is 0 in every group has no ratio: fairlearn then lets the other one decide.
            guard conventions.isCompatible, !isMean, !contrasts.isEmpty else { throw error }
          }
        }
        if isMean { return contrasts.compensatedSum / Double(contrasts.count) }
        return (better == .lower ? contrasts.max() : contrasts.min()) ?? 0
      }
    }
  }
}
