/// What kind of rows a metric judges.
package enum MetricTask: String, Sendable, Hashable, CaseIterable {
  case binary, multiclass, multilabel, regression, ranking, forecast, text, generation, embedding
  /// Texts with the likelihood that a language model gives them.
  case likelihood
  /// Two models' predictions of the same rows.
  case flips
  /// Binary rows with the group that each belongs to.
  case fairness
}
