package import Language
package import Planning
internal import Scan
package import Verdict

/// `increasing: true`: no value is less than the one before it.
package struct IncreasingCheck: ColumnCheck {
  package var strictness: Strictness

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "increasing",
    summary:
      "In the order of the rows no present value is less than the one before it, or with increasing: strictly each is greater. Numbers, dates, times of day, timestamps, and texts by their Unicode scalars; the type must be declared. Rows without a value are passed over; with group_by each group has an order of its own.",
    why: "An append-only table that goes backwards was merged from parts, or written twice.",
    example:
      "columns:\n  time_hour: {type: timestamp, increasing: true}\n  time:\n    type: timestamp\n    checks:\n      - {increasing: strictly, group_by: station}",
    fix: "Look at the listed rows, each with the value before it; sort where the order is promised.")

  package static var shape: Shape<IncreasingCheck> { Strictness.shape.map { IncreasingCheck(strictness: $0) } }
  package var isClaim: Bool { strictness != .none }
  package func problem(on column: ColumnContext) -> Diagnostic? { SuccessionClaim.problem(Self.kind, on: column) }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let isStrict = strictness == .strict
    return SuccessionClaim(
      relation: .ascending(strictly: isStrict),
      limit: isStrict ? "greater than the value before" : "not less than the value before",
      violation: isStrict ? "are not greater than the value before" : "are less than the value before"
    ).prepare(column, &plan)
  }
}
