/// The values of a dictionary: those of its first message, and those that later ones added.
final class ArrowDictionary: Sendable {
  private let parts: [ArrowArray]
  let count: Int
  /// The values as a column of their own.
  let stored: StoredColumn

  convenience init(_ values: ArrowArray) throws(ArrowFault) { try self.init([values]) }

  private init(_ parts: [ArrowArray]) throws(ArrowFault) {
    self.parts = parts
    count = parts.reduce(0) { $0 + $1.count }
    guard count <= Int32.max else { throw ArrowFault("a dictionary has more than 2^31 values", kind: .limit) }
    var stored = try parts[0].stored(among: nil)
    for part in parts.dropFirst() { try stored.append(contentsOf: try part.stored(among: nil)) }
    self.stored = stored
  }

  func appending(_ values: ArrowArray) throws(ArrowFault) -> ArrowDictionary {
    try ArrowDictionary(parts + [values])
  }

  /// The part that a value is in, and where in it.
  func place(of code: Int) -> (part: ArrowArray, row: Int)? {
    var row = code
    for part in parts {
      if row < part.count { return (part, row) }
      row -= part.count
    }
    return nil
  }

  /// The values that the codes name; texts keep their codes.
  func column(_ codes: [Int32]) -> StoredColumn {
    switch stored {
    case .texts(let texts):
      // The values may be coded themselves, as runs of a dictionary's are.
      .texts(
        TextColumn(
          bytes: texts.bytes, starts: texts.starts, ends: texts.ends,
          codes: texts.codes.map { inner in codes.map { $0 < 0 ? $0 : inner[Int($0)] } } ?? codes
        ).withoutLargeDictionary())
    case .numbers(let column): .numbers(column.gathered(codes, filler: 0))
    case .integers(let column): .integers(column.gathered(codes, filler: 0))
    case .tokens: stored
    }
  }
}

extension Column {
  /// The entries that the codes name, a null for a negative one.
  fileprivate func gathered(_ codes: [Int32], filler: Value) -> Column {
    var column = Column()
    column.values.reserveCapacity(codes.count)
    column.states.reserveCapacity(codes.count)
    for code in codes {
      column.values.append(code < 0 ? filler : values[Int(code)])
      column.states.append(code < 0 ? CellState.null.rawValue : states[Int(code)])
    }
    return column
  }
}

extension StoredColumn {
  /// Appends a column of the same kind.
  fileprivate mutating func append(contentsOf other: StoredColumn) throws(ArrowFault) {
    switch (self, other) {
    case (.texts(let texts), .texts(let more)) where texts.codes != nil || more.codes != nil:
      throw ArrowFault("a dictionary of coded values grows, which is not supported", kind: .unreadable)
    case (.texts(var texts), .texts(let more)):
      self = .texts(TextColumn())
      guard texts.bytes.count + more.bytes.count <= ArrowLoader.maximumDictionaryBytes else {
        throw ArrowFault("the texts of a dictionary have more than 256 MiB", kind: .limit)
      }
      let shift = Int32(texts.bytes.count)
      texts.bytes += more.bytes
      texts.starts += more.starts.map { $0 + shift }
      texts.ends += more.ends.map { $0 < 0 ? $0 : $0 + shift }
      self = .texts(texts)
    case (.numbers(var column), .numbers(let more)):
      column.values += more.values
      column.states += more.states
      self = .numbers(column)
    case (.integers(var column), .integers(let more)):
      column.values += more.values
      column.states += more.states
      self = .integers(column)
    default: throw ArrowFault("a dictionary changes its type")
    }
  }
}
