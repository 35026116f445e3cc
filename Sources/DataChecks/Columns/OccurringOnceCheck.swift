package import Language
package import Planning
internal import Scan
package import Verdict

/// `occurring_once: {at_least: 90%}`: for how large a share of the rows the value occurs in no other row.
package struct OccurringOnceCheck: ColumnCheck {
  /// What the share is one of.
  package enum Whole: String, Sendable, CaseIterable {
    /// All rows with a value.
    case rows
    /// All different values.
    case values
  }

  package var limits = Limits()
  package var whole = Whole.rows

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "occurring_once",
    summary:
      "The share of values that occur in exactly one row lies within the limits: of all rows with a value (of: rows, the default), or of all different values (of: values). Exact; values are told apart as in unique. Deequ calls the two uniqueness and unique value ratio, and distinctness what distinct limits as a share.",
    why: "An identifier that is nearly unique is a repeated delivery; a category that is nearly unique was never one.",
    example:
      "columns:\n  tailnum:\n    occurring_once: {at_most: 10%}\n    checks:\n      - {occurring_once: {at_most: 50%, of: values}, id: rare}",
    fix: "Look at the listed pairs of lines; unique demands that all values occur once, and allow how many may not.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { "which values occur once" }

  package static var shape: Shape<OccurringOnceCheck> {
    let of = Key<OccurringOnceCheck>.key("of", \.whole, .choice, "What the share is one of: rows or values.")
    return .object(OccurringOnceCheck(), Shape<Limits>.keys(\.limits, of: .share) + [of]) { check, node, problems in
      Shape<Limits>.validate(check.limits, node, &problems)
    }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    // The rows that it finds repeat an earlier one, and the earlier ones occur as often.
    let slot = plan.require(DuplicateKeys.Specification([column.name], as: column.keyTypes), judgesRows: false)
    return { judge(column, $0[slot]) }
  }

  private func judge(_ column: ColumnContext, _ keys: DuplicateKeys) -> Finding {
    let claim = ShareClaim(ValueClaim(column: column, noun: whole == .rows ? "rows" : "different values"), limits)
    var evidence = claim.base.evidence(keys.summary)
    guard keys.summary.evaluated > 0 else { return claim.base.nothingEvaluated(keys.summary, evidence) }
    let once = keys.distinctKeys - keys.repeatedKeys
    evidence.counts?.violating = keys.summary.evaluated - once
    let words = whole == .rows ? "have a value that occurs once" : "occur once"
    return claim.judge(once, of: whole == .rows ? keys.summary.evaluated : keys.distinctKeys, words, evidence)
  }
}
