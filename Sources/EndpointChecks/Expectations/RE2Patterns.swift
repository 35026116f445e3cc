internal import JSON
internal import Scan
internal import Synchronization

/// The regular expressions of JSONPath filters, run by RE2: linear time on whatever a server sends.
final class RE2Patterns: JSONPathPatterns {
  static let shared = RE2Patterns()

  /// Filters ask with the same few patterns again and again; a document can bring any number of its own.
  private static let maximumCached = 64
  private let compiled = Mutex<[String: Pattern?]>([:])

  func matches(_ text: String, pattern: String, full: Bool) -> Bool? {
    compiled.withLock { compiled -> Pattern? in
      if let known = compiled[pattern] { return known }
      let new = try? Pattern(pattern)
      if compiled.count >= Self.maximumCached { compiled.removeAll() }
      compiled[pattern] = .some(new)
      return new
    }?.matches(text, full: full)
  }
}
