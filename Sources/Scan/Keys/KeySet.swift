/// A set of keys that says when it outgrows its memory, and takes in no more then.
struct KeySet: Sendable {
  private var table = KeyTable()
  /// Further keys, which are whole numbers.
  private var ranges = IntegerRanges()
  private let limit: Int
  private(set) var hasOutgrown = false

  /// - Parameter limit: the memory, in bytes, that the keys may take.
  init(limit: Int) { self.limit = limit }

  init(_ ranges: IntegerRanges) {
    self.init(limit: 0)
    self.ranges = ranges
  }

  /// Whether even as few keys as are not worth a look at the memory are too many.
  var fitsExactly: Bool { !hasOutgrown && table.footprint <= limit }

  mutating func insert(_ key: Span<UInt8>) {
    guard !hasOutgrown else { return }
    let (_, isNew) = table.insert(key)
    hasOutgrown = isNew && table.count & 0xFFF == 0 && table.footprint > limit
  }

  func contains(_ key: Span<UInt8>) -> Bool { ranges.contains(key) || table.contains(key) }
}

extension Array<UInt8> {
  init(_ bytes: Span<UInt8>) {
    // Safe because: the buffer is that of the span, read within the closure.
    self = bytes.withUnsafeBufferPointer { [UInt8]($0) }
  }
}
