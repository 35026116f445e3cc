/// What a file says about the values of one column in one row group (`Statistics` of parquet.thrift), or in a page.
///
/// The older `min` and `max` are not read: writers disagreed about their order. Whether a bound is exact is not asked:
/// one that is not is wider, and proves less, but nothing wrong.
struct ParquetStatistics: Sendable {
  /// How many rows it is about.
  var rowCount: Int
  /// How many of the column's values are null; nil when the file does not say.
  var nullCount: Int?
  /// A bound that no value lies below, PLAIN-encoded without a length; nil when the file does not say.
  var minimum: [UInt8]?
  /// A bound that no value lies above.
  var maximum: [UInt8]?

  init(rowCount: Int, nullCount: Int? = nil) {
    self.rowCount = rowCount
    self.nullCount = nullCount
  }

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

  /// What is known of these rows and of those that follow; nil when that is too little.
  func joined(with next: ParquetStatistics, _ leaf: ParquetLeaf) -> ParquetStatistics? {
    guard let nulls = nullCount, let more = next.column(leaf)?.nullCount else { return nil }
    var joined = self
    joined.rowCount += next.rowCount
    joined.nullCount = nulls + more
    // Rows without values have no bounds, and need none.
    if more == next.rowCount { return joined }
    guard nulls < rowCount else {
      (joined.minimum, joined.maximum) = (next.minimum, next.maximum)
      return joined
    }
    joined.minimum = Self.outer(minimum, next.minimum, leaf) { $0 < $1 }
    joined.maximum = Self.outer(maximum, next.maximum, leaf) { $0 > $1 }
    return joined
  }

  /// The one of two bounds that lies further out; nil when one of them is none.
  private static func outer(
    _ a: [UInt8]?, _ b: [UInt8]?, _ leaf: ParquetLeaf, _ isFurther: (Int128, Int128) -> Bool
  ) -> [UInt8]? {
    guard let a, let b, let first = position(a, leaf), let second = position(b, leaf) else { return nil }
    return isFurther(second, first) ? b : a
  }

  /// A value's place in the order of its type.
  private static func position(_ bytes: [UInt8], _ leaf: ParquetLeaf) -> Int128? {
    guard let value = integer(bytes, leaf) else { return nil }
    if case .integer(_, isSigned: false) = leaf.type { return Int128(UInt64(bitPattern: value)) }
    return Int128(value)
  }

  private func extremes(_ leaf: ParquetLeaf) -> StoredColumn? {
    guard let low = minimum.flatMap({ Self.integer($0, leaf) }), let high = maximum.flatMap({ Self.integer($0, leaf) })
    else { return nil }
    switch leaf.type {
    case .boolean, .integer, .date, .timestamp:
      let isValid = CellState.valid.rawValue
      return .integers(Column(values: [low, high], states: [isValid, isValid]))
    case .decimal, .time:
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
