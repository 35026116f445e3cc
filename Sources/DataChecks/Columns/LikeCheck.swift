package import Language
package import Scan
package import Verdict

/// `like: "AB-%"`: every value matches a pattern of SQL.
package struct LikeCheck: PatternCheck {
  package var patterns: [Pattern]

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "like",
    summary:
      "Every present value matches the LIKE pattern of SQL, or one of a list: % is any text, _ one character, a backslash before them makes them plain. Case matters.",
    why: "A rule that moves here from a warehouse keeps its pattern.",
    example: "columns:\n  sku: {like: [\"AB-%\", \"CD-____\"]}",
    fix: "Look at the listed rows: another case or white space at the end are the usual causes.")

  package static let quantifier = PatternTest.Quantifier.any
  package static var shape: Shape<LikeCheck> { Shape<Pattern>.like.oneOrMany.notEmpty.map { Self(patterns: $0) } }
  package var limit: Bound { .text("like \(patterns.text)") }
  package var violation: String { "are not like \(patterns.text)" }
}
