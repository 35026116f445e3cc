import TestSupport
import Testing

@testable import Scan

/// The shortest texts that a pattern takes and refuses, beside a search through all short texts with RE2.
@Suite struct PatternExampleTests {
  private static let letters = ["a", "b", "c", "1", "-"]

  /// All texts of some letters, shorter ones first.
  private static let texts: [String] = (0...3).reduce(into: [""]) { all, length in
    guard length > 0 else { return }
    all += all.filter { $0.count == length - 1 }.flatMap { text in letters.map { text + $0 } }
  }

  @Test(
    arguments: [
      "a", "ab?", "[ab]*", "a{2,3}", "(ab|c)+", "[a-c1-]*", "a.c", "\\d+", "[^a]", "", "a|", "(a|b)(1|-)", "[abc]{0,2}",
    ])
  func areTheShortest(pattern: String) throws {
    let compiled = try Pattern(pattern)
    for matching in [true, false] {
      let found = try #require(compiled.shortestExample(matching: matching))
      #expect(compiled.matches(found) == matching)
      if let known = Self.texts.first(where: { compiled.matches($0) == matching }) {
        #expect(found.count <= known.count, "\(pattern): \(found) for \(known)")
      }
    }
  }

  @Test func whatTakesEverythingHasNoExample() throws {
    #expect(try Pattern(".*").shortestExample(matching: false) == nil)
    #expect(try Pattern("[ -~]*").shortestExample(matching: false) == nil)
    #expect(try Pattern("(a|[^a])*").shortestExample(matching: false) == nil)
    #expect(try Pattern("\\n").shortestExample(matching: true) == nil)
    #expect(try Pattern("[a-z]{40}").shortestExample(matching: true)?.count == 40)
  }
}
