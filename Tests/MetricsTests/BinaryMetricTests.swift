import Metrics
import Statistics
import Testing

@Suite struct BinaryMetricTests {
  static let rows = try? BinaryRows(labels: [false, false, true, true], scores: [0.1, 0.4, 0.35, 0.8])

  @Test func theAreaIsTheShareOfPairsInOrder() throws {
    let rows = try #require(Self.rows)
    let metric = try MetricRegistry.definition("roc_auc", of: BinaryRows.self).metric()
    #expect(try metric.value(of: rows) == 0.75)
  }
}
