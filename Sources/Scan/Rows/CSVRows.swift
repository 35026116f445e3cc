/// Rows as CSV by RFC 4180, with a header, commas and line feeds.
///
/// A null is an empty field, an empty text is two quotes, and what means null in the source is quoted where it is text,
/// so that what is written reads back as the same rows. In a table of one column a null would be a blank line, which is
/// no record: there it is a word that means null in the source, when it has one.
struct CSVRows: RowWriter {
  let header: [UInt8]
  private let nullWords: Set<[UInt8]>
  private let loneNull: [UInt8]

  private static let comma = UInt8(ascii: ",")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(_ fields: [Field], nullWords: [String]) {
    self.nullWords = Set(nullWords.map { Array($0.utf8) })
    loneNull = fields.count == 1 ? nullWords.first.map { Array($0.utf8) } ?? [] : []
    var header: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { header.append(Self.comma) }
      let start = header.count
      header.append(contentsOf: field.name.utf8)
      Self.quote(from: start, in: &header, also: header.starts(with: Self.byteOrderMark))
    }
    self.header = header + [Self.lineFeed]
  }

  func append(_ row: Int, of columns: [RowColumn], to text: inout [UInt8]) {
    for (index, column) in columns.enumerated() {
      if index > 0 { text.append(Self.comma) }
      let start = text.count
      guard column.append(row, to: &text) else {
        text.append(contentsOf: loneNull)
        continue
      }
      Self.quote(from: start, in: &text, also: !nullWords.isEmpty && nullWords.contains(Array(text[start...])))
    }
    text.append(Self.lineFeed)
  }

  /// Puts what was appended last into quotes where it must be.
  private static func quote(from start: Int, in text: inout [UInt8], also isWanted: Bool) {
    if !isWanted, start < text.count, text[start...].allSatisfy({ !isSpecial($0) }) { return }
    let value = Array(text[start...])
    text.removeSubrange(start...)
    text.append(.quote)
    for byte in value {
      if byte == .quote { text.append(.quote) }
      text.append(byte)
    }
    text.append(.quote)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == comma || byte == .quote || byte == lineFeed || byte == UInt8(ascii: "\r")
  }
}
