package import Language
package import Scan
package import Verdict

/// `mean: {between: [0, 60]}`: the mean of the column's numbers.
package struct MeanCheck: StatisticCheck {
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "mean",
    summary:
      "The arithmetic mean of the column's numbers lies within the limits. NaN and infinities leave no mean.",
    why: "Units that change and defaults that creep in move the mean while every value stays in range.",
    example: "columns:\n  dep_delay: {type: number, mean: {between: [0, 60]}}",
    fix: "Compare the distribution with that of the last good delivery: cupel data show.")

  package static let name = "mean"

  package static func value(of column: ColumnMoments) -> Double? { column.moments.mean }
}
