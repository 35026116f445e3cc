/// The likelihood-ratio test that samples come from one distribution over categories.
package enum GHomogeneity {
  package static let method = Method(
    "g-test", aliases: ["g-homogeneity", "g-test-homogeneity", "likelihood-ratio-test"],
    computes: """
      G = 2 times the sum of O ln(O / E) over the cells of a table of counts, where E is row total times column total \
      divided by the total; its p-value is the upper tail of chi-squared with (rows - 1)(columns - 1) degrees of \
      freedom. G is 2n times the mutual information of rows and columns.
      """,
    use: """
      As the chi-squared test, which it approaches with many observations; its statistics of nested tables add up. With \
      few observations per cell chi-squared is the nearer to its level. Leave empty categories out first.
      """,
    source: "Wilks, Annals of Mathematical Statistics 9 (1938); Agresti, Categorical Data Analysis, 3.2")

  /// Throws when a row or a column has no observations. O(cells).
  package static func test(_ table: ContingencyTable, correction: Bool = false) throws(Undefined) -> TestResult {
    try Departure.likelihoodRatio.homogeneity(table, correction: correction)
  }
}
