package import Statistics

/// Texts with the log-likelihood that a language model gives them.
package struct LikelihoodRows: MetricRows {
  /// The sum of the natural logarithms of a text's tokens' probabilities.
  package let logLikelihoods: [Double]
  package let tokens: [Double]
  package let words: [Double]?
  package let bytes: [Double]?

  package static let task = MetricTask.likelihood

  /// Throws when lengths differ, a number is not finite or a logarithm is positive.
  package init(
    logLikelihoods: [Double], tokens: [Double], words: [Double]? = nil, bytes: [Double]? = nil
  ) throws(Undefined) {
    try RowChecks.requireLengths(logLikelihoods.count, tokens.count, words?.count, bytes?.count)
    for column in [logLikelihoods, tokens, words, bytes] { try RowChecks.requireFinite(column) }
    if let row = logLikelihoods.firstIndex(where: { $0 > 0 }) {
      throw .outsideDomain("the log-likelihood of row \(row + 1) is positive")
    }
    (self.logLikelihoods, self.tokens, self.words, self.bytes) = (logLikelihoods, tokens, words, bytes)
  }

  private init(_ rows: LikelihoodRows, _ indices: [Int]) {
    logLikelihoods = rows.logLikelihoods.elements(at: indices)
    tokens = rows.tokens.elements(at: indices)
    words = rows.words?.elements(at: indices)
    bytes = rows.bytes?.elements(at: indices)
  }

  package var count: Int { tokens.count }

  package func rows(at indices: [Int]) -> LikelihoodRows { LikelihoodRows(self, indices) }

  /// What the texts cost, per unit of length.
  func cost(per units: [Double]?, _ unit: String, _ form: RowMeans.Form) throws(Undefined) -> RowMeans {
    guard let units else { throw .outsideDomain("the metric needs the number of \(unit), and there is none") }
    return RowMeans(logLikelihoods.map { -$0 }, units, form)
  }
}
