/// How many rows repeat the key of an earlier row. Exact.
///
/// A row with a null in any key column has no key. Values are compared as text, so `1` and `01` differ. The memory is
/// that of the distinct keys; past the limit the aggregate stops and says so.
package struct DuplicateKeys: Aggregate {
  package private(set) var summary = ViolationSummary()
  /// Whether the distinct keys outgrew the memory limit, which leaves the counts unfinished.
  package private(set) var isOverLimit = false
  private let specification: Specification
  private var keys = KeyTable()
  /// For every distinct key the row and line where it came first, and whether a later row repeats it.
  private var firsts: [ViolatingRow] = []

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
    summary.rows += batch.rowCount
    for row in 0..<batch.rowCount {
      guard Self.makeKey(row, columns, batch, &key) else {
        summary.nulls += 1
        continue
      }
      add(key, row, batch)
    }
    isOverLimit = keys.footprint + firsts.capacity * MemoryLayout<ViolatingRow>.stride > specification.memoryLimit
  }

  /// Every key of `other` that is known here repeats once more; `other`'s rows come later in the file.
  package mutating func merge(_ other: DuplicateKeys) {
    isOverLimit = isOverLimit || other.isOverLimit
    summary.merge(other.summary)
    for index in 0..<other.keys.count {
      let key = Array(other.keys.key(index))
      let first = other.firsts[index]
      let (known, isNew) = keys.insert(key.span)
      if isNew {
        firsts.append(first)
      } else {
        summary.violating += 1
        remember(first.row, first.line, Self.values(of: key), firstLine: firsts[known].line)
      }
    }
  }

  private mutating func add(_ key: [UInt8], _ row: Int, _ batch: Batch) {
    summary.evaluated += 1
    let (index, isNew) = keys.insert(key.span)
    let line = batch.lines[row]
    if isNew {
      firsts.append(ViolatingRow(row: batch.firstRow + row, line: line, values: []))
    } else {
      summary.violating += 1
      guard summary.first.count < ViolationSummary.sampleLimit else { return }
      let values = specification.columns.map { batch.display($0, row: row) }
      remember(batch.firstRow + row, line, values, firstLine: firsts[index].line)
    }
  }

  private mutating func remember(_ row: Int, _ line: Int, _ values: [String?], firstLine: Int) {
    let entry = ViolatingRow(row: row, line: line, values: values + ["first in line \(firstLine)"])
    summary.first = Array((summary.first + [entry]).sorted { $0.row < $1.row }.prefix(ViolationSummary.sampleLimit))
  }

  /// The row's key: its fields, each with its length before it, so that ("a", "bc") and ("ab", "c") differ.
  private static func makeKey(
    _ row: Int, _ columns: [TextColumn], _ batch: Batch, _ key: inout [UInt8]
  ) -> Bool {
    key.removeAll(keepingCapacity: true)
    for column in columns {
      guard !column.isNull(row) else { return false }
      let (start, end) = (Int(column.starts[row]), Int(column.ends[row]))
      withUnsafeBytes(of: UInt32(end - start).littleEndian) { key.append(contentsOf: $0) }
      key.append(contentsOf: batch.bytes[start..<end])
    }
    return true
  }

  /// The fields that a key was made of.
  private static func values(of key: [UInt8]) -> [String?] {
    var values: [String?] = []
    var position = 0
    while position + 4 <= key.count {
      let length = (0..<4).reduce(0) { $0 | Int(key[position + $1]) << (8 * $1) }
      values.append(String(decoding: key[(position + 4)..<(position + 4 + length)], as: UTF8.self))
      position += 4 + length
    }
    return values
  }
}
