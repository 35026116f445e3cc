package import Language
package import Scan
package import Verdict

/// `not_nan: true`: no number is NaN.
package struct NotNaNCheck: ValueCheck {
  package var isClaim: Bool

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "not_nan",
    summary:
      "No present value is NaN; infinities are allowed. NaN is a value and not a missing one: missing does not count it.",
    why: "NaN is equal to nothing, lies in no range and turns every sum into itself.",
    example: "columns:\n  wind_speed: {type: number, not_nan: true}",
    fix: "Look at the listed rows; write a missing value where there is none, or name it in missing_values: [NaN].")

  package static var shape: Shape<NotNaNCheck> { Shape<Bool>.bool.map { NotNaNCheck(isClaim: $0) } }
  package var limit: Bound { .text("no NaN") }
  package var violation: String { "are NaN" }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    try column.rangeOfNumbers(-.infinity, .infinity)
  }
}
