import Scan

/// A CSV splitter that is slow and obviously right: one byte after another, no buffers, everything copied.
struct NaiveCSV {
  struct Field: Equatable {
    var bytes: [UInt8]
    var isQuoted: Bool
  }

  struct Record: Equatable {
    var line: Int
    /// Its bytes as they stand in the file.
    var source: [UInt8]
    var fields: [Field]
    var hasTextAfterQuote: Bool
    /// Whether nothing stands in its line.
    var isBlank: Bool { source.isEmpty }
  }

  /// The records of the bytes; or the line of the quote that is never closed, after the records before it.
  var records: [Record] = []
  var openQuoteLine: Int?

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var position = 0
  private var line = 1

  init(_ bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ",")) {
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    self.delimiter = delimiter
    while openQuoteLine == nil {
      guard position < self.bytes.count else { break }
      record()
    }
  }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// LF, CR and CRLF are one line break each.
  private mutating func skipLineBreak() -> Bool {
    if byte == 13 {
      position += 1
      if byte == 10 { position += 1 }
    } else if byte == 10 {
      position += 1
    } else {
      return false
    }
    line += 1
    return true
  }

  private mutating func record() {
    let (start, startLine) = (position, line)
    var fields: [Field] = []
    var hasTextAfterQuote = false
    repeat {
      guard let field = field(&hasTextAfterQuote) else { return }
      fields.append(field)
    } while takeDelimiter()
    let end = position
    records.append(
      Record(
        line: startLine, source: Array(bytes[start..<end]), fields: fields, hasTextAfterQuote: hasTextAfterQuote))
    _ = skipLineBreak()
  }

  private mutating func takeDelimiter() -> Bool {
    guard byte == delimiter else { return false }
    position += 1
    return true
  }

  private mutating func field(_ hasTextAfterQuote: inout Bool) -> Field? {
    guard byte == UInt8(ascii: "\"") else { return Field(bytes: unquoted(), isQuoted: false) }
    let quoteLine = line
    position += 1
    var content: [UInt8] = []
    while let next = byte {
      if next == UInt8(ascii: "\"") {
        position += 1
        guard byte == UInt8(ascii: "\"") else {
          let rest = unquoted()
          if !rest.isEmpty { hasTextAfterQuote = true }
          return Field(bytes: content + rest, isQuoted: true)
        }
        content.append(next)
        position += 1
      } else {
        let before = position
        if !skipLineBreak() { position += 1 }
        content += bytes[before..<position]
      }
    }
    openQuoteLine = quoteLine
    return nil
  }

  private mutating func unquoted() -> [UInt8] {
    var content: [UInt8] = []
    while let next = byte, next != delimiter, next != 10, next != 13 {
      content.append(next)
      position += 1
    }
    return content
  }
}

/// What a table is, value by value: for comparing readers.
struct PlainTable: Equatable {
  var columns: [String] = []
  var rows: [[String?]] = []
  var lines: [Int] = []
  var defects: [RecordDefect] = []
  /// The line of a quote that is never closed: then nothing else is compared.
  var failure: String?

  /// The table by the naive splitter; the rules for nulls and defects are those of the documentation.
  init(naively bytes: [UInt8], _ dialect: CSVDialect) {
    let csv = NaiveCSV(bytes, delimiter: dialect.delimiter)
    // Blank lines before the header are nothing; before the first row they may be rows.
    var records = dialect.hasHeader ? csv.records.drop(while: \.isBlank) : csv.records[...]
    if csv.records.allSatisfy(\.isBlank), csv.openQuoteLine == nil { failure = "blank" }
    if dialect.hasHeader, let header = records.popFirst() {
      columns = header.fields.map { String(decoding: $0.bytes, as: UTF8.self) }
      if let what = Self.problem(header) { failure = ":\(header.line): the header has \(what)" }
    } else if let first = records.first(where: { !$0.isBlank }) {
      columns = dialect.names.isEmpty ? first.fields.indices.map { "column_\($0 + 1)" } : dialect.names
    }
    for record in records where columns.count == 1 || !record.isBlank {
      let (found, expected) = (record.fields.count, columns.count)
      let width = found == expected ? nil : "\(found) field\(found == 1 ? "" : "s") instead of \(expected)"
      if let what = Self.problem(record) ?? width {
        defects.append(RecordDefect(line: record.line, what: what))
        continue
      }
      lines.append(record.line)
      let values = record.fields.map { field -> String? in
        let text = String(decoding: field.bytes, as: UTF8.self)
        return !field.isQuoted && (text.isEmpty || dialect.nullValues.contains(text)) ? nil : text
      }
      rows.append(columns.map { name in columns.firstIndex(of: name).flatMap { values[$0] } })
    }
    if failure == nil, let line = csv.openQuoteLine { failure = ":\(line): the quote that opens" }
  }

  private static func problem(_ record: NaiveCSV.Record) -> String? {
    if String(validating: record.source, as: UTF8.self) == nil { return "bytes that are not UTF-8" }
    return record.hasTextAfterQuote ? "text after a closing quote" : nil
  }
}
