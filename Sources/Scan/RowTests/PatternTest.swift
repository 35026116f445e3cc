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
    let entries = zip(text.ends, matched).map { end, matched in
      end < 0 ? RowVerdict.null : matched == 1 ? .holds : .violated
    }
    spread(entries, text, into: &verdicts)
  }
}
