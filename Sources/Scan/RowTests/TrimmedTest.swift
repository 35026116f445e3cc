/// No text begins or ends with white space as Unicode defines it. An empty text has none.
package struct TrimmedTest: RowTest {
  package var column: String

  package init(_ column: String) { self.column = column }

  package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }

  package func summary(from statistics: ChunkStatistics) -> ViolationSummary? {
    summary(of: column, statistics) { $0.texts?.areTrimmed ?? false }
  }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    judgeTexts(column, batch, into: &verdicts) { text in
      guard text.count > 0 else { return true }
      return !Self.isSpace(text.scalar(at: 0)?.scalar) && !Self.isSpace(text.lastScalar)
    }
  }

  @inline(__always)
  private static func isSpace(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    if scalar.isASCII { return scalar.value == 32 || 9...13 ~= scalar.value }
    return scalar.properties.isWhitespace
  }
}
