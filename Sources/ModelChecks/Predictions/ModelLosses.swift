internal import Expressions
internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

/// What each row costs by the metrics that the config makes, of both models in one order of the rows.
struct ModelLosses: Sendable {
  var candidate: [CustomMetric: RegressionRows] = [:]
  /// Nil where nothing is compared.
  var baseline: [CustomMetric: RegressionRows]?

  /// The mean of losses: what was predicted too much of nothing.
  static let mean = try? MetricRegistry.definition("mean_error", of: RegressionRows.self).metric()

  func rows(at rows: [Int]) -> ModelLosses {
    ModelLosses(
      candidate: candidate.mapValues { $0.rows(at: rows) }, baseline: baseline?.mapValues { $0.rows(at: rows) })
  }
}

extension ModelDeclaration {
  /// The metrics that the config makes, each once.
  var customMetrics: [CustomMetric] {
    var metrics: [CustomMetric] = []
    for case let metric? in gates.map(\.reference?.custom) where !metrics.contains(metric) { metrics.append(metric) }
    return metrics
  }

  /// What is read of a side's file for them.
  func addLosses(of side: ModelSide, _ role: SideRole, to request: inout PredictionRequest) {
    for metric in customMetrics {
      if let expression = try? metric.expression(columns(of: side), role) { request.add(number: expression.compiled) }
    }
  }

  /// Their values in the rows of a side.
  func losses(
    of side: ModelSide, _ role: SideRole, in table: PredictionTable
  ) throws(RowProblem) -> [CustomMetric: RegressionRows] {
    var losses: [CustomMetric: RegressionRows] = [:]
    for metric in customMetrics {
      guard let expression = try? metric.expression(columns(of: side), role),
        let found = table.columns.numbers(expression.compiled)
      else { continue }
      let values = try table.values(found, of: metric.title(role), as: "loss")
      let weights = try table.weights(columns(of: side))
      do throws(Undefined) {
        losses[metric] = try RegressionRows(
          labels: [Double](repeating: 0, count: values.count), predictions: values, weights: weights)
      } catch {
        throw RowProblem(message: "\(table.name): \(error)")
      }
    }
    return losses
  }
}
