/// Every value is of one kind.
package struct KindTest: RowTest {
  package var column: String
  package var kind: ValueKind

  package init(_ column: String, _ kind: ValueKind) {
    self.column = column
    self.kind = kind
  }

  package var readings: [ColumnReading] { [ColumnReading(column), ColumnReading(column, as: .number)] }
  package var shownColumns: [String] { [column] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    let kinds = batch.kinds(column) ?? []
    for row in verdicts.indices {
      let found = row < kinds.count ? kinds[row] : nil
      verdicts[row] = found == nil ? .null : found == kind ? .holds : .violated
    }
  }
}
