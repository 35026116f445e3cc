internal import Glibc

/// Count, mean and central moments of a sample, in two passes: the mean first, then sums of powers of deviations from
/// it, corrected for the mean's own rounding.
///
/// Chan, Golub and LeVeque, "Algorithms for computing the sample variance", The American Statistician 37 (1983).
package struct Moments: Sendable, Hashable {
  package let count: Int
  package let mean: Double
  /// The sum of squared deviations from the mean.
  package let m2: Double
  /// The means of squared, cubed and fourth powers of the deviations, of values times the scale, so that the powers
  /// neither overflow nor vanish.
  private let second: Double
  private let third: Double
  private let fourth: Double
  private let scale: Double

  package static let method = Method(
    "moments", aliases: ["mean", "variance", "standard-deviation", "skewness", "kurtosis"],
    computes: """
      Mean, variance (divided by n - 1 or by n), skewness g1 = m3 / m2^1.5 and excess kurtosis g2 = m4 / m2^2 - 3, also as \
      the estimators G1 and G2 that are adjusted for the sample's size.
      """,
    use: """
      To say where a distribution lies and how wide it is. The higher moments answer to a few far values: for heavy \
      tails prefer quantiles. Values that do not vary have no skewness or kurtosis.
      """,
    source: """
      Chan, Golub and LeVeque, The American Statistician 37 (1983); Joanes and Gill, The Statistician 47 (1998)
      """)

  /// O(n). Throws without values, with one that is not finite, or when the sum of squared deviations is too large.
  package init(_ values: [Double]) throws(Undefined) {
    try Sample.require(values)
    count = values.count
    let n = Double(values.count)
    scale = Sample.scale([values])
    let scaled = scale == 1 ? values : values.map { [scale] in $0 * scale }
    let rough = scaled.compensatedSum / n
    var (first, second, third, fourth) = (CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum())
    for value in scaled {
      let deviation = value - rough
      let square = deviation * deviation
      first.add(deviation)
      second.add(square)
      third.add(square * deviation)
      fourth.add(square * square)
    }
    let shift = first.value / n
    let squares = max(0, second.value - n * shift * shift)
    mean = (rough + shift) / scale
    m2 = squares / scale / scale
    self.second = squares / n
    self.third = (third.value - 3 * shift * second.value) / n
    self.fourth = fourth.value / n
    varies = squares > 0 && (squares / n).squareRoot() > (rough + shift).magnitude * 1e-15
    guard m2.isFinite else { throw .outOfRange }
  }

  /// Whether the values differ by more than the rounding of their mean.
  package let varies: Bool

  /// The unbiased variance, divided by n - 1. Throws for fewer than two values.
  package func variance() throws(Undefined) -> Double {
    guard count > 1 else { throw .tooFew("values", needed: 2, got: count) }
    return m2 / Double(count - 1)
  }

  /// The variance of the values themselves, divided by n.
  package var populationVariance: Double { m2 / Double(count) }

  /// The square root of the unbiased variance.
  package func standardDeviation() throws(Undefined) -> Double {
    guard count > 1 else { throw .tooFew("values", needed: 2, got: count) }
    return (second * (Double(count) / Double(count - 1))).squareRoot() / scale
  }

  /// g1, the skewness of the values themselves. Throws when they do not vary.
  package func skewness() throws(Undefined) -> Double {
    guard varies else { throw .zeroVariance }
    return third / pow(second, 1.5)
  }

  /// G1, adjusted for the sample's size. Throws for fewer than three values.
  package func adjustedSkewness() throws(Undefined) -> Double {
    guard count > 2 else { throw .tooFew("values", needed: 3, got: count) }
    let n = Double(count)
    return try skewness() * (n * (n - 1)).squareRoot() / (n - 2)
  }

  /// g2, the excess kurtosis of the values themselves. Throws when they do not vary.
  package func kurtosis() throws(Undefined) -> Double {
    guard varies else { throw .zeroVariance }
    return fourth / (second * second) - 3
  }

  /// G2, adjusted for the sample's size. Throws for fewer than four values.
  package func adjustedKurtosis() throws(Undefined) -> Double {
    guard count > 3 else { throw .tooFew("values", needed: 4, got: count) }
    let n = Double(count)
    return try (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * kurtosis() + 6)
  }
}
