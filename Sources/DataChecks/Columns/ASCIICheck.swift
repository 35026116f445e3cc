package import Language
package import Scan
package import Verdict

/// `ascii: true`: every text has characters of ASCII only.
package struct ASCIICheck: ValueCheck {
  package var isClaim: Bool

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "ascii",
    summary:
      "Every present value has characters of ASCII only.",
    why:
      "Homoglyphs, smart quotes and no-break spaces make codes differ that look the same, and break what reads bytes.",
    example: "columns:\n  tailnum: {ascii: true}",
    fix: "Look at the listed rows; when other scripts belong there, drop the check.")

  package static var shape: Shape<ASCIICheck> { Shape<Bool>.bool.map { ASCIICheck(isClaim: $0) } }
  package var limit: Bound { .text("ASCII only") }
  package var violation: String { "have characters beyond ASCII" }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    ASCIITest(column.name)
  }
}
