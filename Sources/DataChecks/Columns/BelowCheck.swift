package import Language
package import Verdict

/// `below: 360`: every value is less than the limit.
package struct BelowCheck: ValueLimitCheck {
  package var high: ValueLimit

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "below",
    summary:
      "Every present value is less than the limit, which itself is not allowed. Numbers, dates, times of day and timestamps; texts of a column of type string by their Unicode scalars.",
    why: "Angles, hours and the ends of half-open periods stop short of their limit: a value at it is counted twice.",
    example: "columns:\n  wind_dir: {type: number, at_least: 0, below: 360}",
    fix: "Look at the listed rows; when the limit itself is a good value, write at_most.")

  package static var shape: Shape<BelowCheck> {
    ValueLimit.shape(isExclusive: true).map { BelowCheck(high: $0) }
  }
  package var limit: Bound { .text("below \(high.text)") }
  package var violation: String { "are not below \(high.text)" }
  package var range: (low: ValueLimit?, high: ValueLimit?) { (nil, high) }
}
