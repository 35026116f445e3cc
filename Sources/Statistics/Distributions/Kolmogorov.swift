internal import Glibc

/// The limit of the Kolmogorov-Smirnov statistic's distribution: P(sqrt(n) D > x).
package enum Kolmogorov {
  /// The upper tail, to full relative precision: by the alternating series where it converges fast, else by the theta
  /// function's other form (Marsaglia, Tsang and Wang, J. Stat. Software 8, 2003).
  package static func upper(_ x: Double) -> Probability {
    guard x > 0 else { return .one }
    if x < 0.8 {
      let factor = -.pi * .pi / (8 * x * x)
      var sum = 0.0
      for k in stride(from: 1.0, through: 41, by: 2) { sum += exp(k * k * factor) }
      return Probability(1 - (2 * .pi).squareRoot() / x * sum)
    }
    var sum = 0.0
    for k in stride(from: 20.0, through: 2, by: -1) {
      sum += (k.truncatingRemainder(dividingBy: 2) == 0 ? -1 : 1) * exp(-2 * (k * k - 1) * x * x)
    }
    // The first term stands alone, so that its logarithm survives where it underflows.
    let log10 = (-2 * x * x + log1p(sum) + log(2)) / log(10)
    let value = 2 * exp(-2 * x * x) * (1 + sum)
    return value > 0x1p-1000 ? Probability(value) : Probability(log10: log10)
  }
}
