package import Language
package import Scan
package import Verdict

/// `not_in: [UNKNOWN, TEST]`: no value is one of a set.
package struct NotInCheck: ValueCheck {
  package var members: Members

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "not_in",
    summary:
      "No present value is one of the listed ones, compared in the column's type. NaN is only one that lists it; in a column of nothing but NaN there is nothing to judge.",
    why: "Placeholders such as UNKNOWN, -999 or TEST pass every type check and poison statistics.",
    example: "columns:\n  carrier: {not_in: [XX, TEST]}",
    fix: "Turn placeholders into missing values upstream, or name them in missing_values.")

  package static var shape: Shape<NotInCheck> { Members.shape.map { NotInCheck(members: $0) } }
  package var limit: Bound { .text("not in \(members.text)") }
  package var violation: String { "are in \(members.text)" }

  package var judgesNaN: Bool { members.values.contains { Literal.number($0.value)?.isNaN == true } }

  package func problems(on column: ColumnContext) -> [Diagnostic] {
    members.problems(on: column, isNegated: true)
  }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    try members.test(on: column, isNegated: true)
  }
}
