// From Arrow's layout to the columns of a batch.
extension ArrowArray {
  /// The column. `ancestors` says which rows the structs around it have, 1 for those; nil when all.
  func stored(among ancestors: [UInt8]?) throws(ArrowFault) -> StoredColumn {
    let states = Self.both(validity, ancestors) ?? [UInt8](repeating: 1, count: count)
    switch values {
    case .none:
      let nulls = [Int32](repeating: -1, count: count)
      return .texts(TextColumn(bytes: [], starts: [Int32](repeating: 0, count: count), ends: nulls))
    case .bits(let bytes, let first):
      let bits = Self.unpack(bytes, first: first, count: count)
      return .integers(Column(values: bits.map { Int64($0) }, states: states))
    case .fixed(let bytes, let width): return try fixed(bytes, width, states)
    case .ranges(let bytes, let starts, var ends):
      for row in ends.indices where states[row] == 0 { ends[row] = -1 }
      return .texts(TextColumn(bytes: bytes, starts: starts, ends: ends))
    case .codes(var codes, let dictionary):
      for row in codes.indices where states[row] == 0 { codes[row] = -1 }
      return dictionary.column(codes)
    case .list, .fixedList, .structure:
      return try texts(states) { row, text throws(ArrowFault) in try appendJSON(row, to: &text) }
    }
  }

  /// Which rows both have; nil when all.
  static func both(_ validity: [UInt8]?, _ other: [UInt8]?) -> [UInt8]? {
    guard let validity, let other else { return validity ?? other }
    return zip(validity, other).map { $0 & $1 }
  }

  private func fixed(_ bytes: ArrowBytes, _ width: Int, _ states: [UInt8]) throws(ArrowFault) -> StoredColumn {
    switch field.type {
    case .float(let bits):
      let values: [Double] =
        switch bits {
        case 16: bytes.map { (pattern: UInt16) in Double(Float16(bitPattern: pattern)) }
        case 32: bytes.map { (pattern: UInt32) in Double(Float(bitPattern: pattern)) }
        default: bytes.map { (pattern: UInt64) in Double(bitPattern: pattern) }
        }
      return .numbers(Column(values: values, states: states))
    case .date(bits: 64): return .integers(Column(values: try days(bytes, states), states: states))
    case .integer(_, isSigned: false): return .integers(Column(values: unsigned(bytes, width), states: states))
    case .integer, .date, .timestamp, .duration:
      return .integers(Column(values: signed(bytes, width), states: states))
    case .fixedBytes:
      var starts: [Int32] = []
      var ends: [Int32] = []
      guard bytes.array.count <= Int32.max else { throw ArrowFault("values have more than 2 GiB", kind: .limit) }
      for row in 0..<count {
        let start = Int32(bytes.range.lowerBound + row * width)
        starts.append(start)
        ends.append(states[row] == 0 ? -1 : start + Int32(width))
      }
      return .texts(TextColumn(bytes: bytes.array, starts: starts, ends: ends))
    default:
      return try texts(states) { row, text throws(ArrowFault) in appendPlain(row, to: &text) }
    }
  }

  /// A column whose texts are written anew.
  private func texts(
    _ states: [UInt8], _ append: (Int, inout [UInt8]) throws(ArrowFault) -> Void
  ) throws(ArrowFault) -> StoredColumn {
    var texts = TextColumn()
    texts.starts.reserveCapacity(count)
    texts.ends.reserveCapacity(count)
    for row in 0..<count {
      texts.starts.append(Int32(texts.bytes.count))
      if states[row] != 0 { try append(row, &texts.bytes) }
      texts.ends.append(states[row] == 0 ? -1 : Int32(texts.bytes.count))
    }
    return .texts(texts)
  }

  private func signed(_ bytes: ArrowBytes, _ width: Int) -> [Int64] {
    switch width {
    case 1: bytes.map { (value: Int8) in Int64(value) }
    case 2: bytes.map { (value: Int16) in Int64(value) }
    case 4: bytes.map { (value: Int32) in Int64(value) }
    default: bytes.map { (value: Int64) in value }
    }
  }

  private func unsigned(_ bytes: ArrowBytes, _ width: Int) -> [Int64] {
    switch width {
    case 1: bytes.map { (value: UInt8) in Int64(value) }
    case 2: bytes.map { (value: UInt16) in Int64(value) }
    case 4: bytes.map { (value: UInt32) in Int64(value) }
    default: bytes.map { (value: Int64) in value }
    }
  }

  /// Days of dates that are stored in milliseconds: whole days, as the format demands.
  private func days(_ bytes: ArrowBytes, _ states: [UInt8]) throws(ArrowFault) -> [Int64] {
    let milliseconds: [Int64] = bytes.map { (value: Int64) in value }
    for row in milliseconds.indices where states[row] != 0 && milliseconds[row] % 86_400_000 != 0 {
      throw ArrowFault("\(field.name) has a date of \(milliseconds[row]) ms, which is no whole day")
    }
    return milliseconds.map { $0 / 86_400_000 }
  }
}
