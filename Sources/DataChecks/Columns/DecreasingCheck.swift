package import Language
package import Planning
internal import Scan
package import Verdict

/// `decreasing: true`: no value is greater than the one before it.
package struct DecreasingCheck: ColumnCheck {
  package var strictness: Strictness

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "decreasing",
    summary:
      "In the order of the rows no present value is greater than the one before it, or with decreasing: strictly each is less. Numbers, dates, times of day, timestamps, and texts by their Unicode scalars; the type must be declared. Rows without a value are passed over; with group_by each group has an order of its own.",
    why: "A ranking, a countdown or a newest-first export that changes direction was put together from parts.",
    example: "columns:\n  score: {type: number, decreasing: true}",
    fix: "Look at the listed rows, each with the value before it; sort where the order is promised.")

  package static var shape: Shape<DecreasingCheck> { Strictness.shape.map { DecreasingCheck(strictness: $0) } }
  package var isClaim: Bool { strictness != .none }
  package func problem(on column: ColumnContext) -> Diagnostic? { SuccessionClaim.problem(Self.kind, on: column) }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let isStrict = strictness == .strict
    return SuccessionClaim(
      relation: .descending(strictly: isStrict),
      limit: isStrict ? "less than the value before" : "not greater than the value before",
      violation: isStrict ? "are not less than the value before" : "are greater than the value before"
    ).prepare(column, &plan)
  }
}
