/// Pearson's chi-squared test that samples come from one distribution over categories.
package enum ChiSquaredHomogeneity {
  package static let method = Method(
    "chi-squared-homogeneity",
    aliases: [
      "chi2", "chi-squared", "chi-square", "chi2-homogeneity", "chi2-contingency", "chi-squared-independence", "yates",
    ],
    computes: """
      X2 = sum of (O - E)^2 / E over the cells of a table of counts, where E is row total times column total divided by \
      the total; its p-value is the upper tail of chi-squared with (rows - 1)(columns - 1) degrees of freedom. Yates's \
      correction moves each count of a 2 x 2 table towards E by a half, at most to E itself.
      """,
    use: """
      To ask whether categories are as frequent in one sample as in another, or two variables independent. Most cells \
      must expect 5 or more (Cochran's rule); below that take Fisher's exact test (2 x 2). Leave empty categories out \
      first. With many rows every small change is significant: judge the size of the change by Cramer's V, the \
      population stability index or L-infinity.
      """,
    source: """
      Pearson, Philosophical Magazine 50 (1900); Yates, Supplement to the Journal of the Royal Statistical Society 1 \
      (1934); Agresti, Categorical Data Analysis, 3.2
      """)

  /// Throws when a row or a column has no observations. A single row or column has statistic 0 and p-value 1, as there
  /// is nothing to compare. O(cells).
  package static func test(_ table: ContingencyTable, correction: Bool = false) throws(Undefined) -> TestResult {
    try Departure.pearson.homogeneity(table, correction: correction)
  }
}
