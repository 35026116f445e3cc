/// What a comparison of two tables finds, row by row.
package struct RowMatch: PartitionFindings {
  /// How many keys both tables have.
  package internal(set) var shared = 0
  /// The rows of this table whose key the other lacks.
  package internal(set) var onlyHere = FirstRows<RowKey>()
  /// The rows of the other table whose key this one lacks.
  package internal(set) var onlyThere = FirstRows<RowKey>()
  /// The rows that repeat a key of their own table, of which only the first row is compared; or, where only rows of single
  /// keys are, all rows of keys that repeat in either table.
  package internal(set) var repeatedHere = FirstRows<RowKey>()
  package internal(set) var repeatedThere = FirstRows<RowKey>()
  /// The rows of this table that the other one has with other values.
  package internal(set) var differing = FirstRows<RowDifference>()
  /// What differs in every compared column; empty when no row was compared.
  package internal(set) var mismatches: [ColumnMismatches] = []
  /// Where all rows of this table stand that are not the same in the other, when that is asked for.
  package internal(set) var places = RowSet()

  init() {}

  mutating func merge(_ other: RowMatch) {
    shared += other.shared
    onlyHere.merge(other.onlyHere)
    onlyThere.merge(other.onlyThere)
    repeatedHere.merge(other.repeatedHere)
    repeatedThere.merge(other.repeatedThere)
    differing.merge(other.differing)
    places.formUnion(other.places)
    if mismatches.isEmpty {
      mismatches = other.mismatches
    } else {
      for (index, column) in other.mismatches.enumerated() { mismatches[index].merge(column) }
    }
  }
}

/// The key of a row.
package struct RowKey: Sendable, Equatable {
  /// The values that make it, as a person reads them.
  package var values: [String?]
  /// The earlier row of the same table that has it too.
  package var earlier: RowPlace?
}

/// A row that two tables have with different values.
package struct RowDifference: Sendable, Equatable {
  package var key: [String?]
  /// Where the row of the other table stands.
  package var other: RowPlace
  /// The values that differ, each with the number of its column; nil for a null.
  package var values: [Value]

  package struct Value: Sendable, Equatable {
    package var column: Int
    package var here: String?
    package var there: String?
  }
}

/// The rows of both tables whose keys have the same beginning of their hashes, compared.
struct RowMatching {
  private(set) var match = RowMatch()
  /// Whether the keys are more than the memory holds; then nothing else can be said.
  private(set) var hasOutgrown = false
  private let keyColumns: Int
  private let comparisons: [ValueComparison]
  private let limit: Int
  private let keepsPlaces: Bool
  /// Whether a row is compared only if its key comes once in each table.
  private let comparesSingles: Bool
  /// The rows of the other table.
  private var keys = KeyTable()
  private var others: [Other] = []
  private var values: [UInt8] = []
  /// The keys of this table that the other lacks.
  private var lonely = KeyTable()
  private var lonelyPlaces: [RowPlace] = []

  private struct Other {
    var place: RowPlace
    var values: Range<Int>
    /// The first row of this table that has the key.
    var partner: RowPlace?
    /// Whether rows of this table have been counted that have the key, and whether it repeats in either table.
    var isFound = false
    var isRepeated = false
  }

  /// - Parameter limit: the memory, in bytes, that the keys may take.
  init(
    keyColumns: Int, _ comparisons: [ValueComparison], limit: Int, keepsPlaces: Bool, comparesSingles: Bool
  ) {
    self.keepsPlaces = keepsPlaces
    self.comparesSingles = comparesSingles
    self.keyColumns = keyColumns
    self.comparisons = comparisons
    self.limit = limit
  }

  /// Takes in a row of the other table; all of them come before the first of this one.
  mutating func add(there record: Span<UInt8>, at place: RowPlace) {
    guard !hasOutgrown else { return }
    let key = KeyRecord.row.key(record)
    let (index, isNew) = keys.insert(record.extracting(key))
    guard isNew else {
      others[index].isRepeated = true
      return note(\.repeatedThere, keys.key(index), at: place, after: others[index].place)
    }
    let start = values.count
    values.append(contentsOf: [UInt8](record.extracting(key.upperBound..<record.count)))
    others.append(Other(place: place, values: start..<values.count))
    checkMemory(keys.count)
  }

