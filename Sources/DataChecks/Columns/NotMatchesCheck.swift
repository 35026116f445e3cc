package import Language
package import Scan
package import Verdict

/// `not_matches: "TEST.*"`: no value matches a regular expression as a whole.
package struct NotMatchesCheck: PatternCheck {
  package var patterns: [Pattern]

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "not_matches",
    summary:
      "No present value matches the regular expression as a whole, or any one of a list of them. RE2 syntax.",
    why:
      "Test accounts, placeholders and error messages in a column have shapes that are easier to name than the good ones.",
    example: "columns:\n  user: {not_matches: [\"TEST.*\", \"(?i)n/?a\"]}",
    fix: "Remove what matches upstream, or name placeholders in missing_values.")

  package static let quantifier = PatternTest.Quantifier.none
  package static var shape: Shape<NotMatchesCheck> {
    Shape<Pattern>.expression.oneOrMany.notEmpty.map { Self(patterns: $0) }
  }
  package var limit: Bound { .text("matches none of \(patterns.text)") }
  package var violation: String { "match \(patterns.text)" }
}
