internal import CNumerics

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
