/// The metadata of one message (`Message.fbs`), whose body follows it in the file.
struct ArrowMessage: Sendable {
  enum Header: Sendable {
    case schema(ArrowSchema)
    case recordBatch(ArrowRecordBatch)
    case dictionary(id: Int64, isDelta: Bool, ArrowRecordBatch)
    /// A tensor: nothing of a table.
    case other
  }

  var header: Header
  var bodyLength: Int

  init(_ bytes: [UInt8]) throws(ArrowFault) {
    let table = try FlatTable(root: bytes)
    let version = try table.number(0, default: Int16(0))
    guard version >= 3 else {
      throw ArrowFault("it has the metadata version \(version + 1), from before Arrow 0.8; versions 4 and 5 are read")
    }
    let length = try table.number(3, default: Int64(0))
    guard length >= 0 else { throw ArrowFault("its body has \(length) bytes") }
    bodyLength = Int(length)
    guard let content = try table.table(2) else { throw ArrowFault("it has no header") }
    switch try table.number(1, default: UInt8(0)) {
    case 1: header = .schema(try ArrowSchema(content))
    case 2:
      guard let data = try content.table(1) else { throw ArrowFault("a dictionary has no data") }
      header = .dictionary(
        id: try content.number(0, default: Int64(0)), isDelta: try content.flag(2),
        try ArrowRecordBatch(data, version: version))
    case 3: header = .recordBatch(try ArrowRecordBatch(content, version: version))
    default: header = .other
    }
  }
}

/// Where the buffers of a record batch lie in its body.
struct ArrowRecordBatch: Sendable {
  enum Codec: Int8, Sendable {
    case lz4 = 0
    case zstd = 1
  }

  var rowCount: Int
  /// The length and the number of nulls of every field, those inside others too.
  private(set) var nodes: [(length: Int, nulls: Int)] = []
  /// Offsets and lengths, not yet compared with the body.
  private(set) var buffers: [(offset: Int, length: Int)] = []
  private(set) var viewBufferCounts: [Int] = []
  private(set) var codec: Codec?
  /// Unions had a validity buffer before the metadata version 5.
  let unionsHaveValidity: Bool

  init(_ table: FlatTable, version: Int16) throws(ArrowFault) {
    rowCount = try Self.length(try table.number(0, default: Int64(0)))
    unionsHaveValidity = version < 4
    let nodeWords = try table.words(1, perElement: 2)
    for index in stride(from: 0, to: nodeWords.count, by: 2) {
      nodes.append((try Self.length(nodeWords[index]), Int(nodeWords[index + 1])))
    }
    let bufferWords = try table.words(2, perElement: 2)
    for index in stride(from: 0, to: bufferWords.count, by: 2) {
      guard bufferWords[index] >= 0, bufferWords[index + 1] >= 0 else { throw .outside }
      buffers.append((Int(bufferWords[index]), Int(bufferWords[index + 1])))
    }
    for count in try table.words(4, perElement: 1) {
      guard count >= 0, count <= buffers.count else { throw .outside }
      viewBufferCounts.append(Int(count))
    }
    if let compression = try table.table(3) {
      let number = try compression.number(0, default: Int8(0))
      guard let known = Codec(rawValue: number), try compression.number(1, default: Int8(0)) == 0 else {
        throw ArrowFault("its buffers are compressed with the codec number \(number), which is unknown")
      }
      codec = known
    }
  }

  /// Where a buffer lies; nil for one that lies nowhere, because its end is no number.
  func place(of buffer: Int) -> Range<Int>? {
    let (offset, length) = buffers[buffer]
    let (end, overflows) = offset.addingReportingOverflow(length)
    return overflows ? nil : offset..<end
  }

  /// Row counts have to fit the 32 bits of most offsets, also where no buffer bounds them.
  private static func length(_ count: Int64) throws(ArrowFault) -> Int {
    guard count >= 0 else { throw ArrowFault("it has \(count) rows") }
    guard count <= Int32.max else { throw ArrowFault("it has \(count) rows, more than 2^31", kind: .limit) }
    return Int(count)
  }
}

/// The end of a file (`File.fbs`): its schema, and where its messages lie.
struct ArrowFooter: Sendable {
  struct Block: Sendable {
    var offset: Int
    var metadataLength: Int
  }

  var schema: ArrowSchema
  var dictionaries: [Block]
  var recordBatches: [Block]

  init(_ bytes: [UInt8]) throws(ArrowFault) {
    let table = try FlatTable(root: bytes)
    guard let schema = try table.table(1) else { throw ArrowFault("there is no schema") }
    self.schema = try ArrowSchema(schema)
    dictionaries = Self.blocks(try table.words(2, perElement: 3))
    recordBatches = Self.blocks(try table.words(3, perElement: 3))
  }

  /// A block is an offset, a length of 32 bits with 4 bytes of padding, and the length of the body.
  private static func blocks(_ words: [Int64]) -> [Block] {
    stride(from: 0, to: words.count, by: 3).map { index in
      Block(offset: Int(words[index]), metadataLength: Int(Int32(truncatingIfNeeded: words[index + 1])))
    }
  }
}
