package import Language
package import Planning
internal import Scan
package import Verdict

/// `correlation: [{columns: [a, b], at_most: 0.9}]`: how far two columns of numbers move together.
package struct CorrelationCheck: TableRule {
  package var pair = ColumnPair()
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "correlation",
    summary:
      "Pearson's correlation of two columns of numbers lies within the limits, from -1 to 1, over the rows that have both. NaN, infinities and a column whose values are all the same leave no correlation.",
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
    return [.key("columns", \.pair, ColumnPair.shape, "The two columns.", required: true)]
      + Shape<Limits>.keys(\.limits, of: limit)
  }

  package static func validate(_ rule: CorrelationCheck, _ node: Node, _ problems: inout Problems) {
    Shape<Limits>.validate(rule.limits, node, &problems)
  }

  package var columns: [String] { pair.names }
  package var name: String? { "correlation " + columns.joined(separator: "+") }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(PairedMoments.Specification(pair.x, pair.y))
    let isTyped = table.areTyped(columns)
    let claim = EstimateClaim(
      column: table.context(of: columns), limits: EstimateLimits(limits: limits), sketch: ""
    ) { "the correlation of \(pair.x) and \(pair.y) is \($0)" }
    return { measurements in
      let found = measurements[slot]
      let unfit = [(found.infiniteCount, "NaN or infinite")]
      if let finding = claim.base.undefined("correlation", found.counts, unfit: unfit, isTyped: isTyped) {
        return finding
      }
      let evidence = claim.base.evidence(found.counts)
      guard found.counts.evaluated > 0 else { return claim.base.nothingEvaluated(found.counts, evidence) }
      guard let correlation = found.correlation else {
        let same = found.constants.joined(separator: " and ")
        let words =
          same.isEmpty
          ? "the values vary beyond what a double holds"
          : "the values of \(same) are all the same in the rows with both"
        return table.planned.finding(
          .errored, "\(words): there is no correlation", reason: .undefined, evidence: evidence)
      }
      return claim.judge(correlation, in: nil, found.counts)
    }
  }
}
