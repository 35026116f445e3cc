// Layouts in which rows share what they point to: runs of equal values, and views of lists.
extension ArrowLoader {
  /// How many ends of runs are read at once while the first run is looked for.
  private static let runBlock = 16_384

  /// The values of runs as a dictionary, of which every row has the code of its run.
  mutating func runs(_ slot: ArrowSlot, _ rows: Range<Int>) throws(ArrowFault) -> ArrowArray.Values {
    guard !rows.isEmpty else { return .codes([], try ArrowDictionary(try load(slot.children[1], 0..<0))) }
    let ends = slot.children[0]
    let first = try firstRun(ends, endingBehind: rows.lowerBound)
    // Every run has a row, so that so many rows have at most so many runs.
    let known = try runEnds(ends, first..<min(ends.rowCount, first + rows.count))
    var codes: [Int32] = []
    codes.reserveCapacity(rows.count)
    var (previous, run) = (rows.lowerBound, 0)
    while codes.count < rows.count, run < known.count {
      guard known[run] > previous else { throw ArrowFault("the ends of runs do not grow") }
      codes.append(
        contentsOf: repeatElement(Int32(truncatingIfNeeded: run), count: min(known[run], rows.upperBound) - previous))
      previous = known[run]
      run += 1
    }
    guard codes.count == rows.count else { throw ArrowFault("the runs end before the rows do") }
    return .codes(codes, try ArrowDictionary(try load(slot.children[1], first..<first + run)))
  }

  /// The first run that ends behind a row: a binary search where runs can be read out of order, and else a search from
  /// where the last one ended.
  private mutating func firstRun(_ ends: ArrowSlot, endingBehind row: Int) throws(ArrowFault) -> Int {
    var range = 0..<ends.rowCount
    if row == 0 { return 0 }
    while !body.isCompressed, range.count > Self.runBlock {
      let middle = range.lowerBound + range.count / 2
      range =
        try runEnds(ends, middle..<middle + 1)[0] > row ? range.lowerBound..<middle + 1 : middle + 1..<range.upperBound
    }
    var first = max(range.lowerBound, body.isCompressed ? firstRuns[ends.firstBuffer] ?? 0 : 0)
    while first < range.upperBound {
      let block = first..<min(range.upperBound, first + Self.runBlock)
      if let place = try runEnds(ends, block).firstIndex(where: { $0 > row }) {
        firstRuns[ends.firstBuffer] = first + place
        return first + place
      }
      first = block.upperBound
    }
    throw ArrowFault("the runs end before the rows do")
  }

  private mutating func runEnds(_ slot: ArrowSlot, _ runs: Range<Int>) throws(ArrowFault) -> [Int] {
    guard case .integer(let bits, isSigned: true) = slot.field.type, bits >= 16, slot.field.dictionary == nil else {
      throw ArrowFault("the ends of runs are \(slot.field.storedType.words)")
    }
    let width = bits / 8
    let bytes = try body.bytes(slot.firstBuffer + 1, runs.lowerBound * width..<runs.upperBound * width)
    return switch bits {
    case 16: bytes.map { (end: Int16) in Int(end) }
    case 32: bytes.map { (end: Int32) in Int(end) }
    default: bytes.map { (end: Int64) in Int(end) }
    }
  }

  /// Of the child the part that holds all that the rows point to.
  mutating func listViews(
    _ slot: ArrowSlot, _ rows: Range<Int>, _ offsetBits: Int
  ) throws(ArrowFault) -> ArrowArray.Values {
    let starts = try integers(slot.firstBuffer + 1, rows, offsetBits)
    let counts = try integers(slot.firstBuffer + 2, rows, offsetBits)
    let validity = try validity(slot, rows)
    let child = slot.children[0]
    var (first, last) = (Int.max, 0)
    for row in starts.indices where validity?[row] != 0 && counts[row] != 0 {
      guard starts[row] >= 0, 0...child.rowCount ~= counts[row], starts[row] <= child.rowCount - counts[row] else {
        throw ArrowFault("a view of a list points outside of its elements")
      }
      first = min(first, starts[row])
      last = max(last, starts[row] + counts[row])
    }
    var (begins, ends) = ([Int](repeating: 0, count: rows.count), [Int](repeating: 0, count: rows.count))
    for row in starts.indices where validity?[row] != 0 && counts[row] != 0 {
      begins[row] = starts[row] - first
      ends[row] = begins[row] + counts[row]
    }
    return .list(starts: begins, ends: ends, try load(child, first < last ? first..<last : 0..<0))
  }

  private mutating func integers(_ buffer: Int, _ rows: Range<Int>, _ bits: Int) throws(ArrowFault) -> [Int] {
    let width = bits / 8
    let bytes = try body.bytes(buffer, rows.lowerBound * width..<rows.upperBound * width)
    return bits == 32 ? bytes.map { (value: Int32) in Int(value) } : bytes.map { (value: Int64) in Int(value) }
  }
}
