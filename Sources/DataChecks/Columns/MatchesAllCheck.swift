package import Language
package import Scan
package import Verdict

/// `matches_all: ["[ -~]*", ".{8,}"]`: every value matches each regular expression as a whole.
package struct MatchesAllCheck: PatternCheck {
  package var patterns: [Pattern]

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "matches_all",
    summary:
      "Every present value matches each of the regular expressions as a whole. RE2 syntax.",
    why: "What look-ahead does in one unreadable pattern, several plain ones do in linear time.",
    example: "columns:\n  token: {matches_all: [\"[A-Za-z0-9]{12,}\", \".*[0-9].*\", \".*[A-Z].*\"]}",
    fix: "Try the listed values against the patterns one by one.")

  package static let quantifier = PatternTest.Quantifier.all
  package static var shape: Shape<MatchesAllCheck> {
    Shape<Pattern>.expression.list.notEmpty.map { Self(patterns: $0) }
  }
  package var limit: Bound { .text("matches all of \(patterns.text)") }
  package var violation: String { "do not match all of \(patterns.text)" }
}
