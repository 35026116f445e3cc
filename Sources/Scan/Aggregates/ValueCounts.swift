internal import Glibc

/// How often each value of a column comes: exactly while the different values fit in a limit, and beyond it what a
/// sketch of the frequent ones leaves open.
///
/// Values are told apart as `DistinctValues` tells them. O(values) time.
package struct ValueCounts: Aggregate, CountedValues {
  /// The bytes that the different values may take in a first pass: some 4000 short ones, besides the sketch's 768.
  package static let briefLimit = 320 << 10
  /// The bytes that they may take where nothing but their counts will do: some 800,000 short ones.
  package static let fullLimit = 64 << 20

  private let specification: Specification
  private var summary = ViolationSummary()
  private var type = StoredType.null
  /// Nil once they take more than the limit.
  private var exact: [Murmur3.Hash: Entry]? = [:]
  /// What the entries take.
  private var bytes = 0
  /// The frequent ones of all values once they take more; none before.
  private var frequent = FrequentItems()

  private struct Entry: Sendable {
    var item: [UInt8]
    var count: Int
    /// With the room that tables and arrays need beside the text.
    var bytes: Int { item.count + 64 }
  }

  package struct Specification: AggregateSpecification {
    package var column: String
    /// The declared type, by which texts are compared.
    package var type: ValueType?
    package var limit: Int

    /// - Parameter limit: The bytes that the different values may take.
    package init(_ column: String, as type: ValueType? = nil, limit: Int = ValueCounts.briefLimit) {
      self.column = column
      self.type = type
      self.limit = limit
    }

    package var readings: [ColumnReading] { [ColumnReading(column)] }
    package var empty: ValueCounts { ValueCounts(self) }
  }

  private init(_ specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    guard let (field, values) = batch.stored(specification.column) else { return }
    type = field.type
    let texts = CountedTexts(values, of: field.type, as: specification.type)
    summary.count(rows: batch.rowCount, present: texts.rowCount)
    let hashes = Murmur3.hashes(texts)
    guard exact != nil else { return frequent.update(texts, hashes) }
    texts.forEachPlace { index, count in
      guard exact != nil else {
        let item = texts.bytes.span.extracting(Int(texts.starts[index])..<Int(texts.ends[index]))
        return frequent.update(item, hash: hashes[index], count: count)
      }
      guard (exact?[hashes[index]]?.count += count) == nil else { return }
      let item = texts.bytes[Int(texts.starts[index])..<Int(texts.ends[index])]
      insert(hashes[index], Entry(item: Array(item), count: count))
    }
  }

  private mutating func insert(_ hash: Murmur3.Hash, _ entry: Entry) {
    bytes += entry.bytes
    exact?[hash] = entry
    if bytes > specification.limit { estimateOnly() }
  }

  private mutating func estimateOnly() {
    if let exact { estimate(exact) }
    exact = nil
  }

  private mutating func estimate(_ entries: [Murmur3.Hash: Entry]) {
    for hash in entries.keys.sorted() {
      if let entry = entries[hash] { frequent.update(entry.item.span, hash: hash, count: entry.count) }
    }
  }

  package mutating func merge(_ other: ValueCounts) {
    summary.merge(other.summary)
    if type == .null { type = other.type }
    guard let others = other.exact else {
      estimateOnly()
      return frequent.merge(other.frequent)
    }
    guard var known = exact else { return estimate(others) }
    exact = nil
    for (hash, entry) in others where (known[hash]?.count += entry.count) == nil {
      known[hash] = entry
      bytes += entry.bytes
    }
    exact = known
    if bytes > specification.limit { estimateOnly() }
  }

  package var footprint: Int { Footprint.of(exact ?? [:]) + (exact == nil ? 0 : bytes) + frequent.footprint }

  /// The counts of rows and nulls; every value is evaluated.
  package var counts: ViolationSummary { summary }

  /// Whether every value was counted.
  package var isExact: Bool { exact != nil }

  // MARK: - The most frequent value

  /// Between which numbers the count of the most frequent value lies.
  package var greatestCount: ClosedRange<Int> {
    if let exact {
      let count = exact.values.map(\.count).max() ?? 0
      return count...count
    }
    let least = frequent.rows.first?.lowerBound ?? 0
    return least...min(summary.evaluated, max(least + frequent.maximumError, frequent.oversizedWeight))
  }

  /// The values that may be the most frequent one, as they are written, in the order of these texts: several when they come equally
  /// often, or when it is not known which comes most often. Nil when others may be it, too.
  package var leaders: [String]? {
    let least = greatestCount.lowerBound
    let items: [[UInt8]]
    if let exact {
      items = exact.values.filter { $0.count == least }.map(\.item)
    } else {
      guard frequent.maximumError < least, frequent.oversizedWeight < least else { return nil }
      items = frequent.rows.filter { $0.upperBound >= least }.map(\.item)
    }
    // In the order of their texts, whatever the file stores.
    return items.map { type.text($0) }.sorted { $0.lexicographicallyPrecedes($1) }.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  // MARK: - Entropy

  /// Between which numbers the entropy of the values lies, in nats: -Σ p ln p over their shares p.
  ///
  /// Of values that were not all counted: none comes more often than the most frequent one, so that each has a surprise
  /// of -ln of its share at least; and no values are more evenly spread than those that all differ.
  package var entropy: ClosedRange<Double> {
    let total = Double(summary.evaluated)
    guard total > 0 else { return 0...0 }
    guard let exact else {
      let lower = -log(Double(greatestCount.upperBound) / total)
      return max(0, lower)...max(0, lower, log(total))
    }
    let sum = Scan.entropy(of: exact.values.lazy.map(\.count), total)
    return sum...sum
  }
}

/// The entropy of counts that add up to the total: -Σ p ln p over their shares p, in nats.
func entropy(of counts: some Sequence<Int>, _ total: Double) -> Double {
  // In the order of their size: a sum depends on it.
  let sum = counts.sorted().reduce(0.0) { sum, count in
    let share = Double(count) / total
    return sum - share * log(share)
  }
  return max(0, sum)
}
