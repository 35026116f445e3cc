/// Every value matches a regular expression as a whole.
package struct PatternTest: RowTest {
  package var column: String
  package var pattern: Pattern

  package init(_ column: String, _ pattern: Pattern) {
    self.column = column
    self.pattern = pattern
  }

  package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    let text = batch.texts(column)
    let matched = pattern.fullMatches(text)
    for row in 0..<batch.rowCount {
      let entry = text.codes.map { Int($0[row]) } ?? row
      verdicts[row] = entry < 0 || text.ends[entry] < 0 ? .null : matched[entry] == 1 ? .holds : .violated
    }
  }
}
