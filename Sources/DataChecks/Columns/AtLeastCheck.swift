package import Language
package import Verdict

/// `at_least: 0`: no value lies below the limit.
package struct AtLeastCheck: ValueLimitCheck {
  package var low: ValueLimit

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "at_least",
    summary:
      "Every present value is at least the limit, inclusive. Numbers, dates, times of day and timestamps; texts of a column of type string by their Unicode scalars, so that Z comes before a.",
    why: "A negative price, age or distance is nearly always a defect upstream, and models learn from it.",
    example: "columns:\n  distance: {type: integer, at_least: 0}",
    fix: "Look at the listed rows; allow a share with allow: 0.1% when a few are known and harmless.")

  package static var shape: Shape<AtLeastCheck> { ValueLimit.shape.map { AtLeastCheck(low: $0) } }
  package var limit: Bound { .text("at least \(low.text)") }
  package var violation: String { "are below \(low.text)" }
  package var range: (low: ValueLimit?, high: ValueLimit?) { (low, nil) }
}
