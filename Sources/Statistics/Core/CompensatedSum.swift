/// A sum that carries its rounding errors along: as exact as one in twice the precision, whatever the order and signs.
///
/// Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974), with a second
/// correction term (Klein, Computing 76, 2006).
package struct CompensatedSum: Sendable {
  private var sum = 0.0
  private var correction = 0.0
  private var second = 0.0

  package init() {}

  package init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  package mutating func add(_ value: Double) {
    let error = Self.twoSum(&sum, value)
    second += Self.twoSum(&correction, error)
  }

  package var value: Double { sum + (correction + second) }

  /// Adds, and returns what the rounding took.
  @inline(__always)
  private static func twoSum(_ sum: inout Double, _ value: Double) -> Double {
    let total = sum + value
    let error = sum.magnitude >= value.magnitude ? (sum - total) + value : (value - total) + sum
    sum = total
    return error
  }
}

extension Sequence<Double> {
  /// The sum with compensated rounding.
  package var compensatedSum: Double { CompensatedSum(self).value }
}

extension Array<Double> {
  /// The sum with compensated rounding. Not generic, so that callers in other modules get the fast loop.
  package var compensatedSum: Double {
    var sum = CompensatedSum()
    for value in self { sum.add(value) }
    return sum.value
  }
}
