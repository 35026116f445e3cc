import TestSupport
import Testing

@testable import Scan

@Suite struct LikePatternTests {
  /// LIKE by its definition: what a pattern matches follows from its first character.
  private static func isLike(_ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    switch first {
    case "%":
      return isLike(text, pattern.dropFirst()) || (!text.isEmpty && isLike(text.dropFirst(), pattern))
    case "_": return !text.isEmpty && isLike(text.dropFirst(), pattern.dropFirst())
    case "\\": return text.first == pattern.dropFirst().first && isLike(text.dropFirst(), pattern.dropFirst(2))
    default: return text.first == first && isLike(text.dropFirst(), pattern.dropFirst())
    }
  }

  @Test func agreesWithItsDefinition() throws {
    var generator = SeededGenerator(seed: 3)
    let pieces = ["%", "_", "a", "b", ".", "*", "é", "[", "^", "$", "\\%", "\\_", "\\\\", "\n", "(", "日"]
    let parts = ["a", "b", ".", "*", "é", "[", "^", "$", "%", "_", "\\", "\n", "(", "日", "A"]
    var matched = 0
    for _ in 0..<3000 {
      let pattern = (0..<Int.random(in: 0...5, using: &generator)).compactMap { _ in
        pieces.randomElement(using: &generator)
      }.joined()
      let texts: [String?] = (0..<8).map { _ in
        (0..<Int.random(in: 0...4, using: &generator)).compactMap { _ in parts.randomElement(using: &generator) }
          .joined()
      }
      let compiled = try Pattern(like: pattern)
      let column = TestTable(columns: [("a", texts)]).batch(0..<texts.count).texts("a")
      let found = compiled.matches(column)
      for (row, text) in texts.enumerated() {
        let wanted = Self.isLike(Array((text ?? "").unicodeScalars)[...], Array(pattern.unicodeScalars)[...])
        #expect((found[row] == 1) == wanted, "\(pattern) on \(text ?? "")")
        matched += wanted ? 1 : 0
      }
    }
    #expect(matched > 1000)
  }

  @Test(arguments: [("a\\d", 1..<3), ("é\\", 1..<2), ("\\", 0..<1), ("%\\é_", 1..<3)] as [(String, Range<Int>)])
  func refusesWhatIsNoEscape(pattern: String, range: Range<Int>) {
    do {
      _ = try Pattern(like: pattern)
      Issue.record("accepted")
    } catch {
      #expect(error.range == range && !error.reason.isEmpty)
    }
  }

  @Test func isNamedAsItIsWritten() throws {
    #expect(try Pattern(like: "a%").text == "a%")
    #expect(try Pattern(like: "a%") != Pattern("a%"))
  }
}
