package import Language
package import Scan
package import Verdict

/// `std: {at_least: 0.5}`: the standard deviation of the column's numbers.
package struct StdCheck: StatisticCheck {
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "std",
    summary:
      "The standard deviation of the column's numbers lies within the limits: that of a sample, of n - 1, as in pandas; numpy.std takes ddof=1. It takes two values.",
    why: "A column that stops varying, or varies a hundred times as much, was broken upstream.",
    example: "columns:\n  dep_delay: {type: number, std: {between: [10, 120]}}",
    fix: "Compare the distribution with that of the last good delivery: cupel data show.")

  package static let name = "standard deviation"
  package static let need = "two values"

  package static func value(of column: ColumnMoments) -> Double? { column.variance.map { $0.squareRoot() } }
}
