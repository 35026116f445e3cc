internal import CNumerics

/// Student's t distribution with a real number of degrees of freedom above 0.
package struct StudentT: Sendable {
  package let degrees: Double

  package init(degrees: Double) { self.degrees = degrees }

  /// P(T > t), to full relative precision in both tails.
  package func upper(_ t: Double) -> Probability { Probability(cn_student_upper(t, degrees)) }

  /// P(T < t).
  package func lower(_ t: Double) -> Probability { upper(-t) }

  /// P(|T| > |t|).
  package func twoSided(_ t: Double) -> Probability { upper(t.magnitude).doubled }

  /// The p-value of a t statistic.
  package func p(_ t: Double, _ alternative: Alternative) -> Probability {
    switch alternative {
    case .twoSided: twoSided(t)
    case .greater: upper(t)
    case .less: lower(t)
    }
  }

  /// The t above which the probability q lies; q strictly between 0 and 1.
  package func upperQuantile(_ q: Double) -> Double { cn_student_upper_quantile(q, degrees) }

  /// The t of a two-sided interval.
  package func critical(confidence: Double) -> Double { upperQuantile((1 - confidence) / 2) }

  /// P(T < t) and P(T > t) of the noncentral distribution, which a t statistic follows when there is an effect.
  package func noncentralLower(_ t: Double, noncentrality: Double) -> Double {
    cn_noncentral_student_lower(t, degrees, noncentrality)
  }

  package func noncentralUpper(_ t: Double, noncentrality: Double) -> Double {
    cn_noncentral_student_upper(t, degrees, noncentrality)
  }
}
