/// The head of a page (`PageHeader` of parquet.thrift).
struct PageHeader {
  enum Kind {
    case data
    case dataV2
    case dictionary
    /// An index page, or one that this version does not know: it is skipped.
    case other
  }

  var kind = Kind.other
  var uncompressedSize = -1
  var compressedSize = -1
  /// CRC-32 of the page as it is stored; nil when the writer left it out.
  var checksum: UInt32?
  /// How many values the page has, nulls included.
  var valueCount = 0
  var encoding = -1
  var definitionEncoding = PageEncoding.runs.rawValue
  var repetitionEncoding = PageEncoding.runs.rawValue
  /// Version 2: the levels' bytes, which are never compressed.
  var definitionSize = 0
  var repetitionSize = 0
  var isCompressed = true
  /// Version 2: how many rows the page has; nil when it cannot be.
  var rowCount: Int?
  /// Where the page's bytes begin in the file.
  var bodyOffset = 0

  init(_ reader: inout ThriftReader) throws(ThriftFault) {
    var id = 0
    while let kind = try reader.field(&id) {
      switch id {
      case 1: self.kind = try Self.kind(reader.integer(kind))
      case 2: uncompressedSize = try reader.integer(kind)
      case 3: compressedSize = try reader.integer(kind)
      case 4: checksum = try UInt32(truncatingIfNeeded: reader.integer(kind))
      case 5, 7: try readData(&reader, kind)
      case 8: try readDataV2(&reader, kind)
      default: try reader.skip(kind)
      }
    }
  }

  private static func kind(_ number: Int) -> Kind {
    switch number {
    case 0: .data
    case 2: .dictionary
    case 3: .dataV2
    default: .other
    }
  }

  /// The head of a data page; that of a dictionary page is its beginning.
  private mutating func readData(_ reader: inout ThriftReader, _ kind: ThriftReader.Kind) throws(ThriftFault) {
    try reader.expect(.structure, kind)
    var id = 0
    while let kind = try reader.field(&id) {
      switch id {
      case 1: valueCount = try reader.integer(kind)
      case 2: encoding = try reader.integer(kind)
      case 3 where self.kind == .data: definitionEncoding = try reader.integer(kind)
      case 4 where self.kind == .data: repetitionEncoding = try reader.integer(kind)
      default: try reader.skip(kind)
      }
    }
  }

  private mutating func readDataV2(_ reader: inout ThriftReader, _ kind: ThriftReader.Kind) throws(ThriftFault) {
    try reader.expect(.structure, kind)
    var id = 0
    while let kind = try reader.field(&id) {
      switch id {
      case 1: valueCount = try reader.integer(kind)
      case 3: rowCount = try reader.integer(kind)
      case 4: encoding = try reader.integer(kind)
      case 5: definitionSize = try reader.integer(kind)
      case 6: repetitionSize = try reader.integer(kind)
      case 7: isCompressed = try reader.boolean(kind)
      default: try reader.skip(kind)
      }
    }
    if let rows = rowCount, !(0...max(0, valueCount) ~= rows) { rowCount = nil }
  }
}

/// How the values of a page are written (Encodings.md).
enum PageEncoding: Int {
  case plain = 0
  case plainDictionary = 2
  case runs = 3
  case bitPacked = 4
  case delta = 5
  case deltaLength = 6
  case deltaBytes = 7
  case dictionary = 8
  case byteStreamSplit = 9
}
