import Testing

@testable import EndpointChecks
@testable import JSON

/// The regular expressions of JSONPath's `match` and `search`, as RFC 9485 has them.
@Suite struct RE2PatternsTests {
  @Test(arguments: [
    (".", "\u{2028}", true), (".", "\r", false), (".", "\n", false), (".", "a", true), (".", "😀", true),
    ("[.]", "a", false), ("[.]", ".", true), (#"\."#, "a", false), (#"\."#, ".", true), (#"\\."#, #"\x"#, true),
    (#"[\]].."#, "]ab", true), (#"[^.]."#, "ab", true), ("a.*", "abc", true), ("a{2,3}", "aaa", true),
    (#"\p{Lu}\P{L}"#, "A1", true), ("a|b", "b", true), ("ab|cd", "abd", false),
  ])
  func wholeTextMatches(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(RE2Patterns.shared.matches(text, pattern: pattern, full: true) == expected)
    let path = try JSONPath("$[?match(@.t, @.p)]", patterns: RE2Patterns.shared)
    let nodes = try path.nodes(in: [["t": .string(text), "p": .string(pattern)]])
    #expect(nodes.count == (expected ? 1 : 0))
  }

  @Test func whatIsNoPatternIsFalse() {
    #expect(RE2Patterns.shared.matches("a", pattern: "(", full: true) == nil)
    #expect(RE2Patterns.shared.matches("xay", pattern: "a", full: false) == true)
  }
}
