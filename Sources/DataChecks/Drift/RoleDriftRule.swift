package import Language
package import Planning
internal import Verdict

/// Drift of the one column that has a role: a claim of its own, which blocks whatever the family of all columns does.
package protocol RoleDriftRule: TableRule {
  /// The comparison of its column.
  var drift: DriftCheck { get set }
}

extension RoleDriftRule {
  package static var keys: [Key<Self>] {
    [
      .key("column", \.drift.choice.named, Shape<String>.string.map { [$0] }, "The column.", required: true),
      .optional(
        "when_inconclusive", \.drift.whenInconclusive, .choice,
        "What it does when it cannot be told: block, or warn."),
      .key("when_missing", \.drift.whenMissing, .choice, "What a missing baseline is: error, or accept."),
    ] + DriftTerms.keys.map { $0.within(\.drift.terms) } + [
      .key("confidence", \.drift.terms.confidence, DriftTerms.level, "Of the intervals: 95%.")
    ]
  }

  package static var short: Shape<Self>? {
    Shape<String>.string.map { column in
      var rule = Self()
      rule.drift.choice.named = [column]
      return rule
    }
  }

  package static func validate(_ rule: Self, _ node: Node, _ problems: inout Problems) {
    rule.drift.terms.validate(&problems)
  }

  package var columns: [String] { drift.choice.named ?? [] }
  package var peers: [PeerReference] { drift.peers }

  package mutating func resolve(_ rules: RulesContext, _ problems: inout Problems) -> Bool {
    drift.resolve(rules, &problems)
  }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let drift = drift
    guard let baseline = drift.usableBaseline else {
      let finding = drift.refused(table, [], drift.missingBaseline)[0]
      return { _ in finding }
    }
    let pair = DriftPair(table.planned, of: columns.first ?? "", drift, baseline, table, &plan)
    let family = DriftFamily(drift, baseline, table)
    return { family.judged([pair.compared($0)]).findings[0] }
  }
}
