package import Language
package import Scan
package import Verdict

/// `trimmed: true`: no text begins or ends with white space.
package struct TrimmedCheck: ValueCheck {
  package var isClaim: Bool

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "trimmed",
    summary:
      "No present value begins or ends with white space (as Unicode defines it, no-break spaces included); nor is one nothing but white space.",
    why: "Values that differ in a blank at the end join with nothing and count as categories of their own.",
    example: "columns:\n  carrier: {trimmed: true}",
    fix: "Strip the values where they are written; look at the listed rows for padded columns.")

  package static var shape: Shape<TrimmedCheck> { Shape<Bool>.bool.map { TrimmedCheck(isClaim: $0) } }
  package var limit: Bound { .text("no white space at either end") }
  package var violation: String { "begin or end with white space" }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    TrimmedTest(column.name)
  }
}
