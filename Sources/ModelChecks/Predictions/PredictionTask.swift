internal import Language
internal import Metrics

/// What a model predicts of a row.
package enum PredictionTask: String, Sendable, Hashable, CaseIterable {
  /// One of two classes, by a score or a call.
  case binary
  /// One of several classes, by the class that is called.
  case multiclass
  /// A number.
  case regression

  /// The metric of the task that a gate means. Throws what is wrong with how it is asked for.
  func metric(_ reference: MetricReference) throws(MetricProblem) -> MetricPage {
    switch self {
    case .binary: try page(reference, of: BinaryRows.self)
    case .multiclass: try page(reference, of: MulticlassRows.self)
    case .regression: try page(reference, of: RegressionRows.self)
    }
  }

  private func page<Rows: MetricRows>(_ reference: MetricReference, of rows: Rows.Type) throws(MetricProblem)
    -> MetricPage
  {
    try MetricRegistry.definition(reference.name.value, of: rows).metric(reference.arguments).page
  }
}
