internal import CNumerics

/// The chi-squared distribution with a real number of degrees of freedom above 0.
package struct ChiSquared: Sendable {
  package let degrees: Double

  package init(degrees: Double) { self.degrees = degrees }

  /// P(X > x).
  package func upper(_ x: Double) -> Probability { x <= 0 ? .one : Probability(cn_gamma_upper(degrees / 2, x / 2)) }

  /// P(X < x).
  package func lower(_ x: Double) -> Probability { x <= 0 ? .zero : Probability(cn_gamma_lower(degrees / 2, x / 2)) }

  /// The x above which the probability q lies; q strictly between 0 and 1.
  package func upperQuantile(_ q: Double) -> Double { 2 * cn_gamma_upper_quantile(degrees / 2, q) }

  /// P(X > x) of the noncentral distribution, which the statistic follows when there is an effect.
  package func noncentralUpper(_ x: Double, noncentrality: Double) -> Double {
    cn_noncentral_chi_squared_upper(x, degrees, noncentrality)
  }
}