  /// Learns which keys of the other table repeat in this one, before any row is compared.
  mutating func count(here record: Span<UInt8>) {
    guard !hasOutgrown, let index = keys.index(of: record.extracting(KeyRecord.row.key(record))) else { return }
    if others[index].isFound { others[index].isRepeated = true }
    others[index].isFound = true
  }

  /// Compares a row of this table.
  mutating func add(here record: Span<UInt8>, at place: RowPlace) {
    guard !hasOutgrown else { return }
    let range = KeyRecord.row.key(record)
    let key = record.extracting(range)
    guard let index = keys.index(of: key) else {
      let (index, isNew) = lonely.insert(key)
      guard isNew else {
        return noteHere(\.repeatedHere, lonely.key(index), at: place, after: lonelyPlaces[index])
      }
      lonelyPlaces.append(place)
      noteHere(\.onlyHere, lonely.key(index), at: place)
      return checkMemory(lonely.count)
    }
    if let partner = others[index].partner {
      return noteHere(\.repeatedHere, keys.key(index), at: place, after: partner)
    }
    others[index].partner = place
    if comparesSingles, others[index].isRepeated { return noteHere(\.repeatedHere, keys.key(index), at: place) }
    match.shared += 1
    compare(record.extracting(range.upperBound..<record.count), at: place, with: index)
  }

  private mutating func compare(_ here: Span<UInt8>, at place: RowPlace, with index: Int) {
    let other = others[index]
    var differences: [RowDifference.Value] = []
    var absent: [Int] = []
    RecordValues.forEachDifference(here, values.span.extracting(other.values), comparisons) { column, here, there in
      guard here != nil || there != nil else { return absent.append(column) }
      let words = (here.map { Batch.display($0[...]) }, there.map { Batch.display($0[...]) })
      differences.append(RowDifference.Value(column: column, here: words.0, there: words.1))
    }
    if match.mismatches.isEmpty { match.mismatches = comparisons.map { _ in ColumnMismatches() } }
    for column in absent { match.mismatches[column].absent += 1 }
    guard !differences.isEmpty else { return }
    let row = RowDifference(key: shown(keys.key(index)), other: other.place, values: differences)
    for value in differences { match.mismatches[value.column].add(value, of: row, at: place) }
    match.differing.add(at: place, row)
    if keepsPlaces { match.places.insert(place) }
  }

  /// Once all rows are compared: those of the other table that found no partner.
  mutating func finish() {
    for (index, other) in others.enumerated() {
      if comparesSingles, other.isRepeated {
        note(\.repeatedThere, keys.key(index), at: other.place)
      } else if other.partner == nil {
        note(\.onlyThere, keys.key(index), at: other.place)
      }
    }
  }

  private mutating func noteHere(
    _ rows: WritableKeyPath<RowMatch, FirstRows<RowKey>>, _ key: ArraySlice<UInt8>, at place: RowPlace,
    after earlier: RowPlace? = nil
  ) {
    if keepsPlaces { match.places.insert(place) }
    note(rows, key, at: place, after: earlier)
  }

  private mutating func note(
    _ rows: WritableKeyPath<RowMatch, FirstRows<RowKey>>, _ key: ArraySlice<UInt8>, at place: RowPlace,
    after earlier: RowPlace? = nil
  ) {
    guard match[keyPath: rows].keeps(place) else { return match[keyPath: rows].add(further: 1) }
    let row = RowKey(values: shown(key), earlier: earlier)
    match[keyPath: rows].add(at: place, row)
  }

  private func shown(_ key: ArraySlice<UInt8>) -> [String?] { BatchKeys.values(of: Array(key), count: keyColumns) }

  /// Few keys are not worth a look at the memory, unless their values are large.
  private mutating func checkMemory(_ count: Int) {
    let isDue = count & 0xFFF == 0 || count > 1 && values.count > max(limit, 1 << 16)
    guard isDue else { return }
    let entries = others.capacity * MemoryLayout<Other>.stride + lonelyPlaces.capacity * MemoryLayout<RowPlace>.stride
    hasOutgrown = keys.footprint + lonely.footprint + values.capacity + entries > limit
  }
}
