internal import CKernels

/// Whole numbers that grow from row to row, as most keys of most tables do. They cannot repeat each other, so nothing
/// is looked up; of each only its distance from the one before is kept, so that it can be looked up after all when
/// other keys come.
struct AscendingKeys: Sendable {
  private(set) var first: Int64
  private(set) var last: Int64
  private(set) var count: Int
  /// For every key after the first how many numbers it leaves out, seven bits a byte, the lowest first; empty when none
  /// leaves out any.
  private var gaps: [UInt8] = []
  /// Where the batch stands: what is added to the places of its rows, which count on from `firstPlace`.
  var origin = RowPlace(rawValue: 0)
  private let firstPlace: Int

  /// The keys of a batch; nil when one is null or no whole number in its shortest form, when they do not grow, or when
  /// the rows do not stand one after another.
  init?(_ column: (field: Field, values: StoredColumn), _ batch: Batch) {
    guard let place = batch.placeOfConsecutiveRows, let values = Self.values(column), let first = values.first else {
      return nil
    }
    self.first = first
    last = values[values.count - 1]
    count = values.count
    firstPlace = place
    guard last.subtractingReportingOverflow(first).partialValue != Int64(count - 1) else { return }
    gaps.reserveCapacity(count)
    for index in values.indices.dropFirst() {
      // The distance of two that grow fits when it is taken as unsigned.
      gaps.append(varint: UInt64(bitPattern: values[index] &- values[index - 1]) - 1)
    }
  }

  /// The memory that the keys hold, in bytes.
  var footprint: Int { gaps.count + MemoryLayout<Self>.stride }

  /// Takes in the next keys where they simply count on.
  mutating func join(_ next: AscendingKeys) -> Bool {
    guard gaps.isEmpty, next.gaps.isEmpty, next.first &- 1 == last, next.place == place.advanced(by: count) else {
      return false
    }
    last = next.last
    count += next.count
    return true
  }

  private var place: RowPlace { RowPlace(rawValue: firstPlace).moved(after: origin) }

  /// Calls `body` with the keys as ranges that leave out none, until it says that it has enough.
  ///
  /// - Returns: Whether it wanted them all.
  func forEachRange(_ body: (ClosedRange<Int64>) -> Bool) -> Bool {
    guard !gaps.isEmpty else { return body(first...last) }
    var (low, high, position) = (first, first, 0)
    while position < gaps.count {
      let gap = gaps.varint(at: &position)
      let next = high &+ 1 &+ Int64(bitPattern: gap)
      if gap > 0 {
        guard body(low...high) else { return false }
        low = next
      }
      high = next
    }
    return body(low...high)
  }

  /// The same keys ready to be looked up, some thousand at a time.
  func forEachSegment(
    of records: KeyRecord, _ body: (KeySegment) throws(ScanError) -> Void
  ) throws(ScanError) {
    var (value, done, position) = (first, 0, 0)
    while done < count {
      var (keys, ends): ([UInt8], [Int32]) = ([], [])
      let rows = min(Self.segmentRows, count - done)
      for row in 0..<rows {
        if done + row > 0 { value &+= 1 &+ Int64(bitPattern: gaps.isEmpty ? 0 : gaps.varint(at: &position)) }
        keys.append(decimal: value)
        if records == .counted { KeyRecord.append(further: 0, to: &keys) }
        ends.append(Int32(keys.count))
      }
      var segment = KeySegment(
        keys: keys, ends: ends, rows: Array(0..<Int32(rows)), places: [], firstPlace: firstPlace + done,
        of: records)
      segment.origin = origin
      try body(segment)
      done += rows
    }
  }

  private static let segmentRows = 8192

  private static func values(_ column: (field: Field, values: StoredColumn)) -> [Int64]? {
    switch (column.field.type, column.values) {
    case (.binary, _): return nil
    case (_, .texts(let text)) where text.codes == nil, (_, .tokens(let text, _)) where text.codes == nil:
      var grows = false
      let values = [Int64](unsafeUninitializedCapacity: text.ends.count) { values, count in
        // Safe because: the kernel writes at most one value for each text.
        grows = ck_ascending_integers(
          text.bytes, text.starts, text.ends, text.ends.count, values.baseAddress)
        count = grows ? text.ends.count : 0
      }
      return grows ? values : nil
    case (.integer(_, isSigned: true), .integers(let integers)):
      let (values, states) = (integers.values.span, integers.states.span)
      var grows = states.count > 0 && states[0] == CellState.valid.rawValue
      for row in states.indices.dropFirst() where grows {
        grows = states[row] == CellState.valid.rawValue && values[row - 1] < values[row]
      }
      return grows ? integers.values : nil
    default: return nil
    }
  }
}

extension Batch {
  /// The place of the first row, when the others follow it line by line or row by row.
  var placeOfConsecutiveRows: Int? {
    guard let first = lines.first, let last = lines.last else { return firstRow }
    return Int(last) - Int(first) == lines.count - 1 ? Int(first) : nil
  }
}

extension Array<UInt8> {
  /// Appends a number with seven bits in each byte, the lowest first.
  fileprivate mutating func append(varint number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  fileprivate func varint(at position: inout Int) -> UInt64 {
    var (number, shift): (UInt64, UInt64) = (0, 0)
    repeat {
      number |= UInt64(self[position] & 0x7F) << shift
      shift += 7
      position += 1
    } while self[position - 1] >= 0x80
    return number
  }
}
