/// The part of a table that an aggregate speaks of: the rows that a condition selects, cut into groups of equal values.
package struct RowScope: Hashable, Sendable {
  /// Rows in which it is true are selected; unknown is not true. Nil selects every row.
  package var condition: RowExpression?
  /// The columns whose values make the groups. Without any, all selected rows are one group.
  package var groups: [String]
  /// The declared types of these columns, by which texts are compared.
  package var types: [String: ValueType]

  /// - Parameter types: The declared types of columns; those count that make groups.
  package init(
    where condition: RowExpression? = nil, by groups: [String] = [], as types: [String: ValueType] = [:]
  ) {
    self.condition = condition
    self.groups = groups
    self.types = types.filter { groups.contains($0.key) }
  }

  /// More groups than these are no groups that a person looks at, and each has a state of its own.
  package static let groupLimit = 5000

  var readings: [ColumnReading] { (condition?.readings ?? []) + groups.map { ColumnReading($0) } }

  /// The selected rows of a batch.
  func selected(_ batch: Batch) -> [Int32] {
    let rows = 0..<Int32(clamping: batch.rowCount)
    guard let truths = condition?.truths(batch) else { return Array(rows) }
    return rows.filter { truths[Int($0)] == .yes }
  }
}

/// What the rows of a group have in common: for every column that makes groups its value, or none.
package struct RowGroup: Hashable, Comparable, Sendable {
  /// The values' bytes one after another, each with its length before it: Swift holds texts equal that differ in their
  /// scalars.
  let bytes: [UInt8]

  package init(_ values: [String?] = []) {
    var bytes: [UInt8] = []
    for value in values {
      let start = bytes.count
      bytes.append(contentsOf: [0, 0, 0, 0])
      bytes.append(contentsOf: (value ?? "").utf8)
      bytes.setLength(value == nil ? KeyColumn.null : UInt32(clamping: bytes.count - start - 4), at: start)
    }
    self.bytes = bytes
  }

  /// - Parameter bytes: those of a group.
  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The bytes of each value; nil for a missing one.
  private var keys: [ArraySlice<UInt8>?] {
    var (keys, rest): ([ArraySlice<UInt8>?], _) = ([], bytes[...])
    while rest.count >= 4 {
      let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      let isNull = length == Int(KeyColumn.null)
      keys.append(isNull ? nil : rest.dropFirst(4).prefix(length))
      rest = rest.dropFirst(isNull ? 4 : 4 + length)
    }
    return keys
  }

  /// The values as a person reads them.
  package var values: [String?] { keys.map { $0.map { String(decoding: $0, as: UTF8.self) } } }

  var footprint: Int { Footprint.of(bytes) }

  /// By the values' bytes, a missing one first.
  package static func < (a: RowGroup, b: RowGroup) -> Bool {
    for (a, b) in zip(a.keys, b.keys) where a != b {
      guard let a, let b else { return a == nil }
      return a.lexicographicallyPrecedes(b)
    }
    return false
  }
}
