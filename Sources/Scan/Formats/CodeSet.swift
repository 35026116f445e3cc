/// A set of short codes, as standards list them: at most three ASCII characters each.
struct CodeSet: Sendable {
  /// The codes as numbers of their bytes, sorted.
  private var codes: [UInt32]

  init(_ codes: [String]) { self.codes = codes.compactMap { Self.number(Array($0.utf8).span) }.sorted() }

  /// The words of a text.
  init(_ words: String) { self.init(words.split { $0.isWhitespace }.map(String.init)) }

  var count: Int { codes.count }

  /// The set with a code that a standard uses beyond its list.
  func with(_ code: String) -> CodeSet {
    var set = self
    set.codes = (codes + CodeSet([code]).codes).sorted()
    return set
  }

  /// O(log codes).
  func contains(_ text: Span<UInt8>) -> Bool {
    guard let wanted = Self.number(text) else { return false }
    var range = codes.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if codes[middle] == wanted { return true }
      range = codes[middle] < wanted ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return false
  }

  /// The bytes with how many they are before them, so that no zero byte is lost.
  private static func number(_ text: Span<UInt8>) -> UInt32? {
    guard (1...3).contains(text.count) else { return nil }
    var number = UInt32(text.count)
    for index in text.indices { number = number << 8 | UInt32(text[index]) }
    return number
  }
}
