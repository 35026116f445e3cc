/// The metadata at the end of a file (`FileMetaData` of parquet.thrift).
///
/// The schema is read at once. Of the row groups only the places are noted: what they say about their columns is read
/// when it is needed, and for the required columns only.
struct ParquetFooter: Sendable {
  struct RowGroup: Sendable {
    var rowCount = 0
    /// Where in the footer its column chunks are listed.
    var columns = 0
    var columnCount = 0
  }

  private(set) var schema: ParquetSchema
  private(set) var groups: [RowGroup] = []
  /// Of every leaf, whether the file says that its values are ordered as its type defines: without that nobody knows
  /// what its least and greatest values mean.
  private var areOrdered: [Bool] = []
  private let bytes: [UInt8]
  /// Where the footer begins in the file.
  private let offset: Int

  init(_ file: RandomAccessFile) throws(ScanError) {
    guard file.size >= 12 else { throw Self.malformed(file, "it is too short for a Parquet file", file.size) }
    let head = try file.read(0, 4)
    let tail = try file.read(file.size - 8, 8)
    let magic = Array("PAR1".utf8)
    guard head != Array("PARE".utf8), tail[4...] != Array("PARE".utf8)[...] else {
      throw ScanError(
        .unreadable, "\(file.name): the file is encrypted, which is not supported", hint: "decrypt it to a file first")
    }
    guard head == magic else { throw Self.malformed(file, "it does not begin with PAR1", 0) }
    guard tail[4...] == magic[...] else {
      throw Self.malformed(file, "it does not end with PAR1: it was not written to its end", file.size - 4)
    }
    let length = Int(PageBytes.littleEndian(tail, 0, 4))
    guard length <= file.size - 12 else {
      throw Self.malformed(file, "its footer claims \(length) bytes", file.size - 8)
    }
    offset = file.size - 8 - length
    bytes = try file.read(offset, length)
    do throws(ThriftFault) {
      var elements: [SchemaElement] = []
      var reader = ThriftReader(bytes, 0..<length)
      var id = 0
      while let kind = try reader.field(&id) {
        switch id {
        case 2:
          for _ in 0..<(try reader.list(of: .structure, kind)) { try elements.append(SchemaElement(&reader)) }
        case 4:
          for _ in 0..<(try reader.list(of: .structure, kind)) { try groups.append(RowGroup(&reader)) }
        case 7:
          for _ in 0..<(try reader.list(of: .structure, kind)) { try areOrdered.append(Self.isTypeOrder(&reader)) }
        default: try reader.skip(kind)
        }
      }
      schema = try ParquetSchema(elements)
      for index in groups.indices { try check(index) }
    } catch {
      throw Self.malformed(file, "its footer is not readable: \(error.what)", offset + error.position)
    }
  }

  /// Reads a `ColumnOrder`, a union whose first member is the order that the type defines.
  private static func isTypeOrder(_ reader: inout ThriftReader) throws(ThriftFault) -> Bool {
    var isTypeOrder = false
    var id = 0
    while let kind = try reader.field(&id) {
      isTypeOrder = id == 1
      try reader.skip(kind)
    }
    return isTypeOrder
  }

  private func isOrdered(_ leaf: Int) -> Bool { areOrdered.count == schema.leafCount && areOrdered[leaf] }

  private func check(_ index: Int) throws(ThriftFault) {
    let group = groups[index]
    // Pages count their values in 32 bits; a row group that claims more rows is not believed.
    guard 0...Int(Int32.max) ~= group.rowCount else {
      throw ThriftFault(what: "row group \(index) claims \(group.rowCount) rows", position: group.columns)
    }
    guard group.columnCount == schema.leafCount else {
      let what = "row group \(index) has \(group.columnCount) columns, and the schema \(schema.leafCount)"
      throw ThriftFault(what: what, position: group.columns)
    }
  }

  /// The column chunks of the leaves of some columns in one row group.
  func chunks(
    of columns: [ParquetColumn], in group: Int, fileName: String
  ) throws(ScanError) -> [[ColumnChunk]] {
    let row = groups[group]
    var chunks: [[ColumnChunk]] = columns.map { _ in [] }
    // Leaves of all columns, by their number, so that the list is walked once.
    var wanted: [Int: [(column: Int, leaf: ParquetLeaf)]] = [:]
    for (index, column) in columns.enumerated() {
      for leaf in column.leaves { wanted[leaf.index, default: []].append((index, leaf)) }
    }
    guard let last = wanted.keys.max() else { return chunks }
    var reader = ThriftReader(bytes, row.columns..<bytes.count)
    for leaf in 0...last {
      let chunk: ColumnChunk
      do throws(ThriftFault) {
        guard wanted[leaf] != nil else {
          try reader.skip(.structure)
          continue
        }
        chunk = try ColumnChunk(&reader, rowCount: row.rowCount, isOrdered: isOrdered(leaf))
      } catch {
        let what = "row group \(group) is not readable: \(error.what) at offset \(offset + error.position)"
        throw ScanError(.malformed, "\(fileName): \(what)")
      }
      for taker in wanted[leaf] ?? [] {
        try check(chunk, taker.leaf, row, PagePlace(file: fileName, column: taker.leaf.name, rowGroup: group))
        chunks[taker.column].append(chunk)
      }
    }
    return chunks
  }

  private func check(
    _ chunk: ColumnChunk, _ leaf: ParquetLeaf, _ group: RowGroup, _ place: PagePlace
  ) throws(ScanError) {
    func refuse(_ what: String, _ kind: ScanError.Kind = .malformed) -> ScanError {
      ScanError(kind, "\(place.file): column \(place.column), row group \(place.rowGroup): \(what) at offset \(offset)")
    }
    if let path = chunk.path, !path.isEmpty { throw refuse("its pages are in another file, \(path)", .unreadable) }
    if chunk.isEncrypted { throw refuse("it is encrypted, which is not supported", .unreadable) }
    guard chunk.hasMetadata else { throw refuse("it has no metadata") }
    guard chunk.physical == leaf.physical.rawValue else { throw refuse("its type is not that of the schema") }
    guard leaf.maximumRepetition > 0 || chunk.valueCount == group.rowCount else {
      throw refuse("it has \(chunk.valueCount) values in \(group.rowCount) rows")
    }
  }

  private static func malformed(_ file: RandomAccessFile, _ what: String, _ offset: Int) -> ScanError {
    ScanError(.malformed, "\(file.name): \(what) at offset \(offset)", hint: "the file is damaged or no Parquet file")
  }
}

extension ParquetFooter.RowGroup {
  init(_ reader: inout ThriftReader) throws(ThriftFault) {
    var id = 0
    while let kind = try reader.field(&id) {
      switch id {
      case 1:
        columnCount = try reader.list(of: .structure, kind)
        columns = reader.position
        for _ in 0..<columnCount { try reader.skip(.structure) }
      case 3: rowCount = try reader.integer(kind)
      default: try reader.skip(kind)
      }
    }
  }
}
