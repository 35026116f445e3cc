/// The part of a table that an aggregate speaks of: the rows that a condition selects, cut into groups of equal values.
package struct RowScope: Hashable, Sendable {
  /// Rows in which it is true are selected; unknown is not true. Nil selects every row.
  package var condition: RowExpression?
  /// The columns whose values make the groups. Without any, all selected rows are one group.
  package var groups: [String]

  package init(where condition: RowExpression? = nil, by groups: [String] = []) {
    self.condition = condition
    self.groups = groups
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
  /// The values' bytes: Swift holds texts equal that differ in their scalars.
  let keys: [[UInt8]?]

  package init(_ values: [String?] = []) { self.init(keys: values.map { $0.map { Array($0.utf8) } }) }

  init(keys: [[UInt8]?]) { self.keys = keys }

  /// The values as a person reads them.
  package var values: [String?] { keys.map { $0.map { String(decoding: $0, as: UTF8.self) } } }

  /// By the values' bytes, a missing one first.
  package static func < (a: RowGroup, b: RowGroup) -> Bool {
    for (a, b) in zip(a.keys, b.keys) where a != b {
      guard let a, let b else { return a == nil }
      return a.lexicographicallyPrecedes(b)
    }
    return false
  }
}
