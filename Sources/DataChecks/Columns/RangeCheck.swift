package import Language
package import Scan
package import Verdict

/// `range: {at_most: 100}`: how far apart the column's least and greatest number are.
package struct RangeCheck: StatisticCheck {
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "range",
    summary:
      "The difference of the greatest and the least of the column's numbers lies within the limits.",
    why: "Sensors that stick and columns that fill with a default lose their range; a wrong unit multiplies it.",
    example: "columns:\n  distance: {type: integer, range: {at_least: 1000, at_most: 6000}}",
    fix: "Look at the largest and smallest values: cupel data show.")

  package static let name = "range"
  package var needsAllRows: String? { "their range" }

  package static func value(of column: ColumnMoments) -> Double? { column.range }
}
