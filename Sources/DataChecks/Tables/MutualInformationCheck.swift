package import Language
package import Planning
internal import Scan
package import Verdict

/// `mutual_information: [{columns: [a, b], at_most: 0.1}]`: how much one column tells of another.
package struct MutualInformationCheck: TableRule {
  package var pair = ColumnPair()
  package var limits = Limits()
  package var isNormalized = false

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "mutual_information",
    summary:
      "The mutual information of two columns lies within the limits: Σ p(x, y) ln(p(x, y) / (p(x) p(y))) over the pairs of values of the rows that have both, in nats as in Deequ and scikit-learn; 0 when the columns are independent. With normalized: true it is divided by the mean of both entropies, so that 1 means that either tells the other. Values are told apart as in unique; up to 65,536 different pairs are counted, and more are an error: bin numbers before. With group_by the pairs of every group are counted, whatever their number.",
    why: "A feature that tells the label is a leak; one that tells it no longer was broken. It need not be linear.",
    example: "mutual_information:\n  - {columns: [origin, carrier], at_least: 0.05, normalized: true}",
    fix: "Look at the values of one column for single values of the other.")

  package static let isList = true
  package static let settings: CheckSettings.Kinds = [.condition, .groups]

  package static var keys: [Key<MutualInformationCheck>] {
    [
      .key("columns", \.pair, ColumnPair.shape, "The two columns.", required: true),
      .key("normalized", \.isNormalized, .bool, "Whether it is divided by the mean entropy, to lie between 0 and 1."),
    ] + Shape<Limits>.keys(\.limits, of: .plain)
  }

  package static func validate(_ rule: MutualInformationCheck, _ node: Node, _ problems: inout Problems) {
    Shape<Limits>.validate(rule.limits, node, &problems)
  }

  package var columns: [String] { pair.names }
  package var name: String? { "mutual_information " + columns.joined(separator: "+") }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    if plan.isGrouped { return prepareGroups(table, &plan) }
    let slot = plan.require(PairCounts.Specification(pair.x, pair.y, as: table.rules.types))
    return { measurements in
      let found = measurements[slot]
      guard !found.isOverfull else {
        return table.planned.finding(
          .errored, "\(pair.x) and \(pair.y) have more than \(PairCounts.limit) different pairs of values",
          reason: .limit, evidence: Evidence(notes: ["bin numbers, or cut timestamps to days, before they come here"]))
      }
      return judge(table, found.counts, found.information)
    }
  }

  /// The pairs of all groups are counted as keys, whatever their number: I(x, y) = H(x) + H(y) - H(x, y).
  private func prepareGroups(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let types = table.keyTypes(columns)
    let x = plan.require(DuplicateKeys.Specification.frequencies(of: [pair.x], as: types, beside: [pair.y]))
    let y = plan.require(DuplicateKeys.Specification.frequencies(of: [pair.y], as: types, beside: [pair.x]))
    let both = plan.require(DuplicateKeys.Specification.frequencies(of: columns, as: types))
    return { measurements in
      let entropies = [x, y, both].map { measurements[$0].entropy.lowerBound }
      let mutual = max(0, entropies[0] + entropies[1] - entropies[2])
      let counts = measurements[both].counts
      return judge(table, counts, counts.evaluated > 0 ? (mutual, entropies[0], entropies[1]) : nil)
    }
  }

  private func judge(
    _ table: TableContext, _ counts: ViolationSummary, _ information: (mutual: Double, x: Double, y: Double)?
  ) -> Finding {
    let noun = isNormalized ? "normalized mutual information" : "mutual information"
    let claim = EstimateClaim(
      column: table.context(of: columns), limits: EstimateLimits(limits: limits), sketch: ""
    ) { "the \(noun) of \(pair.x) and \(pair.y) is \($0)" }
    let evidence = claim.base.evidence(counts)
    guard let information else { return claim.base.nothingEvaluated(counts, evidence) }
    guard counts.evaluated > 1 else {
      return table.planned.finding(
        .errored, "one row has both values: there is no \(noun) of a single one", reason: .undefined,
        evidence: evidence)
    }
    guard isNormalized else { return claim.judge(information.mutual, in: nil, counts) }
    let mean = (information.x + information.y) / 2
    guard mean > 0 else {
      return table.planned.finding(
        .errored, "the values of both columns are all the same in the rows with both: there is no \(noun)",
        reason: .undefined, evidence: evidence)
    }
    return claim.judge(min(1, information.mutual / mean), in: nil, counts)
  }
}
