import TestSupport

@testable import Scan

/// Writes the Thrift compact protocol, as plainly as possible.
struct ThriftBytes {
  private(set) var bytes: [UInt8] = []
  private var last: [Int] = [0]

  mutating func integer(_ id: Int, _ value: Int) {
    head(id, 6)
    bytes += Self.varint(Self.zigzag(Int64(value)))
  }

  mutating func boolean(_ id: Int, _ value: Bool) { head(id, value ? 1 : 2) }

  mutating func binary(_ id: Int, _ value: [UInt8]) {
    head(id, 8)
    bytes += Self.varint(UInt64(value.count)) + value
  }

  mutating func text(_ id: Int, _ value: String) { binary(id, Array(value.utf8)) }

  mutating func structure(_ id: Int, _ body: (inout ThriftBytes) -> Void) {
    head(id, 12)
    element(body)
  }

  mutating func list(_ id: Int, count: Int, _ element: (inout ThriftBytes, Int) -> Void) {
    listHead(id, count, of: 12)
    for index in 0..<count { self.element { element(&$0, index) } }
  }

  mutating func integers(_ id: Int, _ values: [Int]) {
    listHead(id, values.count, of: 6)
    for value in values { bytes += Self.varint(Self.zigzag(Int64(value))) }
  }

  mutating func booleans(_ id: Int, _ values: [Bool]) {
    listHead(id, values.count, of: 2)
    bytes += values.map { $0 ? 1 : 2 }
  }

  mutating func binaries(_ id: Int, _ values: [[UInt8]]) {
    listHead(id, values.count, of: 8)
    for value in values { bytes += Self.varint(UInt64(value.count)) + value }
  }

  private mutating func listHead(_ id: Int, _ count: Int, of kind: UInt8) {
    head(id, 9)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind)
    } else {
      bytes += [0xF0 | kind] + Self.varint(UInt64(count))
    }
  }

  /// A structure without a head: an element of a list or the outermost one.
  mutating func element(_ body: (inout ThriftBytes) -> Void) {
    last.append(0)
    body(&self)
    bytes.append(0)
    last.removeLast()
  }

  private mutating func head(_ id: Int, _ kind: UInt8) {
    let delta = id - last[last.count - 1]
    if 1...15 ~= delta {
      bytes.append(UInt8(delta) << 4 | kind)
    } else {
      bytes += [kind] + Self.varint(Self.zigzag(Int64(id)))
    }
    last[last.count - 1] = id
  }

  static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }

  static func varint(_ value: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}

/// A Parquet file put together by hand.
struct ParquetBytes {
  struct Element {
    var name: String
    /// 0 required, 1 optional, 2 repeated.
    var repetition = 0
    var physical: PhysicalType?
    var length = 0
    var converted: Int?
    var precision: Int?
    var scale: Int?
    var children = 0
    /// The member of the union `LogicalType`, when it has no fields.
    var logical: Int?
  }

  struct Page {
    enum Kind { case data, dataV2(definition: Int, repetition: Int, isCompressed: Bool), dictionary }

    var kind = Kind.data
    var count: Int
    var encoding = PageEncoding.plain
    var levelEncoding = PageEncoding.runs
    /// The bytes as they are stored.
    var bytes: [UInt8]
    /// How many they are once decompressed; nil when they are not compressed.
    var size: Int?
    var checksum: Int?
  }

  struct Chunk {
    var pages: [Page]
    var codec = 0
    var path: String?
    /// When it differs from the sum of the pages.
    var valueCount: Int?
    var uncompressedSize = 100
    var statistics: Statistics?
    var index: Index?
  }

  /// The column index and the offset index, a place in each list for every page.
  struct Index {
    var firstRows: [Int]
    var areNull: [Bool]
    var minima: [[UInt8]]
    var maxima: [[UInt8]]
    var nulls: [Int]?
    /// Where the column index begins, when not where it does.
    var offset: Int?
  }

  struct Statistics {
    var nulls: Int?
    var minimum: [UInt8]?
    var maximum: [UInt8]?
    /// The older `min` and `max`, in an order that nobody knows.
    var deprecated: (minimum: [UInt8], maximum: [UInt8])?
    var isExact: Bool?
  }

  struct Group {
    var rows: Int
    var chunks: [Chunk]
  }

  var elements: [Element]
  var groups: [Group]
  /// For every leaf the member of the union `ColumnOrder`; nil for none at all.
  var orders: [Int]?

