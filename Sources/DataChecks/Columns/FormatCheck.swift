internal import Language
package import Scan
package import Verdict

/// `format: email`: every value is a text of a named format.
package struct FormatCheck: ValueCheck {
  package var format: TextFormat
  /// The value of the format's option.
  package var setting: String?

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "format",
    summary:
      "Every present value is a text of the named format; a mapping adds what some formats can be told: {name: iban, country: DE}, {strftime: \"%d/%m/%Y\"}.",
    why: "Hand-written patterns for these are wrong more often than not, and know no check digits.",
    example: "columns:\n  email: {format: email, sensitive: true}\n  account: {format: {name: iban, country: DE}}",
    fix: "Look at the listed rows; when the format is too strict for the data, use matches with a pattern.",
    topics: TextFormat.all.map { format in
      let option = format.option.map { option in
        let values = option.values?.joined(separator: " or ") ?? "such as \(option.example)"
        return " (\(option.name): \(values))"
      }
      return CheckDocumentation.Topic(name: format.name, text: format.summary + (option ?? ""))
    })

  package var limit: Bound { .text("format \(words)") }
  package var violation: String { "are no \(words)" }

  private var words: String { ([format.name] + (setting.map { [$0] } ?? [])).joined(separator: " ") }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    do throws(TextFormatError) {
      return TextTest(column.name, "format \(words)", try format.test(setting))
    } catch {
      throw Diagnostic(error.reason, at: column.planned.location)
    }
  }
}
