package import Language
package import Scan
package import Verdict

/// `matches: "N[0-9A-Z]+"`: every value matches a regular expression as a whole.
package struct MatchesCheck: PatternCheck {
  package var patterns: [Pattern]

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "matches",
    summary:
      "Every present value matches the regular expression as a whole. RE2 syntax: no look-around, no back-references.",
    why: "The shape of an identifier is its cheapest checksum. RE2 takes linear time on every text.",
    example: "columns:\n  tailnum: {matches: \"N[0-9A-Z]{1,5}\"}",
    fix: "Look at the listed rows: stray white space and mixed-up columns are the usual causes.")

  package static let quantifier = PatternTest.Quantifier.all
  package static var shape: Shape<MatchesCheck> { Shape<Pattern>.expression.map { Self(patterns: [$0]) } }
  package var limit: Bound { .text("matches \(patterns.text)") }
  package var violation: String { "do not match \(patterns.text)" }
}
