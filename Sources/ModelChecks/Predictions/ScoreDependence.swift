internal import Language
internal import Metrics

/// What a metric of two classes depends on of the scores, told by its values on a few rows that are made up.
struct ScoreDependence {
  /// Whether it counts which rows are called positive.
  private(set) var isOnCalls = false
  /// Whether it judges the order of the scores, and nothing else of them.
  private(set) var isOnOrder = false

  init(_ reference: MetricReference) {
    let scores = [0.1, 0.4, 0.35, 0.8, 0.7, 0.2, 0.6, 0.9, 0.3, 0.55, 0.15, 0.75]
    let calls = scores.map { $0 >= 0.5 }
    let labels = scores.map { $0 > 0.32 && $0 != 0.6 }
    // Far from the calls, so that no rate is the same by chance.
    let other = scores.map { $0 > 0.85 }
    guard
      let metric = try? MetricRegistry.definition(reference.name.value, of: BinaryRows.self)
        .metric(reference.arguments)
    else {
      // What compares the calls of both models is no metric of one.
      isOnCalls = PredictionTask.binary.comparesCalls(reference.name.value)
      return
    }
    func value(_ scores: [Double], _ calls: [Bool]) -> Double? {
      guard let rows = try? BinaryRows(labels: labels, scores: scores, predictions: calls) else { return nil }
      return try? metric.value(of: rows)
    }
    let known = value(scores, calls)
    isOnCalls = value(scores, other) != known
    isOnOrder = !isOnCalls && value(scores.map { $0 / 2 }, calls) == known && value(scores.reversed(), calls) != known
  }
}
