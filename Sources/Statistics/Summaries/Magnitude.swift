internal import Glibc

/// A power of two by which values are divided before their powers are summed, so that these neither overflow nor vanish.
struct Magnitude {
  /// 0 for values of ordinary size, which stay as they are.
  let exponent: Int32

  init(exponent: Int32) { self.exponent = exponent }

  init(_ values: [Double]) {
    let greatest = values.lazy.map(\.magnitude).max() ?? 0
    let exponent = greatest > 0 ? greatest.exponent : 0
    self.exponent = (-200...200).contains(exponent) ? 0 : Int32(exponent)
  }

  /// The values divided by the power of two, which rounds nothing.
  func scaled(_ values: [Double]) -> [Double] {
    exponent == 0 ? values : values.map { scalbn($0, -exponent) }
  }

  /// A number in the values' own unit, or in that to a power.
  func unscaled(_ value: Double, power: Int32 = 1) -> Double {
    exponent == 0 ? value : scalbn(value, power * exponent)
  }
}
