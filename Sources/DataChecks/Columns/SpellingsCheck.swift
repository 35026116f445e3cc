package import Language
package import Planning
internal import Scan
package import Verdict

/// `spellings: consistent`: no value is spelled in several ways.
package struct SpellingsCheck: ColumnCheck {
  /// How much it matters how values are spelled.
  package enum Policy: String, Sendable, CaseIterable { case consistent, any }

  package var policy: Policy

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "spellings",
    summary:
      "No two values of the column differ only in upper and lower case, white space or punctuation (Deep, deep! and DEEP): consistent, or any (the default). Punctuation between digits counts, and so do symbols: 1.5 is not 15, C++ is not C. What allow allows is rows that are not spelled as most of their kind. For columns of at most 10,000 different texts.",
    why: "A category in two spellings is two categories to a model, each with a part of the rows.",
    example: "columns:\n  carrier: {spellings: consistent}",
    fix: "Settle on the spelling that most rows have; the listed rows are the first of each other one.")

  package static var shape: Shape<SpellingsCheck> { Shape<Policy>.choice.map { SpellingsCheck(policy: $0) } }
  package var isClaim: Bool { policy == .consistent }

  package func problem(on column: ColumnContext) -> Diagnostic? {
    column.problem(unless: [.string], have: "spellings")
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(SpellingCounts.Specification(column.name))
    plan.judgeRows { measurements in
      let found = measurements[slot]
      guard !found.isOverfull else { return nil }
      let odd = found.groups.flatMap { $0.dropFirst().map(\.text) }
      return MembershipTest(column.name, as: .string, .texts(odd.map { ExactText($0) }), isNegated: true)
    }
    return { judge(column, $0[slot]) }
  }

  private func judge(_ column: ColumnContext, _ found: SpellingCounts) -> Finding {
    if found.isOverfull {
      return column.planned.finding(
        .errored,
        "the column has more than \(SpellingCounts.limit) different texts, or 4 MB of them: too many to compare",
        reason: .limit, evidence: Evidence(notes: ["spellings is for categories; for free text use matches or trimmed"])
      )
    }
    let groups = found.groups
    let claim = ValueClaim(
      column: column, limit: .text("one spelling of each value"),
      violation: "are spelled otherwise than most of their kind", names: ["value", "usually"])
    var finding = claim.judge(found.summary(of: groups))
    guard !column.isSensitive else { return finding }
    finding.evidence.notes += groups.prefix(10).map { group in
      group.prefix(10).map { "\"\($0.text.prefix(120))\" in \(Quantity(Double($0.count), .rows))" }.joined(
        separator: ", ")
    }
    if groups.count > 10 { finding.evidence.notes.append("and \(groups.count - 10) more values") }
    return finding
  }
}
