/// The values of the rows that violate a test on one column, and how many rows hold the most frequent of them.
///
/// Exact while there are few different values; beyond, what frequent items are known to have at least. Its memory is
/// that of the sketch, and a batch costs as much as in a profile: an entry of a dictionary is looked at once.
package struct ViolatingValues: Sendable, Equatable, CustomStringConvertible {
  /// A value as a person reads it, and how many rows hold it.
  package struct Count: Sendable, Equatable {
    /// The value; of several columns that are judged together one of each, and nil for a null.
    package var values: [String?]
    package var rows: Int
    /// Whether no other row holds it.
    package var isExact: Bool

    package init(_ values: [String?], rows: Int, isExact: Bool) {
      self.values = values
      self.rows = rows
      self.isExact = isExact
    }
  }

  /// What the items of the sketch are.
  private enum Form: Sendable {
    case texts
    /// The eight bytes of bit patterns.
    case numbers, integers
    /// Keys of so many columns.
    case keys(Int)
  }

  /// Counts up to 384 different values.
  private static let lgMapSize = 9
  /// As many as a person looks at.
  private static let shown = 5

  private var items: FrequentItems?
  private var form = Form.texts
  private var type = StoredType.untyped
  /// The most frequent values, when all were counted elsewhere.
  private var known: [Count]?

  package init() {}

  /// Keys that were counted elsewhere, each whole.
  init(_ keys: FrequentKeys, _ values: ([UInt8]) -> [String?]) {
    let isRepeated = keys.keys.first.map { $0.rows > 1 } ?? false
    known = isRepeated ? keys.keys.map { Count(values($0.key), rows: $0.rows, isExact: true) } : []
  }

  /// The same of so many different keys as a sketch counts; of more there are none, for every budget of memory alike.
  init(_ keys: FrequentKeys, of different: Int, _ values: ([UInt8]) -> [String?]) {
    self.init(different <= FrequentItems(lgMaxMapSize: Self.lgMapSize).capacity ? keys : FrequentKeys(), values)
  }

  /// Takes in keys, which stand in these ranges of the bytes.
  mutating func add(_ keys: [Range<Int32>], of bytes: [UInt8], columns: Int) {
    guard !keys.isEmpty else { return }
    form = .keys(columns)
    add(CountedTexts(TextColumn(bytes: bytes, starts: keys.map(\.lowerBound), ends: keys.map(\.upperBound))))
  }

  /// Takes in the values of a column in the rows that violate the test.
  mutating func add(_ column: String, _ batch: Batch, _ verdicts: [RowVerdict]) {
    guard let (field, values) = batch.stored(column) else { return }
    type = field.type
    let violates = { (row: Int) in verdicts[row] == .violated }
    switch values {
    case .texts(let texts), .tokens(let texts, _):
      form = .texts
      add(CountedTexts(texts, where: violates))
    case .numbers(let column):
      form = .numbers
      // There are many NaN, and two zeros, and each are one value.
      add(column, violates) { ($0.isNaN ? .nan : $0 + 0).bitPattern }
    case .integers(let column):
      form = .integers
      add(column, violates) { UInt64(bitPattern: $0) }
    }
  }

  private mutating func add<Value>(_ column: Column<Value>, _ violates: (Int) -> Bool, _ word: (Value) -> UInt64) {
    let rows = column.states.indices.filter { violates($0) && column.states[$0] == CellState.valid.rawValue }
    add(CountedTexts(CountedWords(rows.map { word(column.values[$0]) })))
  }

  private mutating func add(_ texts: CountedTexts) {
    // Taken out, so that it is changed where it is and not copied.
    var items = self.items ?? FrequentItems(lgMaxMapSize: Self.lgMapSize)
    self.items = nil
    items.update(texts, Murmur3.hashes(texts))
    self.items = items
  }

  var footprint: Int { items?.footprint ?? 0 }

  mutating func merge(_ other: ViolatingValues) {
    guard let others = other.items else { return }
    guard var items else { return self = other }
    self.items = nil
    items.merge(others)
    self.items = items
  }

  /// The most frequent values, the most frequent first; none where no value is known to come twice.
  package var mostFrequent: [Count] {
    if let known { return known }
    guard let items else { return [] }
    if case .keys = form, items.maximumError > 0 { return [] }
    let rows = items.frequentItems(.noFalsePositives)
    guard let first = rows.first, first.lowerBound > 1 else { return [] }
    return rows.prefix(Self.shown).map { row in
      Count(values(row.item), rows: row.lowerBound, isExact: row.lowerBound == row.upperBound)
    }
  }

  private func values(_ item: [UInt8]) -> [String?] {
    if case .keys(let columns) = form { return BatchKeys.values(of: item, count: columns) }
    return [text(item)]
  }

  private func text(_ item: [UInt8]) -> String {
    let word = item.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    let valid = [CellState.valid.rawValue]
    let column: StoredColumn =
      switch form {
      case .texts, .keys: .texts(TextColumn(bytes: item, starts: [0], ends: [Int32(clamping: item.count)]))
      case .numbers: .numbers(Column(values: [Double(bitPattern: word)], states: valid))
      case .integers: .integers(Column(values: [Int64(bitPattern: word)], states: valid))
      }
    var text: [UInt8] = []
    _ = column.append(0, of: type, to: &text)
    return Batch.display(text[...])
  }

  /// Equal when they say the same: in which order the values came is no part of it.
  package static func == (a: ViolatingValues, b: ViolatingValues) -> Bool { a.mostFrequent == b.mostFrequent }

  package var description: String { "\(mostFrequent)" }
}

extension CountedTexts {
  /// The texts of some rows; those of a small dictionary with their counts.
  fileprivate init(_ column: TextColumn, where isMeant: (Int) -> Bool) {
    let rows = (0..<column.rowCount).filter(isMeant)
    if let codes = column.codes, column.ends.count <= column.rowCount {
      var counts = [Int](repeating: 0, count: column.ends.count)
      for row in rows where codes[row] >= 0 { counts[Int(codes[row])] += 1 }
      self.init(bytes: column.bytes, starts: column.starts, ends: column.ends, counts: counts)
    } else {
      let ranges = rows.compactMap { column.range($0) }
      self.init(
        TextColumn(
          bytes: column.bytes, starts: ranges.map { Int32(clamping: $0.lowerBound) },
          ends: ranges.map { Int32(clamping: $0.upperBound) }))
    }
  }
}
