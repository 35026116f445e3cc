/// Cramer's V: how strongly two categorical variables are associated, or how far samples lie apart.
package enum CramersV {
  package static let method = Method(
    "cramers-v", aliases: ["cramer-v", "chi-square-v", "cramers-phi", "bias-corrected-cramers-v"],
    computes: """
      V = sqrt(X2 / (n min(rows - 1, columns - 1))) with Pearson's X2 without Yates's correction: 0 when rows and columns \
      are independent, 1 when one determines the other. Bias-corrected: phi2 = X2 / n is lessened by its expectation \
      under independence, (rows - 1)(columns - 1)/(n - 1), at most to 0, and rows and columns by (rows - 1)^2/(n - 1) \
      and (columns - 1)^2/(n - 1).
      """,
    use: """
      As the size of what a chi-squared test finds; it does not grow with the number of rows. With few observations and \
      many categories V is far above 0 by chance alone: then use the bias-corrected form.
      """,
    source: """
      Cramer, Mathematical Methods of Statistics (1946); Bergsma, "A bias-correction for Cramer's V and Tschuprow's T", \
      Journal of the Korean Statistical Society 42 (2013)
      """)

  /// Throws when a row or a column has no observations, or there is only one of either.
  package static func value(_ table: ContingencyTable) throws(Undefined) -> Double {
    let degrees = try spread(table)
    let statistic = try ChiSquaredHomogeneity.test(table).statistic
    return min(1, (statistic / table.total / degrees).squareRoot())
  }

  /// Bergsma's correction. Throws also when there are too few observations for so many categories.
  package static func biasCorrected(_ table: ContingencyTable) throws(Undefined) -> Double {
    _ = try spread(table)
    let statistic = try ChiSquaredHomogeneity.test(table).statistic
    let (n, r, c) = (table.total, Double(table.rows), Double(table.columns))
    guard n > 1 else { throw .tooFew("observations", needed: 2, got: Int(n)) }
    let phi = max(0, statistic / n - (r - 1) * (c - 1) / (n - 1))
    let least = min(r - (r - 1) * (r - 1) / (n - 1), c - (c - 1) * (c - 1) / (n - 1)) - 1
    guard least > 0 else {
      throw .tooFew("observations", needed: table.rows > table.columns ? table.rows : table.columns, got: Int(n))
    }
    return min(1, (phi / least).squareRoot())
  }

  /// min(rows, columns) - 1.
  private static func spread(_ table: ContingencyTable) throws(Undefined) -> Double {
    let least = min(table.rows, table.columns)
    guard least > 1 else { throw .tooFew("rows and columns", needed: 2, got: least) }
    return Double(least - 1)
  }
}
