/// Fisher's exact test of a 2 x 2 table.
package enum FisherExact {
  package static let method = Method(
    "fisher-exact", aliases: ["fishers-exact-test", "fisher"],
    computes: """
      The probability, given the row and column totals, of a table at least as extreme as the one observed, from the \
      hypergeometric distribution of its first cell. Two-sided: of all tables that are no likelier than it. The odds \
      ratio is ad / bc of the sample.
      """,
    use: """
      To compare two shares when counts are small; it is exact for any counts. As its p-values come in steps it is \
      conservative: rejects less often than its level. For pairs of answers about the same rows use McNemar's test.
      """,
    source: "Fisher, Journal of the Royal Statistical Society 98 (1935); Agresti, Statistical Science 7 (1992)")

  /// The p-value. `greater` looks for an odds ratio above 1, so a first cell larger than its expectation. Throws for a
  /// table of another shape, and for counts that are not whole. O(standard deviation of the first cell).
  package static func p(_ table: ContingencyTable, _ alternative: Alternative = .twoSided) throws(Undefined)
    -> Probability
  {
    let (a, b, c, d) = try table.wholeTwoByTwo()
    return Hypergeometric(successes: a + b, failures: c + d, draws: a + c).p(a, alternative)
  }

  /// The odds ratio of the sample. Throws when one of the two counts below the line is 0.
  package static func oddsRatio(_ table: ContingencyTable) throws(Undefined) -> Double {
    let (a, b, c, d) = try table.wholeTwoByTwo()
    if b == 0 { throw .emptyCategory("the second cell") }
    if c == 0 { throw .emptyCategory("the third cell") }
    return Double(a) / Double(b) * (Double(d) / Double(c))
  }
}
