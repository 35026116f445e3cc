package import Language
package import Scan
package import Verdict

/// `format: email`: every value is a text of a named format.
package struct FormatCheck: ValueCheck {
  package var format: TextFormat

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "format",
    summary: "Every present value is a text of the named format: email, url, uuid, ipv4, ipv6, date or timestamp.",
    why: "Hand-written patterns for these are wrong more often than not.",
    example: "columns:\n  email: {format: email, sensitive: true}",
    fix: "Look at the listed rows; when the format is too strict for the data, use matches with a pattern.")

  package static var shape: Shape<FormatCheck> { Shape<TextFormat>.choice.map { FormatCheck(format: $0) } }
  package var limit: Bound { .text("format \(format.rawValue)") }
  package var violation: String { "are no \(format.rawValue)" }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    FormatTest(column.name, format)
  }
}
