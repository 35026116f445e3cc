/// Every text has a letter or a digit of some script: what has none is made of punctuation, symbols and white space.
package struct WordTest: RowTest {
  package var column: String

  package init(_ column: String) { self.column = column }

  package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    judgeTexts(column, batch, into: &verdicts) { text in
      var index = 0
      while index < text.count {
        let next = text.scalar(at: index)
        if let scalar = next?.scalar, Self.isLetterOrDigit(scalar) { return true }
        index += next?.length ?? 1
      }
      return false
    }
  }

  @inline(__always)
  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return 0x30...0x39 ~= scalar.value || 0x41...0x5A ~= scalar.value & ~0x20
    }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
