import Processes
import TestSupport
import Testing

/// What `cupel model promote` wants to see before it asks a registry for anything.
@Suite struct PromoteTests {
  private static let candidate = #"{"roc_auc": 0.9}"#

  private static func gate(_ limit: String) -> String {
    """
    version: 1
    models:
      delay:
        candidate: {metrics: candidate.json}
        gates:
          - {metric: roc_auc, \(limit)}
    """
  }

  private static let data = """
    version: 1
    data:
      rows: {source: rows.csv, rules: rules.yaml}
    """

  private func promote(_ arguments: String..., in work: TemporaryFolder) async throws -> CupelBinary.Run {
    let closed = try #require(LoopbackPort.free())
    return try await CupelBinary.run(
      ["model", "promote", "mlflow:models:/delay/3", "--alias", "champion"] + arguments, in: work.path,
      environment: ["MLFLOW_TRACKING_URI": "http://127.0.0.1:\(closed)"])
  }

  private func report(_ config: String, in work: TemporaryFolder) async throws {
    try work.write(config, to: "cupel.yaml")
    try work.write(Self.candidate, to: "candidate.json")
    try work.write("a\n1\n", to: "rows.csv")
    try work.write("rows: {at_least: 1}\n", to: "rules.yaml")
    _ = try await CupelBinary.run(["run", "--report", "json=cupel.json", "--report", "junit=cupel.xml"], in: work.path)
  }

  /// A run of some of the gates does not say that a model passed: those that were left out may have failed.
  @Test func aPartOfTheGatesIsNoPass() async throws {
    let work = try TemporaryFolder()
    try await report(Self.gate("at_least: 0.5"), in: work)
    _ = try await CupelBinary.run(["run", "--only", "models.delay", "--report", "json=part.json"], in: work.path)
    let part = try await promote("--passed", "part.json", in: work)
    #expect(part.exitCode == 3 && part.error.contains("a part of the checks (models.delay)"), "\(part.error)")
  }

  @Test func noAliasMovesWithoutAPass() async throws {
    let work = try TemporaryFolder()
    let nothing = try await promote("--yes", in: work)
    #expect(nothing.exitCode == 3 && nothing.error.contains("nothing shows that a model passed"), "\(nothing.error)")
    #expect(nothing.error.contains("--passed cupel.json"))
    let missing = try await promote("--passed", "cupel.json", in: work)
    #expect(missing.exitCode == 3 && missing.error.contains("cupel.json"), "\(missing.error)")

    try await report(Self.gate("at_least: 0.95"), in: work)
    let failed = try await promote("--passed", "cupel.json", in: work)
    #expect(failed.exitCode == 3 && failed.error.contains("did not pass"), "\(failed.error)")

    // A report of data alone says nothing of a model, and JUnit cannot say whether every gate was evaluated.
    try await report(Self.data, in: work)
    let data = try await promote("--passed", "cupel.json", in: work)
    #expect(data.exitCode == 3 && data.error.contains("no gate of a model passed"), "\(data.error)")
    let junit = try await promote("--artifact", "cupel.xml", in: work)
    #expect(junit.exitCode == 3 && junit.error.contains("nothing shows"), "\(junit.error)")
  }

  /// What a self-test finds is about the gates and not about the model.
  @Test func aSelfTestIsNoPass() async throws {
    let work = try TemporaryFolder()
    try await report(Self.gate("at_least: 0.5"), in: work)
    let selftest = try await CupelBinary.run(["selftest", "--report", "json=selftest.json"], in: work.path)
    #expect(selftest.exitCode == 0, "\(selftest.output)\(selftest.error)")
    let run = try await promote("--passed", "selftest.json", in: work)
    #expect(run.exitCode == 3 && run.error.contains("no gate of a model passed"), "\(run.error)")
  }

  @Test(arguments: ["--passed", "--artifact"]) func aPassLeadsToTheRegistry(_ option: String) async throws {
    let work = try TemporaryFolder()
    try await report(Self.gate("at_least: 0.5"), in: work)
    let run = try await promote(option, "cupel.json", in: work)
    #expect(run.exitCode == 3 && run.error.contains("refused the connection"), "\(run.error)")
  }
}
