package import Language
package import Scan
package import Verdict

/// `not_like: "%test%"`: no value matches a pattern of SQL.
package struct NotLikeCheck: PatternCheck {
  package var patterns: [Pattern]

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "not_like",
    summary:
      "No present value matches the LIKE pattern of SQL, or any one of a list: % is any text, _ one character, a backslash before them makes them plain. Case matters.",
    why: "Leftovers of tests and templates are easily named by what they contain.",
    example: "columns:\n  name: {not_like: [\"%test%\", \"{{%}}\"]}",
    fix: "Remove what matches upstream, or name placeholders in missing_values.")

  package static let quantifier = PatternTest.Quantifier.none
  package static var shape: Shape<NotLikeCheck> { Shape<Pattern>.like.oneOrMany.notEmpty.map { Self(patterns: $0) } }
  package var limit: Bound { .text("like none of \(patterns.text)") }
  package var violation: String { "are like \(patterns.text)" }
}
