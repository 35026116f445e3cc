package import Language
package import Verdict

/// `above: 0`: every value is greater than the limit.
package struct AboveCheck: ValueLimitCheck {
  package var low: ValueLimit

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "above",
    summary:
      "Every present value is greater than the limit, which itself is not allowed: above: 0 is positive. Numbers, dates, times of day and timestamps; texts of a column of type string by their Unicode scalars.",
    why: "A price, weight or duration of zero is a missing value in disguise, and divides by zero later.",
    example: "columns:\n  distance: {type: number, above: 0}",
    fix: "Look at the listed rows; when the limit itself is a good value, write at_least.")

  package static var shape: Shape<AboveCheck> {
    ValueLimit.shape(isExclusive: true).map { AboveCheck(low: $0) }
  }
  package var limit: Bound { .text("above \(low.text)") }
  package var violation: String { "are not above \(low.text)" }
  package var range: (low: ValueLimit?, high: ValueLimit?) { (low, nil) }
}