  /// A table of flat columns.
  init(_ elements: [Element], _ groups: [Group]) {
    self.elements = [Element(name: "schema", children: elements.count)] + elements
    self.groups = groups
  }

  /// A table of one column and one row group.
  init(_ element: Element, rows: Int, codec: Int = 0, _ pages: [Page]) {
    self.init([element], [Group(rows: rows, chunks: [Chunk(pages: pages, codec: codec)])])
  }

  /// A table with a schema of any shape, without its root; `fields` is how many elements are at its top.
  init(tree: [Element], fields: Int, rows: Int, _ chunks: [[Page]]) {
    elements = [Element(name: "schema", children: fields)] + tree
    groups = [Group(rows: rows, chunks: chunks.map { Chunk(pages: $0) })]
  }

  var file: [UInt8] {
    var file = Array("PAR1".utf8)
    var places: [[(data: Int, dictionary: Int?, size: Int)]] = []
    for group in groups {
      places.append([])
      for chunk in group.chunks {
        let start = file.count
        var data: Int?
        var dictionary: Int?
        for page in chunk.pages {
          if case .dictionary = page.kind { dictionary = dictionary ?? file.count } else { data = data ?? file.count }
          file += Self.header(page) + page.bytes
        }
        places[places.count - 1].append((data ?? start, dictionary, file.count - start))
      }
    }
    var indexes: [[[Int]]] = []
    for group in groups {
      indexes.append([])
      for chunk in group.chunks {
        guard let index = chunk.index else {
          indexes[indexes.count - 1].append([])
          continue
        }
        let (offsets, columns) = (Self.offsets(index), Self.columns(index))
        indexes[indexes.count - 1].append([
          file.count, offsets.count, index.offset ?? file.count + offsets.count, columns.count,
        ])
        file += offsets + columns
      }
    }
    let footer = self.footer(places, indexes)
    return file + footer + Self.number(footer.count, 4) + Array("PAR1".utf8)
  }

  private static func offsets(_ index: Index) -> [UInt8] {
    var thrift = ThriftBytes()
    thrift.element { body in
      body.list(1, count: index.firstRows.count) { page, number in
        page.integer(1, 4)
        page.integer(2, 10)
        page.integer(3, index.firstRows[number])
      }
    }
    return thrift.bytes
  }

  private static func columns(_ index: Index) -> [UInt8] {
    var thrift = ThriftBytes()
    thrift.element { body in
      body.booleans(1, index.areNull)
      body.binaries(2, index.minima)
      body.binaries(3, index.maxima)
      body.integer(4, 0)
      if let nulls = index.nulls { body.integers(5, nulls) }
    }
    return thrift.bytes
  }

  private func footer(_ places: [[(data: Int, dictionary: Int?, size: Int)]], _ indexes: [[[Int]]]) -> [UInt8] {
    var thrift = ThriftBytes()
    let physicals = elements.compactMap(\.physical)
    thrift.element { footer in
      footer.integer(1, 2)
      footer.list(2, count: elements.count) { Self.write(elements[$1], to: &$0) }
      footer.integer(3, groups.reduce(0) { $0 + $1.rows })
      footer.list(4, count: groups.count) { thrift, group in
        thrift.list(1, count: groups[group].chunks.count) { thrift, index in
          let chunk = groups[group].chunks[index]
          if let path = chunk.path { thrift.text(1, path) }
          thrift.integer(2, 4)
          thrift.structure(3) { metadata in
            metadata.integer(1, physicals[index].rawValue)
            metadata.integer(4, chunk.codec)
            let values = chunk.pages.reduce(0) { sum, page in
              if case .dictionary = page.kind { sum } else { sum + page.count }
            }
            metadata.integer(5, chunk.valueCount ?? values)
            metadata.integer(6, chunk.uncompressedSize)
            metadata.integer(7, places[group][index].size)
            metadata.integer(9, places[group][index].data)
            if let dictionary = places[group][index].dictionary { metadata.integer(11, dictionary) }
            if let statistics = chunk.statistics { metadata.structure(12) { Self.write(statistics, to: &$0) } }
          }
          for (id, value) in indexes[group][index].enumerated() { thrift.integer(4 + id, value) }
        }
        thrift.integer(2, 100)
        thrift.integer(3, groups[group].rows)
      }
      footer.text(6, "by hand")
      if let orders { footer.list(7, count: orders.count) { $0.structure(orders[$1]) { _ in } } }
    }
    return thrift.bytes
  }

