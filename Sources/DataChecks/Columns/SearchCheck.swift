package import Language
package import Scan
package import Verdict

/// `search: "[0-9]{4}"`: every value has a part that matches a regular expression.
package struct SearchCheck: PatternCheck {
  package var patterns: [Pattern]

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "search",
    summary:
      "Every present value has a part that matches the regular expression; ^ and $ mean the ends of the value. RE2 syntax.",
    why: "Free text that must mention a number, a unit or a key is no whole-value pattern.",
    example: "columns:\n  address: {search: \"[0-9]{5}\"}",
    fix: "Look at the listed rows; use matches when the pattern describes the whole value.")

  package static let quantifier = PatternTest.Quantifier.all
  package static let isFull = false
  package static var shape: Shape<SearchCheck> { Shape<Pattern>.expression.map { Self(patterns: [$0]) } }
  package var limit: Bound { .text("has a part that matches \(patterns.text)") }
  package var violation: String { "have no part that matches \(patterns.text)" }
}
