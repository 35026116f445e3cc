internal import Glibc

/// One value from each text, for every row. Of a coded column each entry is looked at once.
extension TextColumn {
  /// The range of a row's text, or of the only one there is.
  @inline(__always)
  func place(_ row: Int) -> Range<Int>? { range(rowCount == 1 ? 0 : row) }

  /// What `transform` makes of each text; unknown where it gives nil.
  @inline(__always)
  func map<Result: RowValue>(_ transform: (Span<UInt8>) -> Result?) -> Column<Result> {
    let bytes = bytes.span
    // A dictionary of nothing but nulls has no entry, and still every code needs one to look at.
    let count = max(ends.count, codes == nil ? 0 : 1)
    return gathered(
      Column<Result>(count: count) { entry in
        guard entry < ends.count, ends[entry] >= 0 else { return nil }
        return transform(bytes.extracting(Int(starts[entry])..<Int(ends[entry])))
      })
  }

  /// What `combine` makes of two texts where both are known.
  @inline(__always)
  func zip<Result: RowValue>(
    _ other: TextColumn, _ combine: (Span<UInt8>, Span<UInt8>) -> Result?
  ) -> Column<Result> {
    let (bytes, others) = (bytes.span, other.bytes.span)
    if other.rowCount == 1 {
      guard let place = other.range(0) else { return Column(nil) }
      return map { combine($0, others.extracting(place)) }
    }
    if rowCount == 1 {
      guard let place = range(0) else { return Column(nil) }
      return other.map { combine(bytes.extracting(place), $0) }
    }
    return Column<Result>(count: min(rowCount, other.rowCount)) { row in
      guard let a = range(row), let b = other.range(row) else { return nil }
      return combine(bytes.extracting(a), others.extracting(b))
    }
  }

  /// A part of each text, as offsets in it, without a copy; unknown where `part` gives nil. It is given two values of
  /// the row, too.
  @inline(__always)
  func sliced(
    _ first: Column<Int64>, _ second: Column<Int64>, _ part: (Span<UInt8>, Int64, Int64) -> Range<Int>?
  ) -> TextColumn {
    let bytes = bytes.span
    var result = self
    if first.states.count != 1 || second.states.count != 1 {
      // Equal texts may have different parts.
      let count = RowValues.rowCount(rowCount, first.states.count, second.states.count)
      result = TextColumn(
        bytes: self.bytes, starts: (0..<count).map { Int32(place($0)?.lowerBound ?? 0) },
        ends: (0..<count).map { Int32(place($0)?.upperBound ?? -1) })
    }
    for entry in result.ends.indices where result.ends[entry] >= 0 {
      let start = result.starts[entry]
      guard let a = first[entry], let b = second[entry],
        let range = part(bytes.extracting(Int(start)..<Int(result.ends[entry])), a, b)
      else {
        result.ends[entry] = -1
        continue
      }
      result.starts[entry] = start + Int32(range.lowerBound)
      result.ends[entry] = start + Int32(range.upperBound)
    }
    return result
  }

  /// A text made of three of the row; unknown where one of them is, and where it becomes too long.
  @inline(__always)
  func rebuilt(
    _ second: TextColumn, _ third: TextColumn, _ append: (Span<UInt8>, Span<UInt8>, Span<UInt8>, inout [UInt8]) -> Void
  ) -> TextColumn {
    let (bytes, seconds, thirds) = (bytes.span, second.bytes.span, third.bytes.span)
    let byEntry = second.rowCount == 1 && third.rowCount == 1
    let count = byEntry ? ends.count : RowValues.rowCount(rowCount, second.rowCount, third.rowCount)
    var builder = TextBuilder(count)
    for row in 0..<count {
      let a = byEntry ? (ends[row] < 0 ? nil : Int(starts[row])..<Int(ends[row])) : place(row)
      guard let a, let b = second.place(row), let c = third.place(row) else {
        builder.append { _ in false }
        continue
      }
      builder.append { text in
        append(bytes.extracting(a), seconds.extracting(b), thirds.extracting(c), &text)
        return true
      }
    }
    var result = builder.texts
    if byEntry { result.codes = codes }
    return result
  }
}

/// Texts that are made one after the other.
struct TextBuilder {
  /// The longest text that is made, and the most bytes that all of a batch have together: what goes beyond is unknown.
  static let longest = 1 << 20
  private static let most = 1 << 28

  private(set) var texts = TextColumn()

  init(_ count: Int) {
    texts.starts.reserveCapacity(count)
    texts.ends.reserveCapacity(count)
  }

  /// Adds the text that `make` appends, or none when it returns false.
  @inline(__always)
  mutating func append(_ make: (inout [UInt8]) -> Bool) {
    let start = texts.bytes.count
    let isMade = make(&texts.bytes) && texts.bytes.count - start <= Self.longest && texts.bytes.count <= Self.most
    if !isMade { texts.bytes.removeLast(texts.bytes.count - start) }
    texts.starts.append(Int32(start))
    texts.ends.append(isMade ? Int32(texts.bytes.count) : -1)
  }
}

/// Less than, equal to or greater than zero, as the first text comes before, is, or comes after the second.
@inline(__always)
func order(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Int {
  let common = min(a.count, b.count)
  // Safe because: both texts have at least as many bytes as are compared.
  let order = a.withUnsafeBytes { a in
    b.withUnsafeBytes { b in
      guard common > 0, let a = a.baseAddress, let b = b.baseAddress else { return 0 }
      return Int(memcmp(a, b, common))
    }
  }
  return order != 0 ? order : a.count - b.count
}
