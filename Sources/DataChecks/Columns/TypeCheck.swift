package import Language
internal import Planning
package import Scan
package import Verdict

/// `type: integer`: every present value reads as the type.
package struct TypeCheck: ValueCheck {
  package var type: Located<ValueType>

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "type",
    summary:
      "Every present value of the column reads as the declared type: string, integer, number, boolean, date, time (of day: 07:30, 07:30:00.5) or timestamp. An integer has 64 bits and a sign; of those that Parquet and Arrow store as unsigned, every one is an integer, and a check that does not compute with one above 9223372036854775807 is an error.",
    why: "One text in a column of numbers turns the whole column into text in most loaders, silently.",
    example: "columns:\n  distance: {type: integer}",
    fix:
      "Look at the listed rows: a unit, a thousands separator, a placeholder such as N/A (name it in missing_values), or another date form."
  )

  package static let settings: CheckSettings.Kinds = []
  package static var shape: Shape<TypeCheck> {
    Shape<ValueType>.choice.located.map { TypeCheck(type: $0) }
  }

  package var limit: Bound { .text("type \(type.value.rawValue)") }

  package var violation: String {
    switch type.value {
    case .integer, .number, .boolean: "are no \(type.value.plural)"
    case .date: "are no dates (YYYY-MM-DD)"
    case .time: "are no times of day (HH:MM:SS)"
    case .timestamp: "are no timestamps (ISO 8601)"
    case .string: "are no text"
    }
  }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    CastTest(column.name, as: type.value)
  }
}
