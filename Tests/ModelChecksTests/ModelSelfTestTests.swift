import ModelChecks
import Testing
import Verdict

/// Every gate turns red when the candidate's metric is moved just beyond its limit.
@Suite struct ModelSelfTestTests {
  private func tested(
    _ gate: (String, ConfigTree), candidate: String, baseline: String = #"{"m": 0.8}"#, direction: String = "higher"
  ) async throws -> Finding {
    let fixture = try ModelFixture(["c.json": candidate, "b.json": baseline])
    let model = ModelFixture.model([.mapping([("metric", "m"), ("direction", .scalar(direction)), gate])])
    let findings = try await fixture.findings(model) { ModelSelfTest(of: $0, .everything) }
    #expect(findings.count == 1)
    return findings[0]
  }

  @Test func theMetricMovesJustBeyondTheLimit() async throws {
    let floor = try await tested(("at_least", "0.75"), candidate: #"{"m": 0.81}"#)
    #expect(floor.outcome == .passed)
    #expect(floor.id.description == "selftest.models.delay.m.at_least")
    #expect(floor.message == "m 0.81 -> 0.74925 turns it red: m is 0.74925, but must be at least 0.75")
    let regression = try await tested(("max_regression", "0.01 absolute"), candidate: #"{"m": 0.81}"#)
    #expect(regression.outcome == .passed)
    #expect(regression.message.hasPrefix("m 0.81 -> 0.7892"), "\(regression.message)")
  }

  @Test(
    arguments: [
      ("at_most", "0.9", "higher"), ("between", ["0.5", "0.9"], "higher"), ("equals", "0.81", "higher"),
      ("max_regression", "1% relative", "higher"), ("max_regression", "5% relative", "lower"),
      ("min_improvement", "0.001 absolute", "higher"),
    ] as [(String, ConfigTree, String)])
  func everyKindOfGateTurnsRed(kind: String, limit: ConfigTree, direction: String) async throws {
    let finding = try await tested((kind, limit), candidate: #"{"m": 0.81}"#, direction: direction)
    #expect(finding.outcome == .passed, "\(finding.message)")
    #expect(finding.message.hasPrefix("m 0.81 -> "))
  }

  @Test func whatIsRedOrUnreadableIsNoProof() async throws {
    let red = try await tested(("at_least", "0.9"), candidate: #"{"m": 0.81}"#)
    #expect(red.outcome == .skipped && red.message.hasPrefix("it is red already on the metrics as they are: m is 0.81"))
    let broken = try await tested(("at_least", "0.9"), candidate: "{")
    #expect(broken.outcome == .errored && broken.reason == .io)
  }
}
