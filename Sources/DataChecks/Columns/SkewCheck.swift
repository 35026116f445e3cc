package import Language
package import Scan
package import Verdict

/// `skew: {between: [-1, 1]}`: how lopsided the column's numbers are.
package struct SkewCheck: StatisticCheck {
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "skew",
    summary:
      "The skewness of the column's numbers lies within the limits: the third standardised moment of the population, as scipy.stats.skew gives it; 0 for symmetric values, above it for a long tail to the right.",
    why: "A tail that grows on one side is how outliers and placeholders show before they move the mean.",
    example: "columns:\n  dep_delay: {type: number, skew: {between: [-1, 10]}}",
    fix: "Look at the largest and smallest values: cupel data show.")

  package static let name = "skewness"
  package static let need = "two different values"

  package static func value(of column: ColumnMoments) -> Double? { column.skewness }
  package static func rounding(of value: Double) -> Double { 0x1p-44 * max(1, value.magnitude) }
}
