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

  /// - Parameter isOrdered: whether bounds of the values mean what the type says; otherwise they are forgotten.
  init(_ reader: inout ThriftReader, rowCount: Int, isOrdered: Bool) throws(ThriftFault) {
    statistics = ParquetStatistics(rowCount: rowCount)
    var id = 0
    while let kind = try reader.field(&id) {
      switch id {
      case 1: path = try reader.text(kind)
      case 3: try readMetadata(&reader, kind)
      case 8:
        isEncrypted = true
        try reader.skip(kind)
      default: try reader.skip(kind)
      }
    }
    if !isOrdered { (statistics.minimum, statistics.maximum) = (nil, nil) }
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
