/// The care that comparisons of decimal numbers in binary floating point need.
///
/// A metrics file says 0.915 and a limit says 0.92 - 0.005: as decimals they are equal, as doubles they differ in the
/// last digit. So every value may be off by four representable steps (a relative error of 4.4e-16 to 8.9e-16), in
/// favour of passing. A step is never a constant: that would be too much for small metrics and nothing for large ones.
enum Rounding {
  static let steps = 4

  static func raised(_ value: Double) -> Double { (0..<steps).reduce(value) { value, _ in value.nextUp } }

  static func lowered(_ value: Double) -> Double { -raised(-value) }

  static func contains(_ range: ClosedRange<Double>, _ value: Double) -> Bool {
    raised(value) >= range.lowerBound && lowered(value) <= range.upperBound
  }
}
