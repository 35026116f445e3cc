/// How far observed counts depart from expected ones, by the statistic of Pearson or by that of the likelihood ratio.
package enum Departure: Sendable {
  /// The sum of (O - E)^2 / E.
  case pearson
  /// G, twice the sum of O ln(O / E).
  case likelihoodRatio

  /// The statistic of counts whose sums are equal. What is expected must be above 0.
  func statistic(_ observed: [Double], _ expected: [Double]) -> Double {
    zip(observed, expected).map { observed, expected in
      switch self {
      case .pearson: (observed - expected) / expected * (observed - expected)
      // O ln(O / E) - (O - E): the differences add up to nothing, and no term is below 0.
      case .likelihoodRatio: 2 * Deviance.term(observed, expected)
      }
    }.compensatedSum
  }

  /// The test that the rows of a table are samples of one distribution, or its rows and columns independent.
  func homogeneity(_ table: ContingencyTable, correction: Bool) throws(Undefined) -> TestResult {
    try table.requireObserved()
    let degrees = Double(table.rows - 1) * Double(table.columns - 1)
    guard degrees > 0 else { return TestResult(statistic: 0, p: .one, degreesOfFreedom: 0) }
    let expected = table.expected
    var observed = table.cells
    if correction, degrees == 1 {
      // Yates, 1934: towards what is expected by a half, but not beyond it.
      for (index, expected) in expected.enumerated() {
        let gap = expected - observed[index]
        observed[index] = gap.magnitude <= 0.5 ? expected : observed[index] + (gap > 0 ? 0.5 : -0.5)
      }
    }
    let value = statistic(observed, expected)
    return TestResult(statistic: value, p: ChiSquared(degrees: degrees).upper(value), degreesOfFreedom: degrees)
  }
}
