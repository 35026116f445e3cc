import ModelChecks
import TestSupport
import Testing
import Verdict

@Suite struct PredictionSelfTestTests {
  /// A gate that passes turns red when its metric is moved beyond the limit, with or without an interval.
  @Test func passingGatesCanFail() async throws {
    let file = PredictionFixture.csv(count: 2000) { $0 % 10 != 3 }
    let other = PredictionFixture.csv(count: 2000) { $0 % 10 != 4 }
    let gates: [ConfigTree] = [
      ["metric": "accuracy", "at_least": "0.8"],
      ["metric": "accuracy", "at_most": "0.99", "confidence": "95%"],
      ["metric": "log_loss", "max_regression": "0.5 absolute", "confidence": "95%"],
      ["metric": "recall", "suspicious_improvement": "20% relative", "confidence": "95%"],
      ["metric": "recall", "min_improvement": "0.5 absolute"],
    ]
    let fixture = try ModelFixture(["c.csv": file, "b.csv": other])
    let found = try await fixture.findings(PredictionFixture.model(gates)) { ModelSelfTest(of: $0, .everything) }
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .passed, .skipped], "\(found.map(\.message))")
    #expect(found.allSatisfy { $0.id.isSelfTest })
  }
}
