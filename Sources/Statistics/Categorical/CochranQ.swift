/// Cochran's Q: do several classifiers succeed equally often on the same rows?
package enum CochranQ {
  package static let method = Method(
    "cochran-q", aliases: ["cochrans-q"],
    computes: """
      Q = k(k - 1) times the sum of (G - mean G)^2, divided by the sum of L(k - L), where G are the successes of each of \
      k classifiers and L the successes in each row; its p-value is the upper tail of chi-squared with k - 1 degrees of \
      freedom. For two classifiers it is McNemar's chi-squared.
      """,
    use: """
      To ask whether any of several models differs from the others on the same rows, before comparing pairs by McNemar's \
      test with Holm's adjustment. Rows in which all succeed or all fail say nothing; about 24 others are needed for the \
      approximation. When there are none, the statistic is undefined.
      """,
    source: "Cochran, \"The comparison of percentages in matched samples\", Biometrika 37 (1950)")

  /// A row for each subject, with a success or failure of each classifier. Throws for fewer than two classifiers, rows
  /// of different lengths, and when no row is discordant. O(cells).
  package static func test(_ outcomes: [[Bool]]) throws(Undefined) -> TestResult {
    guard let width = outcomes.first?.count else { throw .noObservations }
    if let other = outcomes.first(where: { $0.count != width }) { throw .lengthsDiffer(width, other.count) }
    guard width > 1 else { throw .tooFew("samples", needed: 2, got: width) }
    var successes = [Double](repeating: 0, count: width)
    var discordance = 0.0
    let k = Double(width)
    for row in outcomes {
      var count = 0.0
      for (column, success) in row.enumerated() where success {
        successes[column] += 1
        count += 1
      }
      discordance += count * (k - count)
    }
    guard discordance > 0 else { throw .zeroVariance }
    let mean = successes.compensatedSum / k
    let spread = successes.map { ($0 - mean) * ($0 - mean) }.compensatedSum
    let statistic = k * (k - 1) * spread / discordance
    return TestResult(statistic: statistic, p: ChiSquared(degrees: k - 1).upper(statistic), degreesOfFreedom: k - 1)
  }
}
