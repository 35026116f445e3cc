/// Every value is a text of a named format.
package struct FormatTest: RowTest {
  package var column: String
  package var format: TextFormat

  package init(_ column: String, _ format: TextFormat) {
    self.column = column
    self.format = format
  }

  package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    judgeTexts(column, batch, into: &verdicts) { format.matches($0) }
  }
}
