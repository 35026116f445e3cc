/// A number that a person would choose: 1, 2 or 5 with zeros behind it or before it.
struct RoundNumber: CustomStringConvertible {
  private var digit = 1
  private var exponent = 0

  /// The least such number that is at least as large.
  ///
  /// - Parameter value: nil is returned for what no person would write out: below a millionth, from a million million
  ///   million on, and what is no number.
  init?(atLeast value: Double) {
    guard value >= 1e-6, value < 1e18 else { return nil }
    for exponent in -6...18 {
      for digit in [1, 2, 5] {
        (self.digit, self.exponent) = (digit, exponent)
        // The decimal text is what is compared later, so it is what is compared here.
        if Double(description) ?? 0 >= value { return }
      }
    }
    return nil
  }

  var description: String {
    exponent >= 0
      ? "\(digit)" + String(repeating: "0", count: exponent)
      : "0." + String(repeating: "0", count: -exponent - 1) + "\(digit)"
  }
}
