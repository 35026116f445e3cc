/// Where the pages of one column in one row group lie.
struct ColumnChunk: Sendable {
  /// Another file that has the pages.
  var path: String?
  var isEncrypted = false
  var hasMetadata = false
  var physical = -1
  var codec = 0
  var valueCount = 0
  var uncompressedSize = 0
  var compressedSize = 0
  var dataOffset = 0
  var dictionaryOffset: Int?
  var statistics: ParquetStatistics
  /// Whether bounds of the values mean what the type says.
  let isOrdered: Bool
  /// Where in the file the indexes of its pages are; nil when it has none.
  private(set) var offsetIndex: Range<Int>?
  private(set) var columnIndex: Range<Int>?

  /// - Parameter isOrdered: whether bounds of the values mean what the type says; otherwise they are forgotten.
  init(_ reader: inout ThriftReader, rowCount: Int, isOrdered: Bool) throws(ThriftFault) {
    statistics = ParquetStatistics(rowCount: rowCount)
    self.isOrdered = isOrdered
    // The first byte and the length of each index, by the numbers of their fields.
    var places = [Int](repeating: 0, count: 4)
    var id = 0
    while let kind = try reader.field(&id) {
      switch id {
      case 1: path = try reader.text(kind)
      case 3: try readMetadata(&reader, kind)
      case 4...7: places[id - 4] = try reader.integer(kind)
      case 8:
        isEncrypted = true
        try reader.skip(kind)
      default: try reader.skip(kind)
      }
    }
    offsetIndex = Self.range(places[0], places[1])
    columnIndex = Self.range(places[2], places[3])
    if !isOrdered { (statistics.minimum, statistics.maximum) = (nil, nil) }
  }

  private static func range(_ start: Int, _ length: Int) -> Range<Int>? {
    let (end, isTooFar) = start.addingReportingOverflow(length)
    return start > 0 && length > 0 && !isTooFar ? start..<end : nil
  }

  private mutating func readMetadata(_ reader: inout ThriftReader, _ kind: ThriftReader.Kind) throws(ThriftFault) {
    try reader.expect(.structure, kind)
    hasMetadata = true
    var id = 0
    while let kind = try reader.field(&id) {
      switch id {
      case 1: physical = try reader.integer(kind)
      case 4: codec = try reader.integer(kind)
      case 5: valueCount = try reader.integer(kind)
      case 6: uncompressedSize = try reader.integer(kind)
      case 7: compressedSize = try reader.integer(kind)
      case 9: dataOffset = try reader.integer(kind)
      case 11: dictionaryOffset = try reader.integer(kind)
      case 12: try statistics.read(&reader, kind)
      default: try reader.skip(kind)
      }
    }
  }

  /// Where the pages begin: at the dictionary when there is one.
  var start: Int {
    guard let dictionaryOffset, dictionaryOffset > 0, dictionaryOffset < dataOffset else { return dataOffset }
    return dictionaryOffset
  }
}
