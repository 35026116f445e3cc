import Metrics
import Statistics
import Testing

/// What intervals are computed from says the same as the metric itself.
@Suite struct InferenceTests {
  private static func rows(weighted: Bool) throws -> BinaryRows {
    var random = SplitMix(11)
    let labels = (0..<80).map { _ in random.next() % 3 == 0 }
    let scores = labels.map { Double(random.next() % 1000) / 1500 + ($0 ? 0.2 : 0) }
    return try BinaryRows(
      labels: labels, scores: scores, weights: weighted ? labels.map { _ in Double(random.next() % 5) + 0.5 } : nil)
  }

  private static func metric(_ definition: MetricDefinition<BinaryRows>) throws -> Metric<BinaryRows> {
    try definition.metric(MetricLawTests.arguments(definition.parameters))
  }

  @Test(arguments: [false, true]) func evidenceGivesTheMetricBack(weighted: Bool) throws {
    let rows = try Self.rows(weighted: weighted)
    var kinds: Set<String> = []
    for definition in BinaryRows.metrics {
      let metric = try Self.metric(definition)
      if weighted, definition.name == "hosmer_lemeshow" { continue }
      let value = try metric.value(of: rows)
      let evidence = try metric.evidence(of: rows)
      let again: Double
      switch evidence {
      case .proportion(let hits):
        kinds.insert("proportion")
        again = Double(hits.hits) / Double(hits.counted)
      case .means(let means):
        kinds.insert("means")
        again = try means.value
        #expect(abs(try means.influences.reduce(0, +)) < 1e-9 * max(1, abs(value)), "\(definition.name)")
      case .rocArea(let scores):
        kinds.insert("rocArea")
        let area = try DeLong(labels: scores.isPositive, scores: [scores.scores]).areas[0]
        again = scores.factor * area + scores.offset
      case .cells(let cells):
        kinds.insert("cells")
        var counts = [Double](repeating: 0, count: cells.count)
        for cell in cells.cells { counts[Int(cell)] += 1 }
        again = try cells.value(of: counts)
      case .resample:
        kinds.insert("resample")
        continue
      }
      #expect(abs(again - value) <= 1e-12 * max(1, abs(value)), "\(definition.name): \(again), \(value)")
    }
    #expect(kinds == (weighted ? ["means", "resample"] : ["proportion", "means", "rocArea", "cells", "resample"]))
  }

  /// An influence is what leaving a row out changes, to first order.
  @Test func influencesAreDerivatives() throws {
    let labels = (0..<400).map { Double(($0 * 37) % 101) / 10 }
    let predictions = labels.enumerated().map { $1 + Double(($0 * 53) % 17) / 10 - 0.7 }
    let rows = try RegressionRows(labels: labels, predictions: predictions)
    for name in ["mse", "rmse", "r2", "mae", "mean_error", "msle", "rmsle", "mape", "d2_absolute_error"] {
      let metric = try MetricRegistry.definition(name, of: RegressionRows.self).metric(["sklearn_compat": .flag(true)])
      guard case .means(let means) = try metric.evidence(of: rows) else {
        Issue.record("\(name) has no means")
        continue
      }
      let (value, influences) = (try metric.value(of: rows), try means.influences)
      for row in [5, 57, 399] {
        let without = try metric.value(of: rows.rows(at: labels.indices.filter { $0 != row }))
        let change = (value - without) * Double(labels.count - 1)
        #expect(abs(change - influences[row]) < 0.02 * (abs(influences[row]) + abs(value)), "\(name), row \(row)")
      }
    }
  }

  @Test func severalOutputsAreResampled() throws {
    let rows = try RegressionRows(labels: [1, 2, 3, 4], predictions: [1, 3, 3, 5], outputs: 2)
    let metric = try MetricRegistry.definition("rmse", of: RegressionRows.self).metric()
    guard case .resample = try metric.evidence(of: rows) else {
      Issue.record("there is no influence of a mean of roots")
      return
    }
  }
}