  private static func write(_ statistics: Statistics, to thrift: inout ThriftBytes) {
    if let (minimum, maximum) = statistics.deprecated {
      thrift.binary(1, maximum)
      thrift.binary(2, minimum)
    }
    if let nulls = statistics.nulls { thrift.integer(3, nulls) }
    if let maximum = statistics.maximum { thrift.binary(5, maximum) }
    if let minimum = statistics.minimum { thrift.binary(6, minimum) }
    if let isExact = statistics.isExact {
      thrift.boolean(7, isExact)
      thrift.boolean(8, isExact)
    }
  }

  private static func write(_ element: Element, to thrift: inout ThriftBytes) {
    if let physical = element.physical { thrift.integer(1, physical.rawValue) }
    if element.length > 0 { thrift.integer(2, element.length) }
    thrift.integer(3, element.repetition)
    thrift.text(4, element.name)
    if element.children > 0 { thrift.integer(5, element.children) }
    if let converted = element.converted { thrift.integer(6, converted) }
    if let scale = element.scale { thrift.integer(7, scale) }
    if let precision = element.precision { thrift.integer(8, precision) }
    if let logical = element.logical { thrift.structure(10) { $0.structure(logical) { _ in } } }
  }

  private static func header(_ page: Page) -> [UInt8] {
    var thrift = ThriftBytes()
    thrift.element { header in
      switch page.kind {
      case .data: header.integer(1, 0)
      case .dictionary: header.integer(1, 2)
      case .dataV2: header.integer(1, 3)
      }
      header.integer(2, page.size ?? page.bytes.count)
      header.integer(3, page.bytes.count)
      if let checksum = page.checksum { header.integer(4, Int(Int32(truncatingIfNeeded: checksum))) }
      switch page.kind {
      case .data:
        header.structure(5) { data in
          data.integer(1, page.count)
          data.integer(2, page.encoding.rawValue)
          data.integer(3, page.levelEncoding.rawValue)
          data.integer(4, page.levelEncoding.rawValue)
        }
      case .dictionary:
        header.structure(7) { dictionary in
          dictionary.integer(1, page.count)
          dictionary.integer(2, page.encoding.rawValue)
        }
      case .dataV2(let definition, let repetition, let isCompressed):
        header.structure(8) { data in
          data.integer(1, page.count)
          data.integer(4, page.encoding.rawValue)
          data.integer(5, definition)
          data.integer(6, repetition)
          data.boolean(7, isCompressed)
        }
      }
    }
    return thrift.bytes
  }

  /// A number with its lowest byte first.
  static func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

/// What readers find in files that are made of bytes.
enum ParquetFile {
  /// Opens a file with these bytes.
  static func reader(_ bytes: [UInt8], maximumPageBytes: Int = 1 << 20) throws -> ParquetReader {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: "table.parquet")
    // The file stays readable after its folder is gone.
    return try ParquetReader(
      try RandomAccessFile(path: path, displayedAs: "table.parquet"), maximumPageBytes: maximumPageBytes)
  }

  /// All rows of all columns that are supported, as text.
  static func rows(_ bytes: [UInt8], maximumPageBytes: Int = 1 << 20) throws -> [[String]] {
    try rows(try reader(bytes, maximumPageBytes: maximumPageBytes))
  }

  static func rows(_ reader: ParquetReader) throws -> [[String]] {
    var reader = reader
    let columns = reader.fields.indices.filter {
      if case .unsupported = reader.fields[$0].type { false } else { true }
    }
    var rows: [[String]] = columns.map { _ in [] }
    var batch = Batch()
    while let chunk = try reader.nextChunk(of: columns) {
      try chunk.decode(into: &batch) { batch throws(ScanError) in
        for column in columns.indices {
          for row in 0..<batch.rowCount { rows[column].append(text(batch.stored[column], row)) }
        }
      }
    }
    return rows
  }

  static func text(_ column: StoredColumn, _ row: Int) -> String {
    switch column {
    case .texts(let texts), .tokens(let texts, _):
      texts.range(row).map { String(decoding: texts.bytes[$0], as: UTF8.self) } ?? "null"
    case .integers(let integers): text(integers, row)
    case .numbers(let numbers): text(numbers, row)
    }
  }

  private static func text<Value>(_ column: Column<Value>, _ row: Int) -> String {
    switch column.states[row] {
    case CellState.valid.rawValue: "\(column.values[row])"
    case CellState.null.rawValue: "null"
    default: "malformed"
    }
  }
}
