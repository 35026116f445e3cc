/// The keys of rows, by their bytes: exact, and written so that equal values of different types meet (`BatchKeys`).
package struct CollectedKeys: Sendable {
  private var bytes: [UInt8] = []
  /// Where each key ends; with the highest bit set where the row has none.
  private var ends: [UInt32] = []
  package private(set) var nulls = 0
  /// Where the first row without a key stands.
  package internal(set) var firstNull: RowPlace?
  /// More bytes than these are refused.
  private static let mostBytes = 1 << 31 - 1
  private static let none: UInt32 = 1 << 31

  package init() {}

  /// The keys of all rows, for tables in memory.
  package init(_ keys: [String?]) {
    for key in keys { append(key.map { Array($0.utf8) }) }
  }

  package var count: Int { ends.count }

  mutating func append(_ columns: [KeyColumn], of batch: Batch) {
    var key: [UInt8] = []
    for row in 0..<batch.rowCount {
      key.removeAll(keepingCapacity: true)
      if KeyColumn.append(row, columns, .joined, to: &key) {
        append(key)
      } else {
        append(nil)
        if firstNull == nil { firstNull = batch.place(row) }
      }
    }
  }

  private mutating func append(_ key: [UInt8]?) {
    if let key { bytes += key } else { nulls += 1 }
    ends.append(UInt32(clamping: min(bytes.count, Self.mostBytes)) | (key == nil ? Self.none : 0))
  }

  /// Returns whether there is room for all of them.
  mutating func merge(_ other: CollectedKeys) -> Bool {
    guard bytes.count + other.bytes.count <= Self.mostBytes else { return false }
    let start = UInt32(bytes.count)
    firstNull = firstNull ?? other.firstNull
    nulls += other.nulls
    bytes += other.bytes
    ends.append(contentsOf: other.ends.lazy.map { ($0 & ~Self.none) + start | $0 & Self.none })
    return true
  }

  var footprint: Int { bytes.count + ends.count * MemoryLayout<UInt32>.stride }

  @inline(__always)
  func hasKey(_ row: Int) -> Bool { ends[row] & Self.none == 0 }

  @inline(__always)
  func range(_ row: Int) -> Range<Int> {
    Int(row == 0 ? 0 : ends[row - 1] & ~Self.none)..<Int(ends[row] & ~Self.none)
  }

  /// Calls the body with the bytes of a row's key.
  @inline(__always)
  func withKey<Result>(_ row: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    body(bytes.span.extracting(range(row)))
  }

  /// The bytes of a row's key.
  package func key(_ row: Int) -> ArraySlice<UInt8> { bytes[range(row)] }

  /// Whether a row's key is that of a row of others.
  func equals(_ row: Int, _ other: CollectedKeys, _ otherRow: Int) -> Bool {
    let (mine, theirs) = (range(row), other.range(otherRow))
    guard mine.count == theirs.count else { return false }
    return bytes[mine].elementsEqual(other.bytes[theirs])
  }

  /// A key as a person reads it, its parts between commas; nil where there is none.
  ///
  /// - Parameter columns: of how many columns the key is made.
  package func text(_ row: Int, columns: Int) -> String? {
    guard hasKey(row) else { return nil }
    return slices(row, columns: columns).map { Batch.display($0) }.joined(separator: ", ")
  }

  /// The values that a key is made of, in full; none where there is no key.
  package func parts(_ row: Int, columns: Int) -> [String] {
    guard hasKey(row) else { return [] }
    return slices(row, columns: columns).map { String(decoding: $0, as: UTF8.self) }
  }

  private func slices(_ row: Int, columns: Int) -> [ArraySlice<UInt8>] {
    let key = bytes[range(row)]
    guard columns > 1 else { return [key] }
    var slices: [ArraySlice<UInt8>] = []
    var rest = key
    while rest.count >= 4 {
      let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      slices.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return slices
  }
}
