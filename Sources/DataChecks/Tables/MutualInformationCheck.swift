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
      "The mutual information of two columns lies within the limits: Σ p(x, y) ln(p(x, y) / (p(x) p(y))) over the pairs of values of the rows that have both, in nats as in Deequ and scikit-learn; 0 when the columns are independent. With normalized: true it is divided by the mean of both entropies, so that 1 means that either tells the other. Values are told apart on their text; up to 65,536 different pairs are counted, and more are an error: bin numbers before.",
    why: "A feature that tells the label is a leak; one that tells it no longer was broken. It need not be linear.",
    example: "mutual_information:\n  - {columns: [origin, carrier], at_least: 0.05, normalized: true}",
    fix: "Look at the values of one column for single values of the other.")

  package static let isList = true
  package static let settings: CheckSettings.Kinds = [.condition]

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
    let slot = plan.require(PairCounts.Specification(pair.x, pair.y))
    let noun = isNormalized ? "normalized mutual information" : "mutual information"
    let claim = EstimateClaim(
      column: table.context(of: columns), limits: EstimateLimits(limits: limits), sketch: ""
    ) { "the \(noun) of \(pair.x) and \(pair.y) is \($0)" }
    return { measurements in
      let found = measurements[slot]
      if found.isOverfull {
        return table.planned.finding(
          .errored, "\(pair.x) and \(pair.y) have more than \(PairCounts.limit) different pairs of values",
          reason: .limit, evidence: Evidence(notes: ["bin numbers, or cut timestamps to days, before they come here"]))
      }
      let evidence = claim.base.evidence(found.counts)
      guard let information = found.information else { return claim.base.nothingEvaluated(found.counts, evidence) }
      guard isNormalized else { return claim.judge(information.mutual, in: nil, found.counts) }
      let mean = (information.x + information.y) / 2
      guard mean > 0 else {
        return table.planned.finding(
          .errored, "the values of both columns are all the same in the rows with both: there is no \(noun)",
          reason: .undefined, evidence: evidence)
      }
      return claim.judge(min(1, information.mutual / mean), in: nil, found.counts)
    }
  }
}
