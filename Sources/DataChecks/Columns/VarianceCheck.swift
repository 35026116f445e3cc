package import Language
package import Scan
package import Verdict

/// `variance: {at_most: 100}`: the variance of the column's numbers.
package struct VarianceCheck: StatisticCheck {
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "variance",
    summary:
      "The variance of the column's numbers lies within the limits: that of a sample, of n - 1, as in pandas; numpy.var takes ddof=1. It takes two values.",
    why: "A column that stops varying, or varies a hundred times as much, was broken upstream.",
    example: "columns:\n  dep_delay: {type: number, variance: {at_most: 10000}}",
    fix: "Compare the distribution with that of the last good delivery: cupel data show.")

  package static let name = "variance"
  package static let need = "two values"

  package static func value(of column: ColumnMoments) -> Double? { column.variance }
}
