package import Language
package import Scan
package import Verdict

/// `kurtosis: {at_most: 10}`: how heavy the tails of the column's numbers are.
package struct KurtosisCheck: StatisticCheck {
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "kurtosis",
    summary:
      "The kurtosis of the column's numbers lies within the limits: the fourth standardised moment of the population, 3 for a normal distribution, as in a profile; scipy.stats.kurtosis gives it with fisher=False, and the excess kurtosis is 3 less.",
    why: "A few wild values make the tails heavy long before they move the mean or a quantile.",
    example: "columns:\n  dep_delay: {type: number, kurtosis: {at_most: 100}}",
    fix: "Look at the largest and smallest values: cupel data show.")

  package static let name = "kurtosis"
  package static let need = "two different values"

  package static func value(of column: ColumnMoments) -> Double? { column.kurtosis }
  package static func rounding(of value: Double) -> Double { 0x1p-44 * max(1, value.magnitude) }
}
