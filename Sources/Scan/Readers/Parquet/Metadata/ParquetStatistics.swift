/// What a file says about the values of one column in one row group (`Statistics` of parquet.thrift).
///
/// The older `min` and `max` are not read: writers disagreed about their order. Whether a bound is exact is not asked:
/// one that is not is wider, and proves less, but nothing wrong.
struct ParquetStatistics: Sendable {
  /// How many rows the row group has.
  var rowCount: Int
  /// How many of the column's values are null; nil when the file does not say.
  var nullCount: Int?
  /// A bound that no value lies below, PLAIN-encoded without a length; nil when the file does not say.
  var minimum: [UInt8]?
  /// A bound that no value lies above.
  var maximum: [UInt8]?

  init(rowCount: Int) { self.rowCount = rowCount }

  mutating func read(_ reader: inout ThriftReader, _ kind: ThriftReader.Kind) throws(ThriftFault) {
    try reader.expect(.structure, kind)
    var id = 0
    while let kind = try reader.field(&id) {
      switch id {
      case 3: nullCount = try reader.integer(kind)
      case 5: maximum = try reader.binary(kind)
      case 6: minimum = try reader.binary(kind)
      default: try reader.skip(kind)
      }
    }
  }

  /// What of it can be trusted about the rows; nil when that is too little, so that the column is read.
  func column(_ leaf: ParquetLeaf) -> ColumnStatistics? {
    // Of a leaf inside of something that is null itself, writers did not agree on what counts as a null.
    let ownLevels = leaf.isOptional ? 1 : 0
    guard leaf.maximumRepetition == 0, leaf.maximumDefinition == ownLevels else { return nil }
    guard let nulls = nullCount ?? (leaf.isOptional ? nil : 0) else { return nil }
    guard 0...(leaf.isOptional ? rowCount : 0) ~= nulls else { return nil }
    return ColumnStatistics(leaf.type, nullCount: nulls, extremes: extremes(leaf))
  }

  private func extremes(_ leaf: ParquetLeaf) -> StoredColumn? {
    guard let low = minimum.flatMap({ Self.integer($0, leaf) }), let high = maximum.flatMap({ Self.integer($0, leaf) })
    else { return nil }
    switch leaf.type {
    case .boolean, .integer, .date, .timestamp:
      let isValid = CellState.valid.rawValue
      return .integers(Column(values: [low, high], states: [isValid, isValid]))
    case .decimal:
      let format = ValueFormat(leaf, isJSON: false)
      var text = TextColumn()
      for value in [low, high] {
        text.starts.append(Int32(text.bytes.count))
        format.append(value, to: &text.bytes)
        text.ends.append(Int32(text.bytes.count))
      }
      return .texts(text)
    default: return nil
    }
  }

  /// A value whose order is that of integers; nil when it is no such, or not as long as its type is.
  private static func integer(_ bytes: [UInt8], _ leaf: ParquetLeaf) -> Int64? {
    switch (leaf.physical, bytes.count) {
    case (.boolean, 1): return bytes[0] <= 1 ? Int64(bytes[0]) : nil
    case (.int32, 4):
      let bits = UInt32(truncatingIfNeeded: PageBytes.littleEndian(bytes, 0, 4))
      if case .integer(_, isSigned: false) = leaf.type { return Int64(bits) }
      return Int64(Int32(bitPattern: bits))
    case (.int64, 8): return Int64(bitPattern: PageBytes.littleEndian(bytes, 0, 8))
    default: return nil
    }
  }
}
