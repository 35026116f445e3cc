/// One record after another out of a buffer of CSV bytes (RFC 4180).
///
/// A field that is quoted is unescaped where it stands: its text is never longer than its source, so every field is
/// one range of the buffer and nothing is copied elsewhere. What RFC 4180 leaves open is read as Python's `csv`
/// reads it: a quote inside an unquoted field is text, and text after a closing quote belongs to the field (and is
/// noted as a defect). A lone CR ends a line as LF and CRLF do. Blank lines are no
/// records: of a header there is none, and where they are rows, which is in a table of one column, the kernel cuts them.
struct CSVRecordParser {
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  /// One field: a range of the buffer, and whether it was quoted.
  struct Field {
    var start: Int
    var end: Int
    var isQuoted: Bool
  }

  enum Outcome {
    /// A record; `fields` holds it.
    case record
    /// The buffer ends inside a record: more bytes are needed, nothing was consumed.
    case incomplete
    /// No record is left.
    case end
  }

  let delimiter: UInt8
  /// Where the next record begins.
  var position = 0
  /// The line of `position`, counted from 1.
  var line = 1
  /// The fields of the last record.
  var fields: [Field] = []
  /// The line where the last record began.
  var recordLine = 1
  /// Where the last record began.
  var recordStart = 0
  /// Whether text followed a closing quote in the last record.
  var hasTextAfterQuote = false
  /// Whether records are to be searched for bytes that are not UTF-8.
  var validatesText = false
  /// Whether the last record has bytes that are not UTF-8; never said without `validatesText`.
  var hasBrokenText = false
  /// Whether quoted fields are unescaped where they stand.
  var unescapes = true
  /// The line of the quote in which the last bytes ended, when they did.
  var openQuoteLine: Int?

  init(delimiter: UInt8) { self.delimiter = delimiter }

  /// Parses the next record of `bytes[..<end]`. `isLast` says that no byte will follow `end`.
  ///
  /// Unescaping happens only once the whole record is known to be there, so an incomplete record stays as it was.
  mutating func next(_ bytes: inout [UInt8], end: Int, isLast: Bool) -> Outcome {
    skipBlankLines(bytes, end: end, isLast: isLast)
    guard position < end else { return isLast ? .end : .incomplete }
    if bytes[position] == Self.carriageReturn, !isLast { return .incomplete }
    fields.removeAll(keepingCapacity: true)
    hasTextAfterQuote = false
    openQuoteLine = nil
    var cursor = position
    var lineFeeds = 0
    while true {
      let start = cursor
      let isQuoted = cursor < end && bytes[cursor] == Self.quote
      if isQuoted {
        let quoteLine = line + lineFeeds
        guard let close = closingQuote(bytes, from: cursor + 1, end: end, &lineFeeds) else {
          openQuoteLine = quoteLine
          return .incomplete
        }
        cursor = close + 1
        if cursor < end, !isBreak(bytes[cursor]) { hasTextAfterQuote = true }
      }
      while cursor < end, !isBreak(bytes[cursor]) { cursor += 1 }
      fields.append(Field(start: start, end: cursor, isQuoted: isQuoted))
      guard cursor < end else {
        guard isLast else { return .incomplete }
        finish(bytes, at: cursor, lineFeeds)
        break
      }
      if bytes[cursor] == delimiter {
        cursor += 1
        continue
      }
      if bytes[cursor] == Self.carriageReturn {
        guard cursor + 1 < end || isLast else { return .incomplete }
        cursor += cursor + 1 < end && bytes[cursor + 1] == Self.lineFeed ? 2 : 1
      } else {
        cursor += 1
      }
      finish(bytes, at: cursor, lineFeeds + 1)
      break
    }
    guard unescapes else { return .record }
    for index in fields.indices where fields[index].isQuoted { unescape(&bytes, &fields[index]) }
    return .record
  }

  private mutating func finish(_ bytes: [UInt8], at cursor: Int, _ lines: Int) {
    hasBrokenText =
      validatesText && (try? UTF8Span(validating: bytes.span.extracting(position..<cursor))) == nil
    recordStart = position
    recordLine = line
    position = cursor
    line += lines
  }

  private mutating func skipBlankLines(_ bytes: [UInt8], end: Int, isLast: Bool) {
    while position < end {
      if bytes[position] == Self.lineFeed {
        position += 1
      } else if bytes[position] == Self.carriageReturn, position + 1 < end || isLast {
        position += position + 1 < end && bytes[position + 1] == Self.lineFeed ? 2 : 1
      } else {
        return
      }
      line += 1
    }
  }

  @inline(__always)
  private func isBreak(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn
  }

  /// The index of the quote that closes the field, or nil when the bytes end before it.
  private func closingQuote(_ bytes: [UInt8], from start: Int, end: Int, _ lineFeeds: inout Int) -> Int? {
    var cursor = start
    while cursor < end {
      let byte = bytes[cursor]
      if byte == Self.quote {
        guard cursor + 1 < end, bytes[cursor + 1] == Self.quote else { return cursor }
        cursor += 2
        continue
      }
      if byte == Self.lineFeed
        || (byte == Self.carriageReturn && !(cursor + 1 < end && bytes[cursor + 1] == Self.lineFeed))
      {
        lineFeeds += 1
      }
      cursor += 1
    }
    return nil
  }

  /// Moves the text of a quoted field to its beginning, without the quotes around and the doubled ones inside.
  private func unescape(_ bytes: inout [UInt8], _ field: inout Field) {
    var read = field.start + 1
    var write = field.start
    var isOpen = true
    while read < field.end {
      let byte = bytes[read]
      if isOpen, byte == Self.quote {
        if read + 1 < field.end, bytes[read + 1] == Self.quote {
          bytes[write] = byte
          write += 1
          read += 2
          continue
        }
        isOpen = false
        read += 1
        continue
      }
      bytes[write] = byte
      write += 1
      read += 1
    }
    field.end = write
  }
}
