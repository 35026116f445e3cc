package import Statistics

/// A metric with its parameters, ready to judge rows of its task.
package struct Metric<Rows: MetricRows>: Sendable {
  package let page: MetricPage
  package let arguments: MetricArguments
  package let inference: Inference<Rows>
  private let compute: @Sendable (Rows) throws(Undefined) -> Double

  package var name: String { page.name }
  package var better: BetterSide { page.better }

  init(
    _ page: MetricPage, _ arguments: MetricArguments, _ inference: Inference<Rows>,
    _ compute: @escaping @Sendable (Rows) throws(Undefined) -> Double
  ) {
    self.page = page
    self.arguments = arguments
    self.inference = inference
    self.compute = compute
  }

  /// The metric of these rows: always a finite number. Throws why there is none.
  package func value(of rows: Rows) throws(Undefined) -> Double {
    guard rows.count > 0 else { throw .noObservations }
    let value = try compute(rows)
    guard value.isFinite else { throw .outsideDomain("\(name) has no finite value for these rows") }
    return value
  }

  /// Why there is no interval of it, whatever the rows; nil where there may be one.
  package var lackOfInterval: String? { if case .none(let reason) = inference { reason } else { nil } }

  /// What an interval of it, or of its difference between two models on the same rows, is computed from.
  package func evidence(of rows: Rows) throws(Undefined) -> RowEvidence {
    guard rows.count > 0 else { throw .noObservations }
    return try inference.evidence(of: rows)
  }
}
