package import Language
package import Scan
package import Verdict

/// `equals: USD`: every value is the same known one.
package struct EqualsCheck: ValueCheck {
  package var value: Located<String>

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "equals",
    summary: "Every present value is the given one, compared in the column's type.",
    why:
      "A file of one year, one currency or one schema version must hold no other: a mixture is read as if it were one.",
    example: "columns:\n  year: {type: integer, equals: 2013}",
    fix: "Look at the listed rows: they belong to another delivery; in allows more values than one.")

  package static var shape: Shape<EqualsCheck> {
    Shape<String>.string.located.map { EqualsCheck(value: $0) }
  }
  package var limit: Bound { .text("equal to \(value.value)") }
  package var violation: String { "are not \(value.value)" }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    try Members(values: [value]).test(on: column, isNegated: false)
  }
}
