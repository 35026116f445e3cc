/// How many rows repeat the key of an earlier row. Exact.
///
/// A row with a null in any key column has no key. Values are compared as text, so `1` and `01` differ. The memory is
/// that of the distinct keys; past the limit the aggregate stops and says so.
package struct DuplicateKeys: Aggregate {
  /// Whether the distinct keys outgrew the memory limit, which leaves the counts unfinished.
  package private(set) var isOverLimit = false
  private let specification: Specification
  private var counts = ViolationSummary()
  private var keys = KeyTable()
  /// For every distinct key where it came first.
  private var firsts: [Place] = []
  /// The first rows that repeat a key, in the order of the file, with the index of that key.
  private var repeats: [(place: Place, key: Int)] = []

  private struct Place: Sendable {
    var row: Int
    var line: Int
  }

  package struct Specification: AggregateSpecification {
    package var columns: [String]
    /// The most memory that the keys may take, in bytes.
    package var memoryLimit: Int

    package init(_ columns: [String], memoryLimit: Int = 256 << 20) {
      self.columns = columns
      self.memoryLimit = memoryLimit
    }

    package var readings: [ColumnReading] { columns.map { ColumnReading($0, as: .string) } }
    package var empty: DuplicateKeys { DuplicateKeys(self) }
  }

  private init(_ specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    guard !isOverLimit else { return }
    let columns = specification.columns.map { batch.texts($0) }
    var key: [UInt8] = []
    counts.rows += batch.rowCount
    for row in 0..<batch.rowCount {
      guard Self.makeKey(row, columns, batch, &key) else {
        counts.nulls += 1
        continue
      }
      counts.evaluated += 1
      add(key, Place(row: batch.firstRow + row, line: batch.lines[row]))
    }
    checkLimit()
  }

  /// Every key of `other` that is known here repeats once more; `other`'s rows come later in the file.
  package mutating func merge(_ other: DuplicateKeys) {
    counts.merge(other.counts)
    // The indices here of the keys of `other`.
    var indices: [Int] = []
    for index in 0..<other.keys.count { indices.append(add(Array(other.keys.key(index)), other.firsts[index])) }
    for repeated in other.repeats { remember(repeated.place, indices[repeated.key]) }
    isOverLimit = isOverLimit || other.isOverLimit
    checkLimit()
  }

  /// The counts with the first repeating rows; each says where its key came first.
  package var summary: ViolationSummary {
    var summary = counts
    summary.first = repeats.map { repeated in
      let values = Self.values(of: keys.key(repeated.key)) + ["first in line \(firsts[repeated.key].line)"]
      return ViolatingRow(row: repeated.place.row, line: repeated.place.line, values: values)
    }
    return summary
  }

  @discardableResult
  private mutating func add(_ key: [UInt8], _ place: Place) -> Int {
    let (index, isNew) = keys.insert(key.span)
    if isNew {
      firsts.append(place)
    } else {
      counts.violating += 1
      remember(place, index)
    }
    return index
  }

  private mutating func remember(_ place: Place, _ key: Int) {
    if repeats.count == ViolationSummary.sampleLimit, let last = repeats.last, last.place.row < place.row { return }
    let index = repeats.firstIndex { $0.place.row > place.row } ?? repeats.count
    repeats.insert((place, key), at: index)
    if repeats.count > ViolationSummary.sampleLimit { repeats.removeLast() }
  }

  private mutating func checkLimit() {
    let footprint = keys.footprint + firsts.capacity * MemoryLayout<Place>.stride
    isOverLimit = isOverLimit || footprint > specification.memoryLimit
  }

  /// The row's key: its fields, each with its length before it, so that ("a", "bc") and ("ab", "c") differ.
  private static func makeKey(
    _ row: Int, _ columns: [TextColumn], _ batch: Batch, _ key: inout [UInt8]
  ) -> Bool {
    key.removeAll(keepingCapacity: true)
    for column in columns {
      guard !column.isNull(row) else { return false }
      let (start, end) = (Int(column.starts[row]), Int(column.ends[row]))
      let length = UInt32(end - start)
      for shift in stride(from: 0, to: 32, by: 8) { key.append(UInt8(truncatingIfNeeded: length >> shift)) }
      key.append(contentsOf: batch.bytes[start..<end])
    }
    return true
  }

  /// The fields that a key was made of, as a person reads them.
  private static func values(of key: ArraySlice<UInt8>) -> [String?] {
    var values: [String?] = []
    var rest = key
    while rest.count >= 4 {
      let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      values.append(Batch.display(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return values
  }
}
