package import Language
package import Scan
package import Verdict

/// `finite: true`: every number is finite.
package struct FiniteCheck: ValueCheck {
  package var isClaim: Bool

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "finite",
    summary:
      "Every present value is a finite number: neither NaN nor infinite.",
    why: "One infinity makes a mean infinite and a loss NaN; both spread through every number that they touch.",
    example: "columns:\n  wind_speed: {type: number, finite: true}",
    fix: "Look at the listed rows for divisions by zero; not_nan allows infinities.")

  package static var shape: Shape<FiniteCheck> { Shape<Bool>.bool.map { FiniteCheck(isClaim: $0) } }
  package var limit: Bound { .text("finite numbers") }
  package var violation: String { "are NaN or infinite" }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    let greatest = Double.greatestFiniteMagnitude
    return try column.rangeOfNumbers(-greatest, greatest)
  }
}
