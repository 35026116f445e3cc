/// Keys with how often each came, which say when they outgrow their memory, and count no more then.
struct CountedKeys: Sendable {
  private var table = KeyTable()
  private var rows: [Int] = []
  private let limit: Int
  private(set) var hasOutgrown = false

  /// - Parameter limit: the memory, in bytes, that the keys may take.
  init(limit: Int) { self.limit = limit }

  mutating func count(_ key: Span<UInt8>) {
    guard !hasOutgrown else { return }
    let (index, isNew) = table.insert(key)
    if isNew { rows.append(0) }
    rows[index] += 1
    let isDue = isNew && table.count & 0xFFF == 0
    hasOutgrown = isDue && table.footprint + rows.capacity * MemoryLayout<Int>.stride > limit
  }

  /// In the order in which they came first.
  func forEach(_ body: (Span<UInt8>, _ rows: Int) -> Void) {
    for (index, count) in rows.enumerated() { body(table.key(index).span, count) }
  }
}
