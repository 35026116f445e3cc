/// The different texts of a column with their counts, from which the spellings of one value are put together.
///
/// At most ten thousand different texts of four megabytes together are kept; of a column with more nothing is said. The
/// first row of each is its evidence. O(bytes) time.
package struct SpellingCounts: Aggregate {
  /// More different texts than these are no categories.
  package static let limit = 10_000
  private static let byteLimit = 4 << 20

  private let column: String
  private var counts = ViolationSummary()
  private var table = KeyTable()
  private var entries: [(count: Int, place: RowPlace)] = []
  private var bytes = 0
  /// Whether there are more different texts than are kept.
  package private(set) var isOverfull = false

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }
    package var empty: SpellingCounts { SpellingCounts(column) }
  }

  private init(_ column: String) { self.column = column }

  package mutating func update(_ batch: Batch) {
    let text = batch.texts(column).coded()
    let nulls = (0..<batch.rowCount).count { text.isNull($0) }
    counts.rows += batch.rowCount
    counts.nulls += nulls
    counts.evaluated += batch.rowCount - nulls
    // Of a coded column each entry that occurs is looked up once.
    var found = [(count: Int, row: Int)](repeating: (0, 0), count: text.codes == nil ? 0 : text.ends.count)
    for row in 0..<batch.rowCount where !isOverfull {
      guard let range = text.range(row) else { continue }
      guard let code = text.codes?[row] else {
        note(text.bytes.span.extracting(range), 1, batch.place(row))
        continue
      }
      if found[Int(code)].count == 0 { found[Int(code)].row = row }
      found[Int(code)].count += 1
    }
    for (entry, found) in found.enumerated() where found.count > 0 {
      let range = Int(text.starts[entry])..<Int(text.ends[entry])
      note(text.bytes.span.extracting(range), found.count, batch.place(found.row))
    }
  }

  private mutating func note(_ text: Span<UInt8>, _ count: Int, _ place: RowPlace) {
    guard !isOverfull else { return }
    let (index, isNew) = table.insert(text)
    if isNew {
      entries.append((count, place))
      bytes += text.count
    } else {
      entries[index].count += count
      entries[index].place = min(entries[index].place, place)
    }
    isOverfull = table.count > Self.limit || bytes > Self.byteLimit
    if isOverfull { (table, entries) = (KeyTable(), []) }
  }

  package var footprint: Int { table.load + Footprint.of(entries) }

  package mutating func merge(_ other: SpellingCounts) {
    counts.merge(other.counts)
    isOverfull = isOverfull || other.isOverfull
    guard !isOverfull else { return (table, entries) = (KeyTable(), []) }
    for (index, entry) in other.entries.enumerated() {
      note(Array(other.table.key(index)).span, entry.count, entry.place)
    }
  }

  package mutating func move(after origin: RowPlace) {
    for index in entries.indices { entries[index].place.move(after: origin) }
  }

  /// A text as it is spelled, and how many rows have it.
  package struct Spelling: Sendable, Equatable {
    package var text: String
    package var count: Int
    var place: RowPlace
  }

  /// Texts that differ only in how they are spelled, the most frequent first; the group with the most rows that are
  /// spelled otherwise than that comes first. O(texts × log texts).
  package var groups: [[Spelling]] {
    var groups: [FoldedSpelling: [Spelling]] = [:]
    for (index, entry) in entries.enumerated() {
      let text = String(decoding: table.key(index), as: UTF8.self)
      groups[FoldedSpelling(text), default: []].append(Spelling(text: text, count: entry.count, place: entry.place))
    }
    func others(_ group: [Spelling]) -> Int { group.dropFirst().reduce(0) { $0 + $1.count } }
    return groups.values.filter { $0.count > 1 }
      .map {
        $0.sorted { $0.count != $1.count ? $0.count > $1.count : $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
      }
      .sorted {
        others($0) != others($1) ? others($0) > others($1) : $0[0].text.utf8.lexicographicallyPrecedes($1[0].text.utf8)
      }
  }

  /// The counts of the claim that every value is spelled as most of its kind are, with the first row of each spelling
  /// that is not; beside it the usual one.
  package func summary(of groups: [[Spelling]]) -> ViolationSummary {
    var summary = counts
    for group in groups {
      for spelling in group.dropFirst() {
        summary.violating += spelling.count
        let values = [spelling, group[0]].map { Batch.display(Array($0.text.utf8)[...]) }
        summary.first.append(ViolatingRow(place: spelling.place, values: values))
      }
    }
    summary.first = Array(summary.first.sorted { $0.place < $1.place }.prefix(ViolationSummary.sampleLimit))
    return summary
  }
}
