internal import CNumerics
internal import Glibc

/// The standard normal distribution.
package enum Normal {
  /// P(Z > z), to full relative precision in both tails.
  package static func upper(_ z: Double) -> Probability { Probability(cn_normal_upper(z)) }

  /// P(Z < z).
  package static func lower(_ z: Double) -> Probability { upper(-z) }

  /// P(|Z| > |z|).
  package static func twoSided(_ z: Double) -> Probability { upper(z.magnitude).doubled }

  /// The p-value of a z statistic.
  package static func p(_ z: Double, _ alternative: Alternative) -> Probability {
    switch alternative {
    case .twoSided: twoSided(z)
    case .greater: upper(z)
    case .less: lower(z)
    }
  }

  /// The z below which the probability p lies; p strictly between 0 and 1.
  package static func quantile(_ p: Double) -> Double { -cn_normal_upper_quantile(p) }

  /// The z above which the probability q lies.
  package static func upperQuantile(_ q: Double) -> Double { cn_normal_upper_quantile(q) }

  /// The z of a two-sided interval: 1.96 for 0.95.
  package static func critical(confidence: Double) -> Double { upperQuantile((1 - confidence) / 2) }
}

extension Normal {
  /// The z above which a probability lies that may be smaller than any double; infinite for 0 and 1.
  package static func upperQuantile(_ probability: Probability) -> Double {
    if probability.value >= 1 { return -.infinity }
    if probability.log10 == -.infinity { return .infinity }
    if probability.value > 1e-300 { return upperQuantile(probability.value) }
    // Newton's method on ln P(Z > z), whose slope is -(z + 1/z - …) there: it converges from the first step on.
    let target = probability.log10 * log(10)
    var z = (-2 * target - log(-4 * .pi * target)).squareRoot()
    for _ in 0..<50 {
      let step = (upper(z).log10 * log(10) - target) / (z + 1 / z)
      z += step
      if step.magnitude < z * 1e-16 { break }
    }
    return z
  }
}
