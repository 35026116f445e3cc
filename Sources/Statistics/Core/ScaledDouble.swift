internal import Glibc

/// A number of at least 0 whose exponent has no bounds, for products that leave the range of doubles on their way.
struct ScaledDouble {
  private var significand: Double
  private var exponent = 0

  init(_ value: Double) {
    significand = value
    normalise()
  }

  static func * (lhs: ScaledDouble, factor: Double) -> ScaledDouble {
    var product = lhs
    product.significand *= factor
    product.normalise()
    return product
  }

  static func += (lhs: inout ScaledDouble, rhs: ScaledDouble) {
    if rhs.significand == 0 { return }
    let shift = rhs.exponent - lhs.exponent
    if lhs.significand == 0 || shift > 1200 {
      lhs = rhs
    } else if shift > 0 {
      lhs.significand = scalbn(lhs.significand, Int32(-shift)) + rhs.significand
      lhs.exponent = rhs.exponent
    } else if shift >= -1200 {
      lhs.significand += scalbn(rhs.significand, Int32(shift))
    }
  }

  var probability: Probability {
    if exponent == 0 { return Probability(significand) }
    return Probability(log10: log10(significand) + Double(exponent) * log10(2))
  }

  /// Keeps the significand far from the ends of the range; the exponent is 0 for every number that is not tiny or huge.
  private mutating func normalise() {
    if significand > 0, significand < 0x1p-600 {
      significand *= 0x1p600
      exponent -= 600
    } else if significand > 0x1p600 {
      significand *= 0x1p-600
      exponent += 600
    }
  }
}
