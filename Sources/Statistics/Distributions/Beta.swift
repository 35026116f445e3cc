internal import CNumerics

/// The beta distribution with parameters above 0; its distribution function is the regularised incomplete beta function.
package struct Beta: Sendable {
  package let a: Double
  package let b: Double

  package init(_ a: Double, _ b: Double) {
    self.a = a
    self.b = b
  }

  /// I_x(a, b) = P(X < x), for x in 0...1.
  package func lower(_ x: Double) -> Probability { Probability(cn_beta_lower(a, b, x, 1 - x)) }

  /// 1 - I_x(a, b) = P(X > x).
  package func upper(_ x: Double) -> Probability { Probability(cn_beta_upper(a, b, x, 1 - x)) }

  /// The x below which the probability p lies.
  package func quantile(_ p: Double) -> Double { cn_beta_lower_quantile(a, b, p) }

  /// The x above which the probability q lies.
  package func upperQuantile(_ q: Double) -> Double { cn_beta_upper_quantile(a, b, q) }

  /// ln B(a, b).
  package static func logBeta(_ a: Double, _ b: Double) -> Double { cn_log_beta(a, b) }
}
