/// Every row has a value.
package struct PresenceTest: RowTest {
  package var column: String

  package init(_ column: String) { self.column = column }

  package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    let text = batch.texts(column)
    for row in 0..<batch.rowCount { verdicts[row] = text.isNull(row) ? .violated : .holds }
  }
}
