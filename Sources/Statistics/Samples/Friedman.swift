/// Whether any of several treatments of the same blocks tends to have larger values, by the ranks within each block.
package enum Friedman {
  package static let method = Method(
    "friedman", aliases: ["friedmanchisquare", "friedman-test"],
    computes: """
      The treatments are ranked within each block, ties sharing their mean rank; the statistic is \
      12/(nk(k + 1)) * sum of R_j^2 - 3n(k + 1) of the rank sums, divided by 1 - sum(t^3 - t)/(n(k^3 - k)), referred to \
      the chi-squared distribution with k - 1 degrees of freedom.
      """,
    use: """
      To compare three or more models on the same data sets or folds. The chi-squared limit needs more than ten blocks or \
      more than five treatments. It says that some model differs, not which; for two use wilcoxon-signed-rank.
      """,
    source: "Friedman, J. Am. Stat. Assoc. 32 (1937); Demsar, J. Machine Learning Research 7 (2006)")

  /// One row a treatment, one column a block: at least three treatments of equal length. O(n k log k).
  package static func test(_ treatments: [[Double]]) throws(Undefined) -> TestResult {
    guard treatments.count > 2 else { throw .tooFew("treatments", needed: 3, got: treatments.count) }
    for treatment in treatments {
      guard treatment.count == treatments[0].count else {
        throw .lengthsDiffer(treatments[0].count, treatment.count)
      }
      try Sample.requireOrdered(treatment)
    }
    let (k, n) = (Double(treatments.count), Double(treatments[0].count))
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: treatments.count)
    var tieSum = CompensatedSum()
    for block in treatments[0].indices {
      let ranks = Ranks(treatments.map { $0[block] })
      for (index, rank) in ranks.midranks.enumerated() { sums[index].add(rank - (k + 1) / 2) }
      tieSum.add(ranks.tieSum)
    }
    let correction = 1 - tieSum.value / (n * k * (k - 1) * (k + 1))
    guard correction > 0 else { throw .allEqual }
    var squares = CompensatedSum()
    for sum in sums { squares.add(sum.value * sum.value) }
    let statistic = 12 / (n * k * (k + 1)) * squares.value / correction
    return TestResult(
      statistic: statistic, p: ChiSquared(degrees: k - 1).upper(statistic), degreesOfFreedom: k - 1)
  }
}
