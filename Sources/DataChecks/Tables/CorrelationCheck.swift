package import Language
package import Planning
internal import Scan
package import Verdict

/// `correlation: [{columns: [a, b], at_most: 0.9}]`: how far two columns of numbers move together.
package struct CorrelationCheck: TableRule {
  /// Which of the correlations.
  package enum Method: String, Sendable, CaseIterable {
    /// Of the values: how close they are to a straight line.
    case pearson
    /// Of the ranks: how close to any line that only rises, or only falls.
    case spearman
  }

  package var pair = ColumnPair()
  package var method = Method.pearson
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "correlation",
    summary:
      "Pearson's correlation of two columns of numbers lies within the limits, from -1 to 1, over the rows that have both. NaN, infinities and a column whose values are all the same leave no correlation. With method: spearman it is that of the ranks, which any rising relation has in full and no outlier moves, and infinities have a rank: exact for up to 65,536 rows; of more, a random sample of these answers with an interval, a second pass with one of 1,048,576 rows where a limit lies within it, and the check is inconclusive when it still does.",
    why:
      "Two features that copy one another, or a relation that a join has broken: no check on one column sees either.",
    example: "correlation:\n  - {columns: [air_time, distance], at_least: 0.9}",
    fix: "Look for shifted rows or a wrong join key when it is too low, for a copied column when it is too high.")

  package static let isList = true
  package static let settings: CheckSettings.Kinds = [.condition, .groups]

  package static var keys: [Key<CorrelationCheck>] {
    let limit = Shape<Quantity>.plain.map { limit, node, problems -> Quantity? in
      if limit.value.magnitude <= 1 { return limit }
      problems.report("a correlation lies between -1 and 1", at: node.location)
      return nil
    }
    return [
      .key("columns", \.pair, ColumnPair.shape, "The two columns.", required: true),
      .key("method", \.method, .choice, "pearson, of the values, or spearman, of their ranks."),
    ]
      + Shape<Limits>.keys(\.limits, of: limit)
  }

  package static func validate(_ rule: CorrelationCheck, _ node: Node, _ problems: inout Problems) {
    Shape<Limits>.validate(rule.limits, node, &problems)
  }

  package var columns: [String] { pair.names }
  package var name: String? { "correlation " + columns.joined(separator: "+") }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    if method == .spearman { return prepareSpearman(table, &plan) }
    let slot = plan.require(PairedMoments.Specification(pair.x, pair.y))
    let isTyped = table.areTyped(columns)
    var claim = EstimateClaim(
      column: table.context(of: columns), limits: EstimateLimits(limits: limits), sketch: ""
    ) { "the correlation of \(pair.x) and \(pair.y) is \($0)" }
    claim.rounding = 0x1p-48
    return { [claim] measurements in
      let found = measurements[slot]
      let unfit = [(found.infiniteCount, "NaN or infinite")]
      if let finding = claim.base.undefined("correlation", found.counts, unfit: unfit, isTyped: isTyped) {
        return finding
      }
      let evidence = claim.base.evidence(found.counts)
      guard found.counts.evaluated > 0 else { return claim.base.nothingEvaluated(found.counts, evidence) }
      guard let correlation = found.correlation else {
        let reason = Self.reason(constants: found.constants) ?? "the values vary beyond what a double holds"
        return table.planned.finding(
          .errored, "\(reason): there is no correlation", reason: .undefined, evidence: evidence)
      }
      return claim.judge(correlation, in: nil, found.counts)
    }
  }

  /// Why columns that do not vary have no correlation; nil when both vary.
  static func reason(constants: [String]) -> String? {
    let same = constants.joined(separator: " and ")
    return same.isEmpty ? nil : "the values of \(same) are all the same in the rows with both"
  }
}
