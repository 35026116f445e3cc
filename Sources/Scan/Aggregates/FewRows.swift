/// A few rows of a column as the file stores them, close together.
struct FewRows: Sendable {
  /// More rows are better summarised. A quantile sketch that is saved keeps so many values as they are.
  static let limit = 200

  private(set) var rowCount = 0
  /// The chunk that the first of the rows is of.
  private var chunk = 0
  private var values = Values.none

  /// Takes in the rows that follow. Changes nothing and returns false where these are too many, or stored otherwise.
  mutating func append(_ column: StoredColumn, ofChunk chunk: Int) -> Bool {
    guard rowCount + column.rowCount <= Self.limit else { return false }
    if rowCount == 0 { (self.chunk, values) = (chunk, Values(like: column)) }
    guard values.append(column) else { return false }
    rowCount += column.rowCount
    return true
  }

  /// Takes in the rows of another, as above.
  mutating func append(_ other: FewRows) -> Bool {
    guard let stored = other.values.stored else { return true }
    return append(stored, ofChunk: other.chunk)
  }

  /// The sketches of the rows, in O(rows).
  func sketches(of field: Field) -> ColumnSketches {
    var sketches = ColumnSketches()
    guard let stored = values.stored else { return sketches }
    var batch = Batch()
    (batch.rowCount, batch.chunk) = (rowCount, chunk)
    sketches.update(stored, of: field, in: batch)
    return sketches
  }

  var footprint: Int { values.footprint }

  private enum Values: Sendable {
    case none
    case texts(PackedTexts)
    case tokens(PackedTexts, kinds: [UInt8])
    case numbers(Column<Double>)
    case integers(Column<Int64>)

    init(like column: StoredColumn) {
      switch column {
      case .texts: self = .texts(PackedTexts())
      case .tokens: self = .tokens(PackedTexts(), kinds: [])
      case .numbers: self = .numbers(Column())
      case .integers: self = .integers(Column())
      }
    }

    /// What is held moves out of it and back: with a copy left behind, appending to it would copy it.
    mutating func append(_ column: StoredColumn) -> Bool {
      switch column {
      case .texts(let more):
        guard case .texts(var texts) = self else { return false }
        self = .none
        defer { self = .texts(texts) }
        return texts.append(more)
      case .tokens(let more, let theirs):
        guard case .tokens(var texts, var kinds) = self else { return false }
        self = .none
        defer { self = .tokens(texts, kinds: kinds) }
        guard texts.append(more) else { return false }
        kinds.appendTightly(theirs)
      case .numbers(let more):
        guard case .numbers(var column) = self else { return false }
        self = .none
        column.append(more)
        self = .numbers(column)
      case .integers(let more):
        guard case .integers(var column) = self else { return false }
        self = .none
        column.append(more)
        self = .integers(column)
      }
      return true
    }

    var stored: StoredColumn? {
      switch self {
      case .none: nil
      case .texts(let texts): .texts(texts.column)
      case .tokens(let texts, let kinds): .tokens(texts.column, kinds: kinds)
      case .numbers(let column): .numbers(column)
      case .integers(let column): .integers(column)
      }
    }

    var footprint: Int {
      switch self {
      case .none: 0
      case .texts(let texts): texts.footprint
      case .tokens(let texts, let kinds): texts.footprint + Footprint.of(kinds)
      case .numbers(let column): Footprint.of(column.values) + Footprint.of(column.states)
      case .integers(let column): Footprint.of(column.values) + Footprint.of(column.states)
      }
    }
  }
}

/// Texts one after the other.
private struct PackedTexts: Sendable {
  /// More bytes are better summarised.
  private static let longest = 4096
  private static let null = UInt16.max

  private var bytes: [UInt8] = []
  /// Where each text ends, and the next one begins.
  private var ends: [UInt16] = []

  /// Changes nothing and returns false where these are too many.
  mutating func append(_ texts: TextColumn) -> Bool {
    let ranges = (0..<texts.rowCount).map { texts.range($0) }
    let count = bytes.count + ranges.reduce(0) { $0 + ($1?.count ?? 0) }
    guard count <= Self.longest else { return false }
    bytes.reserveCapacity(count)
    ends.reserveCapacity(ends.count + ranges.count)
    for range in ranges {
      if let range { bytes += texts.bytes[range] }
      ends.append(range == nil ? Self.null : UInt16(bytes.count))
    }
    return true
  }

  var column: TextColumn {
    var texts = TextColumn(bytes: bytes, starts: [], ends: [])
    var next: Int32 = 0
    for end in ends {
      texts.starts.append(next)
      texts.ends.append(end == Self.null ? -1 : Int32(end))
      if end != Self.null { next = Int32(end) }
    }
    return texts
  }

  var footprint: Int { Footprint.of(bytes) + Footprint.of(ends) }
}

extension Column {
  fileprivate mutating func append(_ other: Column) {
    values.appendTightly(other.values)
    states.appendTightly(other.states)
  }
}

extension Array {
  /// Without room to grow: there may be a hundred thousand columns.
  fileprivate mutating func appendTightly(_ other: [Element]) {
    reserveCapacity(count + other.count)
    append(contentsOf: other)
  }
}
