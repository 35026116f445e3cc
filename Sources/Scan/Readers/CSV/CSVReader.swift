/// Streams a delimited file as batches of columns.
///
/// The buffer holds whole records only; the tail of an incomplete one moves to its front before the next read, and
/// the buffer grows only for a record that is longer than it. So memory is that of the longest record.
package struct CSVReader: TableReader {
  package private(set) var columns: [String] = []
  package var name: String { source.name }

  private var source: any ByteSource
  private let dialect: CSVDialect
  private let nullValues: [[UInt8]]
  private var parser: CSVRecordParser
  private var atEnd = false
  private var rowCount = 0
  /// What was read but not yet consumed, between two batches.
  private var buffer: [UInt8] = []
  private static let chunkBytes = 1 << 20

  /// Opens the source and reads its header.
  package init(_ source: any ByteSource, dialect: CSVDialect = CSVDialect()) throws(ScanError) {
    self.source = dialect.encoding == .utf8 ? source : Transcoder(source, from: dialect.encoding)
    self.dialect = dialect
    self.nullValues = dialect.nullValues.map { Array($0.utf8) }
    self.parser = CSVRecordParser(delimiter: dialect.delimiter)
    var bytes: [UInt8] = []
    try fill(&bytes)
    guard !bytes.isEmpty else {
      throw ScanError(.malformed, "\(source.name) is empty", hint: "a table needs at least a header line")
    }
    if let problem = FileSignature.problem(of: bytes, name: source.name) { throw problem }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
    try readHeader(&bytes)
    buffer = bytes
  }

  private mutating func readHeader(_ bytes: inout [UInt8]) throws(ScanError) {
    guard try nextRecord(&bytes) else {
      throw ScanError(.malformed, "\(name) holds nothing but blank lines", hint: "a table needs at least a header line")
    }
    guard dialect.hasHeader else {
      let names = dialect.names
      columns = parser.fields.indices.map { $0 < names.count ? names[$0] : "column_\($0 + 1)" }
      // The first record is a row: give it back.
      reopenFirstRecord(&bytes)
      return
    }
    columns = parser.fields.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
  }

  /// Without a header the first record is parsed twice; a doubled quote in it was unescaped in place, so the text
  /// is written back as it was.
  private mutating func reopenFirstRecord(_ bytes: inout [UInt8]) {
    var text: [UInt8] = []
    for (index, field) in parser.fields.enumerated() {
      if index > 0 { text.append(dialect.delimiter) }
      guard field.isQuoted else {
        text += bytes[field.start..<field.end]
        continue
      }
      text.append(CSVRecordParser.quote)
      for byte in bytes[field.start..<field.end] {
        if byte == CSVRecordParser.quote { text.append(byte) }
        text.append(byte)
      }
      text.append(CSVRecordParser.quote)
    }
    text.append(CSVRecordParser.lineFeed)
    let line = parser.recordLine
    bytes.replaceSubrange(..<parser.position, with: text)
    parser.position = 0
    parser.line = line
  }

  package mutating func read(into batch: inout Batch, readings: [ColumnReading]) throws(ScanError) -> Bool {
    takeOver(&batch)
    let slots = Slots(readings: readings, columns: columns)
    var texts = slots.names.map { batch.text[$0] ?? TextColumn() }
    for index in texts.indices { texts[index].removeAll() }
    // The first record of a batch may need more bytes; after it only what the buffer holds is taken, because the
    // rows of the batch point into it.
    while batch.rowCount == 0, try nextRecord(&batch.bytes) {
      append(to: &batch, slots, &texts)
      while case .record = parser.next(&batch.bytes, end: batch.bytes.count, isLast: atEnd) {
        append(to: &batch, slots, &texts)
      }
    }
    guard batch.rowCount > 0 || !batch.defects.isEmpty else { return false }
    dropBrokenText(&batch, &texts)
    for (name, column) in zip(slots.names, texts) { batch.text[name] = column }
    rowCount += batch.rowCount
    for reading in readings where reading.type != .string {
      batch.vectors[reading] = decode(batch.texts(reading.column), of: batch.bytes, as: reading.type)
    }
    return true
  }

  /// Makes the batch own the buffer, its front cut off up to the first record that is not consumed.
  private mutating func takeOver(_ batch: inout Batch) {
    if batch.bytes.isEmpty {
      batch.bytes = buffer
      buffer = []
    }
    batch.bytes.removeSubrange(..<parser.position)
    parser.position = 0
    batch.firstRow = rowCount
    batch.rowCount = 0
    batch.lines.removeAll(keepingCapacity: true)
    batch.defects.removeAll()
    batch.vectors.removeAll(keepingCapacity: true)
  }

  private func append(to batch: inout Batch, _ slots: Slots, _ texts: inout [TextColumn]) {
    if parser.hasTextAfterQuote {
      batch.defects.append(RecordDefect(line: parser.recordLine, what: "text after a closing quote"))
    }
    guard parser.fields.count == columns.count else {
      let (found, expected) = (parser.fields.count, columns.count)
      let what = "\(found) \(found == 1 ? "field" : "fields") instead of \(expected)"
      batch.defects.append(RecordDefect(line: parser.recordLine, what: what))
      return
    }
    batch.lines.append(parser.recordLine)
    batch.rowCount += 1
    for (slot, index) in slots.indices.enumerated() {
      let field = parser.fields[index]
      texts[slot].starts.append(Int32(field.start))
      texts[slot].ends.append(isNull(field, batch.bytes) ? -1 : Int32(field.end))
    }
  }

  private func isNull(_ field: CSVRecordParser.Field, _ bytes: [UInt8]) -> Bool {
    guard !field.isQuoted else { return false }
    if field.start == field.end { return true }
    return nullValues.contains { $0.count == field.end - field.start && bytes[field.start..<field.end].elementsEqual($0) }
  }

  /// The next record, with more bytes read as long as it is incomplete; false at the end of the file.
  private mutating func nextRecord(_ bytes: inout [UInt8]) throws(ScanError) -> Bool {
    while true {
      switch parser.next(&bytes, end: bytes.count, isLast: atEnd) {
      case .record: return true
      case .end: return false
      case .incomplete:
        if atEnd {
          throw ScanError(
            .malformed, "\(name):\(parser.line): the quote that opens a field here is never closed",
            hint: "close it, or double every quote inside the field")
        }
        guard bytes.count - parser.position <= dialect.maximumRecordBytes else {
          throw ScanError(
            .limit,
            "\(name):\(parser.line): one record is longer than \(dialect.maximumRecordBytes >> 20) MiB",
            hint: parser.isInsideQuotes
              ? "a quote that is never closed swallows the rest of a file" : "is this really a CSV file?")
        }
        bytes.removeSubrange(..<parser.position)
        parser.position = 0
        try fill(&bytes)
      }
    }
  }

  private mutating func fill(_ bytes: inout [UInt8]) throws(ScanError) {
    let count = max(Self.chunkBytes, bytes.count)
    atEnd = try source.read(count, into: &bytes) == 0
  }

  /// Rows with bytes that are not UTF-8 are no rows: nothing could be said about them, and nothing shown.
  private func dropBrokenText(_ batch: inout Batch, _ texts: inout [TextColumn]) {
    if (try? UTF8Span(validating: batch.bytes.span.extracting(..<parser.position))) != nil { return }
    var kept = 0
    for row in 0..<batch.rowCount {
      let isText = texts.allSatisfy { column in
        let (start, end) = (Int(column.starts[row]), Int(column.ends[row]))
        return end < 0 || (try? UTF8Span(validating: batch.bytes.span.extracting(start..<end))) != nil
      }
      guard isText else {
        batch.defects.append(RecordDefect(line: batch.lines[row], what: "bytes that are not UTF-8"))
        continue
      }
      batch.lines[kept] = batch.lines[row]
      for slot in texts.indices {
        texts[slot].starts[kept] = texts[slot].starts[row]
        texts[slot].ends[kept] = texts[slot].ends[row]
      }
      kept += 1
    }
    batch.lines.removeLast(batch.rowCount - kept)
    for slot in texts.indices {
      texts[slot].starts.removeLast(batch.rowCount - kept)
      texts[slot].ends.removeLast(batch.rowCount - kept)
    }
    batch.rowCount = kept
  }

  /// The required columns: their names and where they stand in a record.
  private struct Slots {
    var names: [String] = []
    var indices: [Int] = []

    init(readings: [ColumnReading], columns: [String]) {
      for reading in readings where !names.contains(reading.column) {
        guard let index = columns.firstIndex(of: reading.column) else { continue }
        names.append(reading.column)
        indices.append(index)
      }
    }
  }
}
