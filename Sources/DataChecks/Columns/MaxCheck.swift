internal import Language
package import Verdict

/// `max: {at_least: 2013-12-31}`: where the column's greatest value lies.
package struct MaxCheck: ExtremeCheck {
  package var limits = ValueLimits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "max",
    summary:
      "The greatest value of the column lies within the limits, which are inclusive: that of numbers, dates, times of day or timestamps, by the declared type or else by what the limits are; with type: string that of texts, in the order of their Unicode scalars. Unlike at_most it also says how far up the values must reach: max: {at_least: 2013-12-31}.",
    why: "A delivery that ends too early is valid value by value.",
    example: "columns:\n  time_hour: {type: timestamp, max: {at_least: 2013-01-31}}",
    fix: "Look at the greatest values: cupel data show; at_most lists the rows beyond a limit.")

  package static let name = "greatest value"

  package static func extreme<Value>(of range: ClosedRange<Value>) -> Value { range.upperBound }
}
