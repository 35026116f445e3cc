package import Language
package import Verdict

/// `at_most: 100`: no value lies above the limit.
package struct AtMostCheck: ValueLimitCheck {
  package var high: ValueLimit

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "at_most",
    summary:
      "Every present value is at most the limit, inclusive. Numbers, dates, times of day and timestamps; texts of a column of type string by their Unicode scalars.",
    why: "A value beyond what the world allows is a wrong unit, an overflow or a placeholder such as 9999.",
    example: "columns:\n  hour: {type: integer, at_most: 23}",
    fix: "Look at the listed rows; allow a share with allow: 0.1% when a few are known and harmless.")

  package static var shape: Shape<AtMostCheck> { ValueLimit.shape.map { AtMostCheck(high: $0) } }
  package var limit: Bound { .text("at most \(high.text)") }
  package var violation: String { "are above \(high.text)" }
  package var range: (low: ValueLimit?, high: ValueLimit?) { (nil, high) }
}
