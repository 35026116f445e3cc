internal import CKernels

/// Hands out a delimited file as chunks of whole records.
///
/// The bytes are read in blocks, and each block is cut behind its last whole record, quotes considered; what is left
/// begins the next block. A block grows only for a record that is longer than it, so the memory is that of a few
/// blocks or of the longest record.
package struct CSVReader: TableReader {
  package private(set) var fields: [Field] = []
  package var name: String { source.name }
  package var columns: [String] { fields.map(\.name) }

  private var source: any ByteSource
  private let dialect: CSVDialect
  private let blockBytes: Int
  private var atEnd = false
  /// What was read and not handed out yet: it begins with a record.
  private var rest: [UInt8] = []
  /// How many lines come before the first chunk.
  private var headerLines = 0
  private var isFirst = true
  /// What is wrong with a record that is longer than any may be: the reader ends there.
  private var tooLong: ScanError?

  /// How many blocks make the next chunk: what is summarised by itself before it is merged. Chunks grow, so that a small
  /// table is shared out too, and much of a large one is summarised before it is merged.
  private var blocksPerChunk = 1
  /// So many columns have summaries that weigh more than a block: their chunks begin with as many blocks as there may be.
  private static let manyColumns = 10_000
  private static let mostBlocksPerChunk = 8
  /// A longer name of a column is none: the first line is no header, or the delimiter another.
  private static let longestName = 1 << 16

  /// Opens the source and reads its header.
  ///
  /// - Parameter blockBytes: how many bytes to read at once. Chunks end with blocks; no result depends on it.
  package init(
    _ source: any ByteSource, dialect: CSVDialect = CSVDialect(), blockBytes: Int = 1 << 20
  ) throws(ScanError) {
    self.blockBytes = max(1, blockBytes)
    self.source = dialect.encoding == .utf8 ? source : Transcoder(source, from: dialect.encoding)
    self.dialect = dialect
    // The first block must hold a byte-order mark or the signature of a binary format.
    try extend(atLeast: 16)
    guard !rest.isEmpty else {
      throw ScanError(.malformed, "\(source.name) is empty", hint: "a table needs at least a header line")
    }
    if let problem = FileSignature.problem(of: rest, name: source.name) { throw problem }
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }
    try readHeader()
    if fields.count > Self.manyColumns { blocksPerChunk = Self.mostBlocksPerChunk }
  }

  private mutating func readHeader() throws(ScanError) {
    var parser = CSVRecordParser(delimiter: dialect.delimiter)
    parser.unescapes = dialect.hasHeader
    parser.validatesText = true
    while true {
      let outcome = parser.next(&rest, end: rest.count, isLast: atEnd)
      if case .record = outcome { break }
      if case .end = outcome {
        throw ScanError(
          .malformed, "\(name) holds nothing but blank lines", hint: "a table needs at least a header line")
      }
      if atEnd { throw Self.neverClosed(name, chunkLine: (parser.openQuoteLine ?? parser.line) - 1) }
      guard rest.count - parser.position <= dialect.maximumRecordBytes else {
        let line = (parser.openQuoteLine ?? parser.line) - 1
        throw longRecord(chunkLine: line, isQuoteOpen: parser.openQuoteLine != nil)
      }
      try extend()
    }
    guard dialect.hasHeader else {
      let names = dialect.names
      let count = parser.fields.count
      fields = (names.isEmpty ? (0..<count).map { "column_\($0 + 1)" } : names).map { Field($0, .untyped) }
      // The first record is a row: it stays where it is, and so do blank lines before it, which may be rows, too.
      return
    }
    let isBroken = parser.hasBrokenText
    if isBroken || parser.hasTextAfterQuote {
      let what = isBroken ? Self.brokenText(dialect) : Self.textAfterQuote
      throw ScanError(
        .malformed, "\(name):\(parser.recordLine): the header has \(what)",
        hint: isBroken
          ? "name its encoding: --encoding latin1, or encoding: latin1 in the config" : "close or double the quote")
    }
    if let place = parser.fields.firstIndex(where: { Int($0.end) - Int($0.start) > Self.longestName }) {
      throw ScanError(
        .limit, "\(name):\(parser.recordLine): the name of column \(place + 1) is longer than 64 KiB",
        hint: "is the first line a header, and the delimiter the right one?")
    }
    fields = parser.fields.map { Field(String(decoding: rest[$0.start..<$0.end], as: UTF8.self), .untyped) }
    headerLines = parser.line - 1
    rest.removeFirst(parser.position)
  }

  package mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
    var blocks: [CSVBlock] = []
    var size = 0
    // A block with a very long record is a chunk by itself.
    while size < blocksPerChunk * blockBytes, tooLong == nil, let block = try nextBlock() {
      blocks.append(block)
      size += block.bytes.count
    }
    let firstLine = isFirst ? headerLines : 0
    if blocks.isEmpty, let tooLong {
      // It is known only to the scan which line of the file this is: so it is told when the chunk's turn comes.
      return FailedChunk(error: tooLong.moved(byLines: firstLine))
    }
    guard !blocks.isEmpty else { return nil }
    isFirst = false
    blocksPerChunk = min(2 * blocksPerChunk, Self.mostBlocksPerChunk)
    return CSVChunk(
      name: name, dialect: dialect, fieldCount: fields.count, columns: columns, blocks: blocks,
      firstLine: firstLine)
  }

  /// The next whole records, about a block of them; nil at the end.
  private mutating func nextBlock() throws(ScanError) -> CSVBlock? {
    var block = rest
    rest = []
    var openQuote: Int64 = -1
    // What is behind the last block has not been looked at.
    var (hasQuotes, isASCII) = (true, false)
    while true {
      if !atEnd { try fill(&block) }
      if atEnd { return block.isEmpty ? nil : CSVBlock(bytes: block, mayHaveQuotes: true, isASCII: false) }
      let end = ck_csv_last_record_end(
        block, 0, block.count, dialect.delimiter, &openQuote, &hasQuotes, &isASCII)
      if end > 0 {
        rest = Array(block[end...])
        block.removeSubrange(end...)
        return CSVBlock(bytes: block, mayHaveQuotes: hasQuotes, isASCII: isASCII)
      }
      guard block.count <= dialect.maximumRecordBytes else {
        let lines = block.prefix(max(0, Int(openQuote))).count { $0 == UInt8(ascii: "\n") }
        tooLong = longRecord(chunkLine: lines, isQuoteOpen: openQuote >= 0)
        return nil
      }
    }
  }

  /// Reads more of what is not handed out yet.
  private mutating func extend(atLeast minimum: Int = 1) throws(ScanError) {
    var bytes = rest
    rest = []
    try fill(&bytes, atLeast: minimum)
    rest = bytes
  }

  /// Reads a whole block, however small the pieces in which the source gives it, and doubles what is there: so a record
  /// of any length is looked at a few times only, and where blocks end follows from the bytes alone.
  private mutating func fill(_ bytes: inout [UInt8], atLeast minimum: Int = 1) throws(ScanError) {
    let wanted = bytes.count + max(blockBytes, bytes.count >= blockBytes ? bytes.count : 0, minimum)
    bytes.reserveCapacity(wanted)
    while bytes.count < wanted, !atEnd {
      atEnd = try source.read(wanted - bytes.count, into: &bytes) == 0
    }
  }

  private func longRecord(chunkLine line: Int, isQuoteOpen: Bool) -> ScanError {
    ScanError(
      .limit, in: name, chunkLine: line, "one record is longer than \(dialect.maximumRecordBytes >> 20) MiB",
      hint: isQuoteOpen ? "a quote that is never closed swallows the rest of a file" : "is this really a CSV file?")
  }

  static func neverClosed(_ name: String, chunkLine line: Int) -> ScanError {
    ScanError(
      .malformed, in: name, chunkLine: line, "the quote that opens a field here is never closed",
      hint: "close it, or double every quote inside the field")
  }

  static let textAfterQuote = "text after a closing quote"

  static func brokenText(_ dialect: CSVDialect) -> String {
    "bytes that are not \(dialect.encoding == .utf16 ? "UTF-16" : "UTF-8")"
  }
}
