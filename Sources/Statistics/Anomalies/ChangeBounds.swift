/// Bounds on how much a series changes from one value to the next, or on its differences of a higher order.
package enum ChangeBounds {
  /// How much a value may differ from the expected one.
  package enum Width: Sendable, Hashable {
    case absolute(Double)
    /// A share of the value before.
    case relative(Double)
  }

  package static let method = Method(
    "change-bounds", aliases: ["change", "rate-of-change", "absolute-change", "relative-change"],
    computes: """
      The difference of order k of the series at its newest value, held against a fixed bound. Order 1 is the change from \
      one value to the next, absolute or as a share of the value before; order 2 is the change of the change, and so on. \
      The expected value is the one that makes the difference 0.
      """,
    use: """
      When it is known how much may change, or for the first runs of all: it needs as many values as its order. It claims \
      no false-alarm rate. A value that drifts by less than the bound with every run is never caught: use a band of the \
      whole history for that.
      """,
    source: "Schelter et al., \"Automating large-scale data quality verification\", PVLDB 11 (2018), section 3.4")

  /// O(order). Throws for fewer values than the order, a relative width after a value of 0 or beyond order 1, or values
  /// that are not finite.
  package static func band(
    after history: [Double], within width: Width, order: Int = 1
  ) throws(Undefined) -> PredictionBand {
    guard (1...10).contains(order) else { throw .outsideDomain("the order must be between 1 and 10") }
    guard history.count >= order else { throw .tooFew("values", needed: order, got: history.count) }
    try Sample.requireFinite(history)
    // With a difference of order k that is 0, the newest value is that combination of the k before it.
    var (expected, coefficient) = (0.0, 1.0)
    for step in 1...order {
      coefficient *= Double(order - step + 1) / Double(step)
      expected += (step.isMultiple(of: 2) ? -coefficient : coefficient) * history[history.count - step]
    }
    let halfWidth: Double
    switch width {
    case .absolute(let limit): halfWidth = limit
    case .relative(let share):
      guard order == 1 else { throw .outsideDomain("only the change from one value to the next can be relative") }
      guard expected != 0 else { throw .noObservations }
      halfWidth = share * expected.magnitude
    }
    guard halfWidth >= 0 else { throw .outsideDomain("a change must not be negative") }
    guard expected.isFinite, (expected - halfWidth).isFinite, (expected + halfWidth).isFinite else { throw .outOfRange }
    return PredictionBand(
      lower: expected - halfWidth, expected: expected, upper: expected + halfWidth, confidence: nil)
  }
}
