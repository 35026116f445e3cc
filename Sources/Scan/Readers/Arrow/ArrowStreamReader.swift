/// Reads Arrow's IPC stream format: messages one after the other, as they come through a pipe.
package struct ArrowStreamReader: TableReader {
  package private(set) var fields: [Field] = []
  package var name: String { source.name }

  private var source: any ByteSource
  private var schema: ArrowSchema
  private var dictionaries: ArrowDictionaries
  private var batch: PendingBatch?
  private var expansion = ArrowExpansion()
  private var offset = 0
  private var atEnd = false
  private let temporaryFolder: String
  /// What a message may have at most. Its bytes are read as they come, so a wrong length takes no memory.
  private static let maximumBytes = Int(Int32.max)
  private static let readBytes = 1 << 20
  /// What is kept of a body in memory: as many bodies as threads may be kept at once.
  private static let bodyMemory = 32 << 20
  /// What is reserved at once for bytes that are still to come.
  private static let reservedBytes = 64 << 20

  /// How a stream begins that writers since Arrow 0.15 have made.
  package static let signature: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]

  /// Reads the schema.
  ///
  /// - Parameter temporaryFolder: where record batches are kept that are too large for the memory.
  package init(_ source: any ByteSource, temporaryFolder: String = "/tmp") throws(ScanError) {
    self.source = source
    self.temporaryFolder = temporaryFolder
    var offset = 0
    guard let bytes = try Self.nextMetadata(&self.source, &offset) else {
      throw ScanError(.malformed, "\(source.name) is empty", hint: "an Arrow stream begins with its schema")
    }
    do throws(ArrowFault) {
      guard case .schema(let schema) = try ArrowMessage(bytes).header else {
        throw ArrowFault("a stream begins with its schema, and this does not")
      }
      self.schema = schema
    } catch {
      throw error.at(0, of: source.name)
    }
    self.offset = offset
    dictionaries = ArrowDictionaries(schema)
    fields = schema.columns.map { Field($0.name, $0.field.storedType) }
  }

  package mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
    try refuseUnread(columns)
    let (name, columns) = (name, columns.map { schema.columns[$0] })
    dictionaries.needed = Set(columns.flatMap(\.field.dictionaries))
    while true {
      if let chunk = batch?.next(columns, dictionaries.byID, name) { return chunk }
      guard try readMessage(for: columns) else { return nil }
    }
  }

  /// Reads a message, and of its body what the columns need; false at the end of the stream.
  private mutating func readMessage(for columns: [ArrowSchema.Column]) throws(ScanError) -> Bool {
    let start = offset
    guard !atEnd, let bytes = try Self.nextMetadata(&source, &offset) else {
      atEnd = true
      return false
    }
    do throws(ArrowFault) {
      let message = try ArrowMessage(bytes)
      guard message.bodyLength <= Self.maximumBytes else {
        throw ArrowFault("its body has \(message.bodyLength) bytes, more than 2 GiB", kind: .limit)
      }
      let length = message.bodyLength
      switch message.header {
      case .recordBatch(let content):
        try expansion.add(content.rowCount, length: length)
        let slots = try ArrowSlot.slots(of: schema.fields, in: content)
        let needed = columns.flatMap { slots[$0.path[0]].buffers(at: $0.path.dropFirst()) }
        let body = try readBody(length, needed.compactMap(content.place(of:)))
        batch = PendingBatch(slots, content, .memory(body), length: length, offset: start)
      case .dictionary(let id, let isDelta, let content):
        let isNeeded = dictionaries.needed.contains(id)
        let body = try readBody(length, isNeeded ? content.buffers.indices.compactMap(content.place(of:)) : [])
        try dictionaries.update(id, isDelta: isDelta, content, .memory(body), length: length)
      case .schema: throw ArrowFault("it is a second schema")
      case .other: _ = try readBody(length, [])
      }
    } catch {
      throw error.at(start, of: name)
    }
    return true
  }

  private mutating func readBody(_ length: Int, _ ranges: [Range<Int>]) throws(ArrowFault) -> ArrowBodyParts {
    do throws(ScanError) {
      return try ArrowBodyParts(
        ranges, ofBodyWith: length, memory: Self.bodyMemory, spillingTo: temporaryFolder
      ) { count throws(ScanError) in try Self.read(count, of: &source, &offset) }
    } catch {
      throw ArrowFault(error)
    }
  }

  /// The metadata of the next message; nil at the end of the stream, which is a length of zero or nothing at all.
  private static func nextMetadata(_ source: inout any ByteSource, _ offset: inout Int) throws(ScanError) -> [UInt8]? {
    let start = offset
    var prefix: [UInt8] = []
    guard try source.read(1, into: &prefix) == 1 else { return nil }
    offset += 1
    prefix += try read(3, of: &source, &offset)
    if prefix == signature { prefix = try read(4, of: &source, &offset) }
    let length = Int(ArrowBytes(array: prefix, range: 0..<4).load(0) as Int32)
    guard length >= 0 else {
      throw ScanError(.malformed, "\(source.name): an Arrow message of \(length) bytes at offset \(start)")
    }
    return length == 0 ? nil : try read(length, of: &source, &offset)
  }

  private static func read(
    _ count: Int, of source: inout any ByteSource, _ offset: inout Int
  ) throws(ScanError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(count, reservedBytes))
    while bytes.count < count {
      let taken = try source.read(min(count - bytes.count, readBytes), into: &bytes)
      offset += taken
      guard taken > 0 else {
        throw ScanError(
          .malformed, "\(source.name): the Arrow stream ends in the middle of a message, at offset \(offset)",
          hint: "it was cut off; fetch or write it again")
      }
    }
    return bytes
  }
}
