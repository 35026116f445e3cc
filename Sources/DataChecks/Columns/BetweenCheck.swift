package import Language
package import Verdict

/// `between: [0, 6000]`: every value lies within two limits.
package struct BetweenCheck: ValueLimitCheck {
  package var low: ValueLimit
  package var high: ValueLimit

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "between",
    summary:
      "Every present value lies between two limits, both inclusive. Numbers, dates, times of day and timestamps; texts of a column of type string by their Unicode scalars.",
    why: "The cheapest guard against wrong units, placeholders and broken joins.",
    example: "columns:\n  distance: {type: integer, between: [0, 6000]}",
    fix: "Look at the listed rows; widen the limits when the world has changed, or allow a share: allow: 0.1%.")

  package static var shape: Shape<BetweenCheck> {
    Shape<[ValueLimit]>.pair(ValueLimit.shape).map { BetweenCheck(low: $0[0], high: $0[1]) }
  }

  package var limit: Bound { .text("between \(low.text) and \(high.text)") }
  package var violation: String { "are not between \(low.text) and \(high.text)" }
  package var range: (low: ValueLimit?, high: ValueLimit?) { (low, high) }
}
