/// Reads files in Arrow's IPC file format, also known as Feather version 2: record batches at any place, in parallel.
package struct ArrowFileReader: TableReader {
  package let fields: [Field]
  package var name: String { file.name }

  private let file: RandomAccessFile
  private let schema: ArrowSchema
  private let blocks: [ArrowFooter.Block]
  private var dictionaries: ArrowDictionaries
  private let dictionaryBlocks: [ArrowFooter.Block]
  private var hasDictionaries = false
  private var nextBlock = 0
  private var batch: PendingBatch?
  private var expansion = ArrowExpansion()

  package static let signature = Array("ARROW1".utf8)

  /// Reads the footer.
  package init(_ file: RandomAccessFile) throws(ScanError) {
    self.file = file
    let tail = Self.signature.count + 4
    guard file.size >= tail + 8, try file.read(0, Self.signature.count) == Self.signature else {
      throw ScanError(.malformed, "\(file.name) is no Arrow file: it does not begin with ARROW1")
    }
    let end = try file.read(file.size - tail, tail)
    guard end.suffix(Self.signature.count).elementsEqual(Self.signature) else {
      throw ScanError(
        .malformed, "\(file.name): an Arrow file ends with ARROW1, and this one does not at offset \(file.size)",
        hint: "it was cut off, or is being written; fetch or write it again")
    }
    let length = Int(ArrowBytes(array: end, range: 0..<4).load(0) as Int32)
    guard length > 0, length <= file.size - tail - 8 else {
      throw ScanError(
        .malformed, "\(file.name): the footer of \(length) bytes does not fit at offset \(file.size - tail)")
    }
    let offset = file.size - tail - length
    let bytes = try file.read(offset, length)
    let footer: ArrowFooter
    do throws(ArrowFault) { footer = try ArrowFooter(bytes) } catch { throw error.at(offset, of: file.name) }
    schema = footer.schema
    blocks = footer.recordBatches
    dictionaryBlocks = footer.dictionaries
    dictionaries = ArrowDictionaries(schema)
    fields = schema.columns.map { Field($0.name, $0.field.storedType) }
  }

  package mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
    try refuseUnread(columns)
    let (name, columns) = (name, columns.map { schema.columns[$0] })
    if !hasDictionaries {
      dictionaries.needed = Set(columns.flatMap(\.field.dictionaries))
      if !dictionaries.needed.isEmpty { for block in dictionaryBlocks { try readDictionary(block) } }
      hasDictionaries = true
    }
    while true {
      if let chunk = batch?.next(columns, dictionaries.byID, name) { return chunk }
      guard nextBlock < blocks.count else { return nil }
      let block = blocks[nextBlock]
      nextBlock += 1
      let (message, start) = try message(block)
      guard case .recordBatch(let content) = message.header else {
        throw ArrowFault("it is no record batch").at(block.offset, of: name)
      }
      do {
        try expansion.add(content.rowCount, length: message.bodyLength)
        let slots = try ArrowSlot.slots(of: schema.fields, in: content)
        batch = PendingBatch(
          slots, content, .file(file, offset: start), length: message.bodyLength, offset: block.offset)
      } catch {
        throw error.at(block.offset, of: name)
      }
    }
  }

  private mutating func readDictionary(_ block: ArrowFooter.Block) throws(ScanError) {
    let (message, start) = try message(block)
    do throws(ArrowFault) {
      guard case .dictionary(let id, let isDelta, let content) = message.header else {
        throw ArrowFault("it is no dictionary")
      }
      try dictionaries.update(id, isDelta: isDelta, content, .file(file, offset: start), length: message.bodyLength)
    } catch {
      throw error.at(block.offset, of: name)
    }
  }

  /// The metadata of a message, and where its body begins.
  private func message(_ block: ArrowFooter.Block) throws(ScanError) -> (ArrowMessage, body: Int) {
    let bytes = try file.read(block.offset, block.metadataLength)
    do throws(ArrowFault) {
      // Files from before Arrow 0.15 have no marker before the length.
      let prefix = bytes.starts(with: repeatElement(0xFF, count: 4)) ? 8 : 4
      guard bytes.count > prefix else { throw ArrowFault("its metadata has \(bytes.count) bytes") }
      let message = try ArrowMessage(Array(bytes[prefix...]))
      let start = block.offset + block.metadataLength
      guard message.bodyLength <= file.size - start else {
        throw ArrowFault("its body of \(message.bodyLength) bytes goes beyond the end of the file")
      }
      return (message, start)
    } catch {
      throw error.at(block.offset, of: name)
    }
  }
}

/// A record batch of which some rows are not handed out yet.
struct PendingBatch: Sendable {
  private let slots: [ArrowSlot]
  private let body: ArrowBody
  private let offset: Int
  private var ranges: ArraySlice<Range<Int>>

  init(
    _ slots: [ArrowSlot], _ batch: ArrowRecordBatch, _ storage: ArrowBody.Storage, length: Int, offset: Int
  ) {
    self.slots = slots
    body = ArrowBody(storage, length: length, of: batch)
    ranges = ArrowChunk.ranges(of: batch)[...]
    self.offset = offset
  }

  mutating func next(
    _ columns: [ArrowSchema.Column], _ dictionaries: [Int64: ArrowDictionary], _ name: String
  ) -> ArrowChunk? {
    ranges.popFirst().map { rows in
      ArrowChunk(
        name: name, offset: offset, columns: columns, slots: slots, body: body, dictionaries: dictionaries, rows: rows)
    }
  }
}
