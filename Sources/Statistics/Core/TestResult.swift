/// A test's statistic and the probability, were the null hypothesis true, of one at least as extreme.
package struct TestResult: Sendable, Hashable {
  package var statistic: Double
  package var p: Probability
  /// The degrees of freedom of the statistic's distribution, when it has any.
  package var degreesOfFreedom: Double?

  package init(statistic: Double, p: Probability, degreesOfFreedom: Double? = nil) {
    self.statistic = statistic
    self.p = p
    self.degreesOfFreedom = degreesOfFreedom
  }
}
