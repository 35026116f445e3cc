internal import CNumerics

/// Fisher's F distribution.
package struct FisherF: Sendable {
  package let numerator: Double
  package let denominator: Double

  /// The degrees of freedom of the numerator and of the denominator, above 0.
  package init(_ numerator: Double, _ denominator: Double) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// P(F > f).
  package func upper(_ f: Double) -> Probability { Probability(cn_fisher_upper(f, numerator, denominator)) }
}
