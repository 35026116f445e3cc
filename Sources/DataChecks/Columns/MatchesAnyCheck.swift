package import Language
package import Scan
package import Verdict

/// `matches_any: ["[A-Z]{2}", "[0-9]{4}"]`: every value matches at least one regular expression as a whole.
package struct MatchesAnyCheck: PatternCheck {
  package var patterns: [Pattern]

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "matches_any",
    summary:
      "Every present value matches at least one of the regular expressions as a whole. RE2 syntax.",
    why: "A column that two systems fill has two shapes; one pattern for both is read by nobody.",
    example: "columns:\n  order: {matches_any: [\"W-[0-9]{8}\", \"[A-Z]{3}[0-9]{5}\"]}",
    fix: "Look at the listed rows; add a pattern when another source is meant to fill the column.")

  package static let quantifier = PatternTest.Quantifier.any
  package static var shape: Shape<MatchesAnyCheck> {
    Shape<Pattern>.expression.list.notEmpty.map { Self(patterns: $0) }
  }
  package var limit: Bound { .text("matches any of \(patterns.text)") }
  package var violation: String { "match none of \(patterns.text)" }
}
