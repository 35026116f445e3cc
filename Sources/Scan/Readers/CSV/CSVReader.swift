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
  private let chunkBytes: Int
  /// The first chunk must hold a byte-order mark or the signature of a binary format.
  private static let signatureBytes = 16

  /// Opens the source and reads its header.
  ///
  /// - Parameter chunkBytes: how many bytes to read at once. Batches end with chunks; no result depends on it.
  package init(
    _ source: any ByteSource, dialect: CSVDialect = CSVDialect(), chunkBytes: Int = 1 << 20
  ) throws(ScanError) {
    self.chunkBytes = max(1, chunkBytes)
    self.source = dialect.encoding == .utf8 ? source : Transcoder(source, from: dialect.encoding)
    self.dialect = dialect
    self.nullValues = dialect.nullValues.map { Array($0.utf8) }
    self.parser = CSVRecordParser(delimiter: dialect.delimiter)
    var bytes: [UInt8] = []
    try fill(&bytes, atLeast: Self.signatureBytes)
    guard !bytes.isEmpty else {
      throw ScanError(.malformed, "\(source.name) is empty", hint: "a table needs at least a header line")
    }
    if let problem = FileSignature.problem(of: bytes, name: source.name) { throw problem }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
    try readHeader(&bytes)
    buffer = bytes
  }

  private mutating func readHeader(_ bytes: inout [UInt8]) throws(ScanError) {
    parser.unescapes = dialect.hasHeader
    defer { parser.unescapes = true }
    guard try nextRecord(&bytes) else {
      throw ScanError(.malformed, "\(name) holds nothing but blank lines", hint: "a table needs at least a header line")
    }
    guard dialect.hasHeader else {
      let names = dialect.names
      columns = names.isEmpty ? parser.fields.indices.map { "column_\($0 + 1)" } : names
      // The first record is a row: give it back.
      parser.position = parser.recordStart
      parser.line = parser.recordLine
      return
    }
    if let what = recordProblem {
      throw ScanError(.malformed, "\(name):\(parser.recordLine): the header has \(what)", hint: recordHint)
    }
    columns = parser.fields.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
  }

  package mutating func read(into batch: inout Batch, readings: [ColumnReading]) throws(ScanError) -> Bool {
    takeOver(&batch)
    let slots = Slots(readings: readings, columns: columns)
    var texts = slots.names.map { batch.text[$0] ?? TextColumn() }
    for index in texts.indices { texts[index].removeAll() }
    // The first record of a batch may need more bytes; after it only what the buffer holds is taken, because the
    // rows of the batch point into it.
    if try nextRecord(&batch.bytes) {
      append(to: &batch, slots, &texts)
      while case .record = parser.next(&batch.bytes, end: batch.bytes.count, isLast: atEnd) {
        append(to: &batch, slots, &texts)
      }
    }
    guard batch.rowCount > 0 || !batch.defects.isEmpty else { return false }
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
    if let what = recordProblem ?? widthProblem {
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

  /// What makes the last record no row, however many fields it has: nothing could be said about its text, or shown.
  private var recordProblem: String? {
    if parser.hasBrokenText {
      return "bytes that are not \(dialect.encoding == .utf16 ? "UTF-16" : "UTF-8")"
    }
    return parser.hasTextAfterQuote ? "text after a closing quote" : nil
  }

  private var recordHint: String {
    parser.hasBrokenText
      ? "name its encoding in the config, for example: encoding: latin1" : "close or double the quote"
  }

  private var widthProblem: String? {
    let (found, expected) = (parser.fields.count, columns.count)
    guard found != expected else { return nil }
    return "\(found) \(found == 1 ? "field" : "fields") instead of \(expected)"
  }

  private func isNull(_ field: CSVRecordParser.Field, _ bytes: [UInt8]) -> Bool {
    guard !field.isQuoted else { return false }
    if field.start == field.end { return true }
    return nullValues.contains {
      $0.count == field.end - field.start && bytes[field.start..<field.end].elementsEqual($0)
    }
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
            .malformed,
            "\(name):\(parser.openQuoteLine ?? parser.line): the quote that opens a field here is never closed",
            hint: "close it, or double every quote inside the field")
        }
        guard bytes.count - parser.position <= dialect.maximumRecordBytes else {
          throw ScanError(
            .limit,
            "\(name):\(parser.openQuoteLine ?? parser.line): one record is longer than \(dialect.maximumRecordBytes >> 20) MiB",
            hint: parser.openQuoteLine != nil
              ? "a quote that is never closed swallows the rest of a file" : "is this really a CSV file?")
        }
        bytes.removeSubrange(..<parser.position)
        parser.position = 0
        try fill(&bytes)
      }
    }
  }

  /// Reads a whole chunk, however small the pieces in which the source gives it, and doubles what is there: so a record
  /// of any length is parsed a few times only, and where batches end follows from the bytes alone.
  private mutating func fill(_ bytes: inout [UInt8], atLeast minimum: Int = 1) throws(ScanError) {
    let wanted = bytes.count + max(chunkBytes, bytes.count, minimum)
    while bytes.count < wanted, !atEnd {
      atEnd = try source.read(wanted - bytes.count, into: &bytes) == 0
    }
    // Most files are text throughout: then no record needs to be looked at by itself.
    parser.validatesText = (try? UTF8Span(validating: bytes.span.extracting(parser.position..<bytes.count))) == nil
  }

  /// The required columns: their names and where they stand in a record.
  private struct Slots {
    var names: [String] = []
    var indices: [Int] = []

    init(readings: [ColumnReading], columns: [String]) {
      let places = Dictionary(zip(columns, columns.indices), uniquingKeysWith: { first, _ in first })
      var seen: Set<String> = []
      for reading in readings where seen.insert(reading.column).inserted {
        guard let index = places[reading.column] else { continue }
        names.append(reading.column)
        indices.append(index)
      }
    }
  }
}
