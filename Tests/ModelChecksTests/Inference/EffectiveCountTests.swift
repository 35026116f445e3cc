import Statistics
import TestSupport
import Testing
import Verdict

@testable import ModelChecks

@Suite struct EffectiveCountTests {
  /// (1 + 2 + 3)² / (1 + 4 + 9), whatever the unit of the weights.
  @Test(arguments: [1.0, 1e-200, 1e200])
  func rowsThatCountDifferentlyAreWorthFewer(unit: Double) {
    let found = EffectiveCount(rows: 4, weights: [unit, 2 * unit, 3 * unit, 0], nil)
    #expect(abs(found.value - 36.0 / 14) < 1e-12)
    #expect(found.counting == 3)
  }

  @Test func equalWeightsAreNoWeights() throws {
    let found = EffectiveCount(rows: 50, weights: [Double](repeating: 0.001, count: 50), nil)
    #expect(abs(found.value - 50) < 1e-9)
    try found.require()
    #expect(EffectiveCount(rows: 50, weights: nil, nil).value == 50)
  }

  @Test func groupsCountByWhatTheirRowsCount() {
    let clusters = Clusters(codes: [0, 0, 1, 2], count: 3)
    // Weights 2, 1 and 0: (2 + 1)² / (4 + 1).
    #expect(abs(EffectiveCount(rows: 4, weights: [1, 1, 1, 0], clusters).value - 9.0 / 5) < 1e-12)
    // Of two, one and one rows: (2 + 1 + 1)² / (4 + 1 + 1) is above 2 and below 3.
    #expect(throws: Undefined.tooFew("groups", needed: 30, got: 2)) {
      try EffectiveCount(rows: 4, weights: nil, clusters).require()
    }
  }

  /// A thousand rows of which one counts a million times as much are one row: no margin passes by them.
  @Test(arguments: ["accuracy", "f1", "log_loss", "average_precision"])
  func oneRowThatOutweighsAllIsNoSample(metric: String) async throws {
    func table(_ weight: (Int) -> String) -> String {
      "id,y,p,w\n" + (0..<1000).map { "\($0),\($0 % 2),\($0 % 2 == 1 ? "0.9" : "0.1"),\(weight($0))\n" }.joined()
    }
    func finding(_ weight: (Int) -> String) async throws -> Finding {
      let gate: ConfigTree = ["metric": .scalar(metric), "max_regression": "0.3 absolute", "confidence": "95%"]
      let rows = table(weight)
      return try await PredictionFixture.findings(rows, rows, [gate], [("weight", "w")])[2]
    }
    let one = try await finding { $0 == 3 ? "1000000" : "1" }
    #expect(one.outcome == .inconclusive, "\(one.message)")
    let few = try await finding { $0 < 20 ? "1" : "0" }
    #expect(few.outcome == .inconclusive && few.message.contains("at least 30 rows"), "\(few.message)")
  }
}
