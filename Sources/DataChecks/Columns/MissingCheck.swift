package import Language
package import Planning
internal import Scan
package import Verdict

/// `missing: {at_most: 3%}`: how many rows may lack a value.
package struct MissingCheck: ColumnCheck {
  package var limits: Limits

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "missing",
    summary:
      "The share or number of rows without a value lies within the limits; equals: 100% says that no row has one. In CSV an empty unquoted field is none, and what null_values names; in any format what the column's missing_values name.",
    why: "A feed that breaks rarely fails: its columns go quietly empty.",
    example: "columns:\n  dep_delay: {missing: {at_most: 3%}}\n  retired_code: {missing: {equals: 100%}}",
    fix: "Compare with the share of the last good delivery; look at the listed rows.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { limits.needsAllRows }

  package static var shape: Shape<MissingCheck> {
    Shape<Limits>.limits(of: .tolerance).map { MissingCheck(limits: $0) }
  }

  /// Whether the limits accept, in so many words, a column without any value.
  var acceptsAll: Bool { (limits.equals ?? limits.atMost)?.value == Quantity(1, .share) }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(Violations.Specification(PresenceTest(column.name)))
    let claim = ShareClaim(ValueClaim(column: column, noun: "rows"), limits)
    return { Self.judge($0[slot].summary, claim) }
  }

  private static func judge(_ summary: ViolationSummary, _ claim: ShareClaim) -> Finding {
    let (missing, rows) = (summary.violating, summary.rows)
    guard rows > 0 else { return claim.base.nothingEvaluated(summary, Evidence()) }
    let counts = Evidence.Counts(rows: rows, nulls: missing, evaluated: rows, violating: missing)
    var finding = claim.judge(
      missing, of: rows, "have no value", Evidence(limit: claim.base.limit, counts: counts))
    if finding.outcome == .failed {
      var samples = SampleRows(files: claim.base.column.files, isSensitive: false)
      finding.evidence.samples = samples.samples(summary.first)
    }
    return finding
  }
}
