/// Every value is a list with a number of elements within limits.
///
/// Lists are stored as JSON. In a text file the text of a JSON list is one, in JSON Lines a string is none.
package struct ListLengthTest: RowTest {
  package var column: String
  package var atLeast: Int
  package var atMost: Int

  package init(_ column: String, atLeast: Int, atMost: Int) {
    self.column = column
    self.atLeast = atLeast
    self.atMost = atMost
  }

  package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }
  package var shownColumns: [String] { [column] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    let stored = batch.stored(column)
    // What a typed file stores as JSON is JSON; the text of a text file may have the brackets and commas alone.
    let isKnown = stored?.field.type.isText == false
    judgeTexts(column, batch, into: &verdicts) { text in
      guard let count = Self.count(text), count >= atLeast, count <= atMost else { return false }
      return isKnown || isJSON(text)
    }
    guard case .tokens(_, let kinds)? = stored?.values else { return }
    for row in verdicts.indices where verdicts[row] == .holds && kinds[row] != TokenKind.nested.rawValue {
      verdicts[row] = .violated
    }
  }

  /// How many elements the text of a JSON list has; nil when its brackets and commas are not those of one.
  static func count(_ text: Span<UInt8>) -> Int? {
    var (depth, count) = (0, 0)
    var (isQuoted, isEscaped, isOver, hasElement) = (false, false, false, false)
    for index in text.indices {
      let byte = text[index]
      if isQuoted {
        isQuoted = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { continue }
      guard !isOver, depth > 0 || byte == UInt8(ascii: "[") else { return nil }
      switch byte {
      case UInt8(ascii: ",") where depth == 1:
        guard hasElement else { return nil }
        count += 1
        hasElement = false
      case UInt8(ascii: "]") where depth == 1:
        guard hasElement || count == 0 else { return nil }
        isOver = true
      case UInt8(ascii: "}") where depth == 1: return nil
      default:
        hasElement = depth > 0
        if byte == UInt8(ascii: "\"") { isQuoted = true }
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
        if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth -= 1 }
      }
    }
    return isOver ? count + (hasElement ? 1 : 0) : nil
  }
}
