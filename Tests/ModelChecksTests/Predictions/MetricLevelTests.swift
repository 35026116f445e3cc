import ModelChecks
import TestSupport
import Testing
import Verdict

/// What a card tells of a model: every metric with its interval, whatever its gates bound.
@Suite struct MetricLevelTests {
  private static let rows =
    "id,y,p,part\n"
    + (0..<600).map { row in
      "r\(row),\(row % 2),0.\((row * 31 % 100 + (row % 2) * 23) % 99 + 1),\(row % 3 == 0 ? "a" : "b")\n"
    }.joined()

  private static func levels(_ gates: [ConfigTree], _ fixture: ModelFixture) async throws -> [MetricLevel] {
    let model = PredictionFixture.model(gates, [("slices", ["part"])])
    let subject = try #require(ModelFixture.decode(["delay": model]).subjects?.first)
    return await subject.levels(in: RunContext(workingDirectory: fixture.folder.path, environment: [:], now: 0))
  }

  /// Gates of a change, with and without confidence, say nothing of how sure the metric itself is.
  @Test func theIntervalIsThatOfAGateOfTheMetricItself() async throws {
    let fixture = try ModelFixture(["c.csv": Self.rows, "b.csv": Self.rows])
    let names = ["accuracy", "roc_auc", "f1", "log_loss"]
    let levels = try await Self.levels(
      names.flatMap { name -> [ConfigTree] in
        [
          ["metric": .scalar(name), "max_regression": "0.1 absolute", "slices": "all"],
          ["metric": .scalar(name), "max_regression": "0.2 absolute", "id": "wide"],
        ]
      }, fixture)
    #expect(levels.count == names.count * 3, "\(levels)")
    for name in names {
      let own = levels.filter { $0.metric == name }
      #expect(own.map(\.slice) == [nil, "part = a", "part = b"] && own.map(\.rows) == [600, 200, 400])
      for level in own {
        let table =
          level.slice.map { slice in
            let part = String(slice.suffix(1))
            let lines = Self.rows.split(separator: "\n").filter { $0.hasPrefix("id") || $0.hasSuffix(",\(part)") }
            return lines.joined(separator: "\n") + "\n"
          } ?? Self.rows
        let finding = try await PredictionFixture.findings(
          table, nil, [["metric": .scalar(name), "between": ["-100", "100"], "confidence": "95%"]]
        ).last
        #expect(level.interval != nil && level.interval == finding?.evidence.interval, "\(level)")
        #expect(level.value == finding?.evidence.observed?.value)
      }
    }
  }

  @Test func theLevelIsThatOfTheGate() async throws {
    let fixture = try ModelFixture(["c.csv": Self.rows, "b.csv": Self.rows])
    let levels = try await Self.levels(
      [
        ["metric": "accuracy", "at_least": "0.1", "confidence": "99%", "slices": "all"],
        ["metric": "accuracy", "max_regression": "0.1 absolute"],
      ], fixture)
    #expect(levels.map { $0.interval?.level } == [0.99, 0.99, 0.99])
  }

  /// What has no interval says why.
  @Test func tooFewRowsHaveAReason() async throws {
    let few = Self.rows.split(separator: "\n").prefix(21).joined(separator: "\n") + "\n"
    let fixture = try ModelFixture(["c.csv": few, "b.csv": few])
    let model = PredictionFixture.model([["metric": "log_loss", "at_most": "100"]])
    let subject = try #require(ModelFixture.decode(["delay": model]).subjects?.first)
    let levels = await subject.levels(
      in: RunContext(workingDirectory: fixture.folder.path, environment: [:], now: 0))
    #expect(levels.map(\.interval) == [nil])
    #expect(levels.first?.method == "needs at least 30 rows, got 20", "\(levels)")
  }
}
