/// The keys that come most often. Exact: every key is counted whole before it is
/// noted, and is in one partition.
struct FrequentKeys: Sendable {
  /// As many as a person looks at.
  private static let shown = 5

  /// The most frequent first, and of those that come as often the first in the order of their bytes.
  private(set) var keys: [(key: [UInt8], rows: Int)] = []

  /// Whether a key that comes so often may be among them.
  private func keeps(_ rows: Int) -> Bool { keys.count < Self.shown || rows >= keys[keys.count - 1].rows }

  mutating func note(_ key: @autoclosure () -> [UInt8], rows: Int) {
    guard keeps(rows) else { return }
    let new = (key: key(), rows: rows)
    let place = keys.firstIndex {
      $0.rows < rows || $0.rows == rows && new.key.lexicographicallyPrecedes($0.key)
    }
    keys.insert(new, at: place ?? keys.count)
    if keys.count > Self.shown { keys.removeLast() }
  }

  mutating func merge(_ other: FrequentKeys) {
    for (key, rows) in other.keys { note(key, rows: rows) }
  }
}
