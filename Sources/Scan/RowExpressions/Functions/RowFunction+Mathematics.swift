internal import Glibc

/// Mathematics. A function that is not defined at a value is unknown there.
extension RowFunction {
  static let mathematics: [RowFunction] = [
    RowFunction(
      "abs", "The value without its sign.", "abs(-3) = 3",
      [
        .of(.integer, to: .integer) { (x: Int64) in x == .min ? nil : abs(x) },
        .of(.number, to: .number) { (x: Double) in abs(x) },
        .of(.interval, to: .interval) { (x: Int64) in x == .min ? nil : abs(x) },
      ], turns: .atZero),
    RowFunction(
      "sign", "-1, 0 or 1, as the value is below, at or above zero.", "sign(-0.5) = -1",
      [
        .of(.integer, to: .integer) { (x: Int64) in x.signum() },
        .of(.number, to: .number) { (x: Double) in x > 0 ? 1 : x < 0 ? -1 : x },
      ]),
    RowFunction(
      "round", "The nearest whole number, or decimal with so many digits; halves go away from zero.",
      "round(2.567, 1) = 2.6",
      [
        .of(.number, to: .number) { (x: Double) in x.rounded() },
        .of(.number, .integer, to: .number) { (x: Double, digits: Int64) in rounded(x, digits: digits) },
      ]),
    RowFunction(
      "floor", "The greatest whole number that is not greater.", "floor(-1.5) = -2",
      [.of(.number, to: .number) { (x: Double) in x.rounded(.down) }], turns: .nowhere),
    RowFunction(
      "ceil", or: ["ceiling"], "The least whole number that is not less.", "ceil(1.2) = 2",
      [.of(.number, to: .number) { (x: Double) in x.rounded(.up) }], turns: .nowhere),
    RowFunction(
      "trunc", "The number without its fraction.", "trunc(-1.5) = -1",
      [.of(.number, to: .number) { (x: Double) in x.rounded(.towardZero) }], turns: .nowhere),
    RowFunction(
      "sqrt", "The square root; unknown of a negative number.", "sqrt(9) = 3",
      [.of(.number, to: .number) { (x: Double) in x < 0 ? nil : x.squareRoot() }], turns: .nowhere),
    RowFunction(
      "power", or: ["pow"], "The first number to the power of the second.", "power(2, 10) = 1024",
      [
        .of(.number, .number, to: .number) { (x: Double, y: Double) in
          x == 0 && y < 0 ? nil : defined(pow(x, y), of: x, y)
        }
      ]),
    RowFunction(
      "exp", "e to the power of the number.", "exp(0) = 1", [.of(.number, to: .number) { (x: Double) in exp(x) }]),
    RowFunction(
      "ln", "The natural logarithm; unknown unless the number is above zero.", "ln(exp(1)) = 1",
      [.of(.number, to: .number) { (x: Double) in x <= 0 ? nil : log(x) }]),
    RowFunction(
      "log10", "The logarithm to base 10; unknown unless the number is above zero.", "log10(1000) = 3",
      [.of(.number, to: .number) { (x: Double) in x <= 0 ? nil : log10(x) }]),
    RowFunction(
      "log2", "The logarithm to base 2; unknown unless the number is above zero.", "log2(8) = 3",
      [.of(.number, to: .number) { (x: Double) in x <= 0 ? nil : log2(x) }]),
    RowFunction(
      "is_nan", "Whether the number is none (NaN), which all comparisons leave unknown.", "not is_nan(1.5)",
      [.of(.number, to: .boolean) { (x: Double) in x.isNaN }]),
    RowFunction(
      "is_finite", "Whether the number is neither infinite nor NaN.", "is_finite(1.5)",
      [.of(.number, to: .boolean) { (x: Double) in x.isFinite }]),
    RowFunction(
      "is_inf", "Whether the number is infinite.", "is_inf(-exp(1000))",
      [.of(.number, to: .boolean) { (x: Double) in x.isInfinite }]),
  ]

  /// Unknown when the result is NaN though no argument was.
  private static func defined(_ result: Double, of x: Double, _ y: Double) -> Double? {
    result.isNaN && !x.isNaN && !y.isNaN ? nil : result
  }

  /// A double has no digits behind the 17 or so that it holds: rounding there changes nothing.
  private static func rounded(_ x: Double, digits: Int64) -> Double {
    guard digits >= -308 else { return x.isFinite ? 0 : x }
    let scale = pow(10, Double(min(digits, 308).magnitude))
    guard digits > 0 else { return (x / scale).rounded() * scale }
    let scaled = x * scale
    return abs(scaled) < 0x1p52 ? scaled.rounded() / scale : x
  }
}
