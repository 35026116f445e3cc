/// The test that counts come from a distribution that is known beforehand.
package enum GoodnessOfFit {
  package static let method = Method(
    "goodness-of-fit", aliases: ["chi2-gof", "chi-squared-goodness-of-fit", "g-goodness-of-fit"],
    computes: """
      X2 = sum of (O - E)^2 / E, or G = 2 times the sum of O ln(O / E), over the categories; the p-value is the upper \
      tail of chi-squared with as many degrees of freedom as categories less one, less the parameters that were fitted.
      """,
    use: """
      To ask whether shares are what they should be, when these are known: a specification, or a population. Against a \
      second sample, which has an error of its own, use chi-squared homogeneity. Every category must expect something, \
      most of them 5 or more.
      """,
    source: "Pearson, Philosophical Magazine 50 (1900); Wilks, Annals of Mathematical Statistics 9 (1938)")

  /// Throws when a category expects nothing, and when the sums differ by more than 1.5e-8 of themselves.
  package static func statistic(
    _ observed: Counts, expected: Counts, by departure: Departure = .pearson
  ) throws(Undefined) -> Double {
    guard observed.values.count == expected.values.count else {
      throw .lengthsDiffer(observed.values.count, expected.values.count)
    }
    if let index = expected.values.firstIndex(of: 0) { throw .emptyCategory("category \(index + 1)") }
    let gap = observed.total - expected.total
    guard gap.magnitude <= 0x1p-26 * min(observed.total, expected.total) else {
      throw .outsideDomain("observed and expected counts must have the same sum")
    }
    let value = departure.statistic(observed.values, expected.values)
    switch departure {
    case .pearson: return value
    case .likelihoodRatio: return max(0, value + 2 * gap)
    }
  }

  /// Throws what `statistic` throws, and when no degree of freedom is left. O(categories).
  ///
  /// - Parameter fitted: how many parameters of the expectation were estimated from the same counts.
  package static func test(
    _ observed: Counts, expected: Counts, fitted: Int = 0, by departure: Departure = .pearson
  ) throws(Undefined) -> TestResult {
    let value = try statistic(observed, expected: expected, by: departure)
    guard fitted >= 0 else { throw .outsideDomain("the number of fitted parameters must not be negative") }
    guard observed.values.count - 1 > fitted else {
      throw .tooFew("categories", needed: fitted > Int.max - 2 ? Int.max : fitted + 2, got: observed.values.count)
    }
    let degrees = Double(observed.values.count - 1 - fitted)
    return TestResult(statistic: value, p: ChiSquared(degrees: degrees).upper(value), degreesOfFreedom: degrees)
  }

  /// What a uniform distribution expects of so many observations.
  package static func uniform(like observed: Counts) throws(Undefined) -> Counts {
    let count = observed.values.count
    return try Counts(Array(repeating: observed.total / Double(count), count: count))
  }
}
