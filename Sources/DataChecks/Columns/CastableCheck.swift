package import Language
package import Planning
package import Scan
package import Verdict

/// `castable: {to: integer, at_least: 99%}`: how many values read as a type.
package struct CastableCheck: ColumnCheck {
  package var type: ValueType?
  package var limits = Limits()

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "castable",
    summary:
      "The share or number of present values that read as a type lies within the limits: string, integer, number, boolean, date, time or timestamp; a text in Parquet, Arrow or JSON Lines is what it reads as, too. type says the same of every value, and allows none.",
    why: "Free text that is nearly always a number is parsed by somebody, who drops or zeroes the rest.",
    example: "columns:\n  quantity: {castable: {to: integer, at_least: 99%}}",
    fix: "Look at the listed rows: units, thousands separators and placeholders are the usual causes.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { limits.needsAllRows }

  package static var shape: Shape<CastableCheck> {
    let type = Key<CastableCheck>.key(
      "to", \.type, Shape<ValueType>.choice.optional, "The type that values read as.", required: true)
    return .object(CastableCheck(), [type] + Shape<Limits>.keys(\.limits, of: .tolerance)) { check, node, problems in
      Shape<Limits>.validate(check.limits, node, &problems)
    }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    guard let type else { preconditionFailure("the shape asks for a type") }
    let slot = plan.require(Violations.Specification(CastTest(column.name, as: type, looksIntoTexts: true)))
    let claim = ShareClaim(ValueClaim(column: column), limits)
    return { measurements in
      let summary = measurements[slot].summary
      let evidence = claim.base.evidence(summary)
      guard summary.evaluated > 0 else { return claim.base.nothingEvaluated(summary, evidence) }
      let castable = summary.evaluated - summary.violating
      return claim.judge(castable, of: summary.evaluated, "read as \(type.rawValue)", evidence)
    }
  }
}
