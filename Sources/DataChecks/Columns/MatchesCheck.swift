package import Language
package import Scan
package import Verdict

/// `matches: "N[0-9A-Z]+"`: every value matches a regular expression as a whole.
package struct MatchesCheck: ValueCheck {
  package var pattern: Pattern

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "matches",
    summary:
      "Every present value matches the regular expression as a whole. RE2 syntax: no look-around, no back-references.",
    why: "The shape of an identifier is its cheapest checksum. RE2 takes linear time on every text.",
    example: "columns:\n  tailnum: {matches: \"N[0-9A-Z]{1,5}\"}",
    fix: "Look at the listed rows: stray white space and mixed-up columns are the usual causes.")

  package static var shape: Shape<MatchesCheck> {
    Shape<String>.string.map { text, node, problems in
      do {
        return MatchesCheck(pattern: try Pattern(text))
      } catch {
        problems.report(
          "this is no RE2 pattern: \((error as? PatternError)?.reason ?? "invalid")", at: node.location,
          help: ["RE2 has no look-around and no back-references, and so stays linear"])
        return nil
      }
    }
  }

  package var limit: Bound { .text("matches \(pattern.text)") }
  package var violation: String { "do not match \(pattern.text)" }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    PatternTest(column.name, pattern)
  }
}
