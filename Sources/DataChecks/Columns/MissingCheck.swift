package import Language
package import Planning
internal import Scan
package import Verdict

/// `missing: {at_most: 3%}`: how many rows may lack a value.
package struct MissingCheck: ColumnCheck {
  package var limits: Limits

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "missing",
    summary: "The share or number of rows without a value lies within the limits.",
    why: "A feed that breaks rarely fails: its columns go quietly empty.",
    example: "columns:\n  dep_delay: {missing: {at_most: 3%}}",
    fix: "Compare with the share of the last good delivery; look at the listed rows.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]

  package static var shape: Shape<MissingCheck> {
    Shape<Limits>.limits(of: .tolerance).map { MissingCheck(limits: $0) }
  }

  /// Whether the limits accept, in so many words, a column without any value.
  var acceptsAll: Bool { limits.atMost?.value == Quantity(1, .share) }

  package func problem(on column: ColumnContext) -> Diagnostic? {
    let limits = [limits.atLeast, limits.atMost, limits.equals].compactMap { $0 }
    guard Set(limits.map(\.value.unit)).count > 1 else { return nil }
    return Diagnostic("one limit is a share and the other a number of rows", at: limits.last?.location)
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(Violations.Specification(PresenceTest(column.name)))
    let limits = limits
    return { Self.judge($0[slot].summary, limits, column) }
  }

  private static func judge(_ summary: ViolationSummary, _ limits: Limits, _ column: ColumnContext) -> Finding {
    guard let bound = limits.bound, summary.rows > 0 else {
      return column.planned.finding(.errored, "the table has no rows", reason: .nothingToEvaluate)
    }
    let (missing, rows) = (summary.violating, summary.rows)
    let share = Double(missing) / Double(rows)
    let isShare = (limits.atMost ?? limits.atLeast ?? limits.equals)?.value.unit == .share
    let observed = isShare ? share : Double(missing)
    let counts = Evidence.Counts(rows: rows, nulls: missing, evaluated: rows, violating: missing)
    var evidence = Evidence(observed: Quantity(observed, isShare ? .share : .rows), limit: bound, counts: counts)
    let message = "\(missing) of \(rows) rows have no value (\(Quantity.brief(share * 100, digits: 3))%)"
    if bound.contains(observed) == true { return column.planned.finding(.passed, message, evidence: evidence) }
    evidence.samples = SampleRows(files: column.files, isSensitive: false).samples(summary.first)
    return column.planned.finding(
      .failed, message + ", the limit is \(bound)", evidence: evidence, location: limits.location(for: observed))
  }
}
