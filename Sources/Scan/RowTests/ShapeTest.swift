/// Every value has a shape: it is one value, a list, or a map.
package struct ShapeTest: RowTest {
  package enum Shape: String, Hashable, Sendable, CaseIterable { case scalar, list, map }

  package var column: String
  package var shape: Shape

  package init(_ column: String, _ shape: Shape) {
    self.column = column
    self.shape = shape
  }

  package var readings: [ColumnReading] { [ColumnReading(column)] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    guard let (field, values) = batch.stored(column) else { return }
    guard case .tokens(let text, let kinds) = values else {
      let verdict: RowVerdict = Self.shape(of: field.type) == shape ? .holds : .violated
      values.forEachRow { verdicts[$0] = $1 ? verdict : .null }
      return
    }
    let bytes = text.bytes.span
    for row in 0..<batch.rowCount {
      guard let range = text.range(row) else {
        verdicts[row] = .null
        continue
      }
      let isNested = kinds[row] == TokenKind.nested.rawValue && !range.isEmpty
      let isList = isNested && bytes[range.lowerBound] == UInt8(ascii: "[")
      verdicts[row] = shape == (isList ? .list : isNested ? .map : .scalar) ? .holds : .violated
    }
  }

  /// What the file declares; the text of a text file is one value.
  private static func shape(of type: StoredType) -> Shape {
    guard case .nested(let word) = type else { return .scalar }
    return word.hasPrefix("list") ? .list : .map
  }
}
