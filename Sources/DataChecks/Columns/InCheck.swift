package import Language
package import Scan
package import Verdict

/// `in: [AA, UA]`: every value is one of a set.
package struct InCheck: ValueCheck {
  package var members: Members

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "in",
    summary: "Every present value is one of the listed ones, compared in the column's type.",
    why: "A new category is unknown to the model that was trained without it.",
    example: "columns:\n  carrier: {type: string, in: [AA, B6, DL, EV, UA], allow: 0.1%}",
    fix: "Correct the spelling upstream, or add the new value to the set and retrain.")

  package static var shape: Shape<InCheck> { Members.shape.map { InCheck(members: $0) } }
  package var limit: Bound { .text("in \(members.text)") }
  package var violation: String { "are not in \(members.text)" }

  package func problems(on column: ColumnContext) -> [Diagnostic] {
    members.problems(on: column, isNegated: false)
  }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    try members.test(on: column, isNegated: false)
  }
}
