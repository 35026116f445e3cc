internal import Language
package import Verdict

/// `min: {at_most: 2013-01-01}`: where the column's least value lies.
package struct MinCheck: ExtremeCheck {
  package var limits = ValueLimits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "min",
    summary:
      "The least value of the column lies within the limits, which are inclusive: that of numbers, dates, times of day or timestamps, by the declared type or else by what the limits are; with type: string that of texts, in the order of their Unicode scalars. Unlike at_least it also says how far down the values must reach: min: {at_most: 2013-01-01}.",
    why: "A history that lost its first years is valid value by value.",
    example: "columns:\n  time_hour: {type: timestamp, min: {at_most: 2013-01-02}}",
    fix: "Look at the least values: cupel data show; at_least lists the rows beyond a limit.")

  package static let name = "least value"

  package static func extreme<Value>(of range: ClosedRange<Value>) -> Value { range.lowerBound }
}
