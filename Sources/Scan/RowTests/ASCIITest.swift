/// Every text has characters of ASCII only.
package struct ASCIITest: RowTest {
  package var column: String

  package init(_ column: String) { self.column = column }

  package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }

  package func summary(from statistics: ChunkStatistics) -> ViolationSummary? {
    summary(of: column, statistics) { $0.texts?.areASCII ?? false }
  }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    judgeTexts(column, batch, into: &verdicts) { text in
      var bits: UInt8 = 0
      for index in text.indices { bits |= text[index] }
      return bits < 0x80
    }
  }
}
