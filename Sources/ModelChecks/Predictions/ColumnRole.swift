/// What a column of a file of predictions says of its row: the key that names the column.
package enum ColumnRole: String, Sendable, Hashable, CaseIterable {
  case label, score, scores, prediction, weight
  case query, rank
  case lower, upper, deviation, members, series
  case problem, samples, passed
  case logLikelihood = "log_likelihood"
  case tokens, words, bytes

  /// Whether several columns may say it together.
  var takesSeveral: Bool {
    switch self {
    case .label, .scores, .prediction, .members: true
    default: false
    }
  }

  /// What the key means, for the schema.
  var meaning: String {
    switch self {
    case .label:
      "The column with what is true: a class, a number, a relevance, a reference text. Several columns for several labels, outputs or references: y_*, a list, or {name: column}."
    case .score: "The column with the scores; probabilities where a metric asks for such."
    case .scores:
      "The columns with the score of each class or label: p_*, whose star stands for its name, {name: column}, or one column of lists in the order of classes:."
    case .prediction:
      "The column with what the model says: a class, a number, a text; several columns as for the label."
    case .weight: "The column that says how much each row counts."
    case .query: "Ranking: the column that says for which query, user or session the row was ranked."
    case .rank: "Ranking: the column with the place of the row, 1 for the first, instead of a score."
    case .lower: "Forecasts: the column with the lower end of the interval."
    case .upper: "Forecasts: the column with the upper end of the interval."
    case .deviation: "Forecasts: the column with the standard deviation of a normal forecast."
    case .members: "Forecasts: the members of an ensemble: m_*, a list of columns, or one column of lists."
    case .series: "Forecasts: the column that says of which series the row is; intervals count series."
    case .problem: "Generation: the column that names the problem, when each sample is a row of its own."
    case .samples: "Generation: the column with how many samples were drawn for the problem."
    case .passed: "Generation: the column with how many samples passed, or whether the one of the row did."
    case .logLikelihood: "Likelihood: the column with the sum of the natural log-probabilities of the text's tokens."
    case .tokens: "Likelihood: the column with the number of tokens."
    case .words: "Likelihood: the column with the number of words."
    case .bytes: "Likelihood: the column with the number of bytes."
    }
  }
}
