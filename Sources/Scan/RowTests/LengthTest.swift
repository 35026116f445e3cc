/// Every text has a length within limits, counted in Unicode scalars (what Python's `len` counts).
package struct LengthTest: RowTest {
  package var column: String
  package var atLeast: Int
  package var atMost: Int

  package init(_ column: String, atLeast: Int, atMost: Int) {
    self.column = column
    self.atLeast = atLeast
    self.atMost = atMost
  }

  package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }

  package func summary(from statistics: ChunkStatistics) -> ViolationSummary? {
    summary(of: column, statistics) { column in
      column.texts.map { $0.lengths.lowerBound >= atLeast && $0.lengths.upperBound <= atMost } ?? false
    }
  }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    judgeTexts(column, batch, into: &verdicts) { text in
      var length = 0
      // Every scalar has exactly one byte that is no continuation byte.
      for index in text.indices where text[index] & 0xC0 != 0x80 { length += 1 }
      return length >= atLeast && length <= atMost
    }
  }
}
