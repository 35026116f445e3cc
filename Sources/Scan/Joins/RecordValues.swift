/// The values of a row behind its key in a record: of each the length plus one (four bytes, the lowest first) and the
/// bytes; 0 for a null.
enum RecordValues {
  static func append(_ row: Int, _ columns: [KeyColumn], to record: inout [UInt8]) {
    for column in columns {
      let start = record.count
      record.append(contentsOf: [0, 0, 0, 0])
      if column.append(row, to: &record) { record.setLength(UInt32(clamping: record.count - start - 3), at: start) }
    }
  }

  /// Calls `body` with the number of every column and where its value stands; nil for a null.
  static func forEach(_ values: Span<UInt8>, _ body: (Int, Range<Int>?) -> Void) {
    var (position, column) = (0, 0)
    while position + 4 <= values.count {
      body(column, next(values, &position))
      column += 1
    }
  }

  /// Calls `body` with the number of every column whose values differ, and with these; nil for a null. A column that is
  /// null on both sides has no values that could be the same: it is told, too.
  static func forEachDifference(
    _ here: Span<UInt8>, _ there: Span<UInt8>, _ comparisons: [ValueComparison],
    _ body: (Int, _ here: [UInt8]?, _ there: [UInt8]?) -> Void
  ) {
    var (a, b) = (0, 0)
    for (index, comparison) in comparisons.enumerated() {
      let (first, second) = (next(here, &a), next(there, &b))
      if let first, let second, equal(here.extracting(first), there.extracting(second)) { continue }
      let values = (first.map { [UInt8](here.extracting($0)) }, second.map { [UInt8](there.extracting($0)) })
      if let here = values.0, let there = values.1, comparison.holds(here, there) { continue }
      body(index, values.0, values.1)
    }
  }

  /// Where the next value stands; nil for a null.
  private static func next(_ values: Span<UInt8>, _ position: inout Int) -> Range<Int>? {
    guard position + 4 <= values.count else { return nil }
    var length = 0
    for byte in 0..<4 { length |= Int(values[position + byte]) << (8 * byte) }
    let start = position + 4
    position = min(start + max(0, length - 1), values.count)
    return length == 0 ? nil : start..<position
  }

  private static func equal(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    for index in a.indices where a[index] != b[index] { return false }
    return true
  }
}
