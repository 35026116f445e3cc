import Foundation
import ModelChecks
import TestSupport
import Testing
import Verdict

/// Numbers that are no metrics.
@Suite struct BudgetTests {
  private static let report = """
    {"schema_version": 1, "checks": [
      {"id": "endpoints.api.latency", "outcome": "passed", "observed": {"value": 0.042, "unit": "seconds", "text": "42ms"}},
      {"id": "endpoints.api.ready", "outcome": "errored", "observed": null}]}
    """
  private static let files = [
    "m.json": #"{"roc_auc": 0.9}"#, "training.json": #"{"seconds": 3600, "by": {"a.b": "x"}}"#, "report.json": report,
    "empty.onnx": "", "hollow/config.json": "", "model/weights.bin": String(repeating: "x", count: 1500),
    "model/config.json": String(repeating: "y", count: 500),
  ]

  private func findings(_ budgets: [ConfigTree], only patterns: [String] = []) async throws -> [Finding] {
    try await ModelFixture(Self.files).findings(
      [
        "candidate": ["metrics": "m.json"], "gates": [["metric": "roc_auc", "at_least": "0.5"]],
        "budgets": .sequence(budgets),
      ], only: patterns)
  }

  private func one(_ budget: ConfigTree) async throws -> Finding {
    try #require(try await findings([budget]).last)
  }

  @Test func aFolderIsAsLargeAsItsFiles() async throws {
    let file = try await one(["size": "model/weights.bin", "at_most": "1500B"])
    #expect(file.outcome == .passed && file.evidence.observed == Quantity(1500, .bytes))
    #expect(file.id.description == "models.delay.budget")
    let folder = try await one(["size": "model", "at_most": "1.9KB"])
    #expect(folder.outcome == .failed && folder.evidence.observed?.value == 2000, "\(folder.message)")
    // A cache whose snapshots lead to its own files holds these once.
    let linked = try ModelFixture(Self.files)
    try FileManager.default.createSymbolicLink(
      atPath: linked.folder.path + "/model/latest.bin", withDestinationPath: "weights.bin")
    let once = try await linked.findings([
      "candidate": ["metrics": "m.json"], "gates": [["metric": "roc_auc", "at_least": "0.5"]],
      "budgets": [["size": "model", "at_most": "1.9KB"]],
    ])
    #expect(once.last?.evidence.observed?.value == 2000, "\(once.last?.message ?? "")")
    let empty = try await one(["size": "empty.onnx", "at_most": "1.9KB"])
    #expect(empty.outcome == .errored && empty.reason == .nothingToEvaluate, "\(empty.message)")
    let hollow = try await one(["size": "hollow", "at_most": "1.9KB"])
    #expect(hollow.outcome == .errored, "\(hollow.message)")
    let missing = try await one(["size": "model.onnx", "at_most": "1.9KB"])
    #expect(missing.outcome == .errored && missing.reason == .io, "\(missing.message)")
  }

  /// What breaks its limit by a byte does not look like it.
  @Test func aByteTooManyIsTold() async throws {
    let bytes = String(repeating: "x", count: 50_000_001)
    let findings = try await ModelFixture(["m.bin": bytes]).findings(
      [
        "candidate": ["metrics": "m.json"], "gates": [["metric": "roc_auc", "at_least": "0.5"]],
        "budgets": [["size": "m.bin", "at_most": "50MB"]],
      ], only: ["models.*.budget"])
    #expect(
      findings.last?.message == "the size of m.bin is 50MB (50,000,001 bytes), but must be at most 50MB",
      "\(findings.map(\.message))")
  }

  @Test func aNumberOfAFileIsFoundByItsPath() async throws {
    #expect(try await one(["json": "training.json", "path": "$.seconds", "at_most": "3600"]).outcome == .passed)
    let late = try await one(["json": "training.json", "path": "$.seconds", "at_most": "30m", "severity": "warn"])
    #expect(late.outcome == .failed && late.severity == .warn)
    let absent = try await one(["json": "training.json", "path": "$.minutes", "at_most": "60"])
    #expect(absent.outcome == .failed && absent.message == "training.json has nothing at $.minutes")
    let text = try await one(["json": "training.json", "path": "$.by['a.b']", "at_most": "60"])
    #expect(text.outcome == .errored && text.reason == .undefined, "\(text.message)")
    let broken = try await one(["json": "model/config.json", "path": "$.seconds", "at_most": "60"])
    #expect(broken.outcome == .errored && broken.message.hasPrefix("model/config.json is not valid JSON"))
  }

  @Test func whatAnotherRunObservedCounts() async throws {
    func latency(_ check: String, _ limit: String) async throws -> Finding {
      try await one(["report": "report.json", "check": .scalar(check), "at_most": .scalar(limit)])
    }
    #expect(try await latency("endpoints.api.latency", "50ms").outcome == .passed)
    let slow = try await latency("endpoints.api.latency", "40ms")
    #expect(slow.outcome == .failed && slow.message.contains("42ms"), "\(slow.message)")
    let typo = try await latency("endpoints.api.latenzy", "40ms")
    #expect(typo.outcome == .failed && typo.evidence.notes == ["did you mean \"endpoints.api.latency\"?"])
    // A check that could not be evaluated observed nothing: that is no pass.
    let none = try await latency("endpoints.api.ready", "40ms")
    #expect(none.outcome == .errored, "\(none.message)")
    #expect(try await latency("endpoints.api.latency", "40MB").outcome == .errored)
    let noReport = try await one(["report": "m.json", "check": "x", "at_most": "1"])
    #expect(noReport.outcome == .errored && noReport.message == "m.json is no report of a run")
  }

  @Test func budgetsAreChecksOfTheirOwn() async throws {
    let budgets: [ConfigTree] = [
      ["size": "model", "at_most": "1MB", "id": "size"],
      ["json": "training.json", "path": "$.seconds", "at_most": "1h", "id": "time"],
    ]
    let found = try await findings(budgets)
    #expect(found.map(\.id.description) == ["models.delay.roc_auc.at_least", "models.delay.size", "models.delay.time"])
    #expect(try await findings(budgets, only: ["models.delay.time"]).map(\.id.description) == ["models.delay.time"])
  }

  @Test func mistakesAreSaid() {
    func problems(_ budgets: [ConfigTree]) -> [String] {
      let model: ConfigTree = [
        "candidate": ["metrics": "m.json"], "gates": [["metric": "roc_auc", "at_least": "0.5"]],
        "budgets": .sequence(budgets),
      ]
      return ModelFixture.decode(["delay": model]).problems.map(\.headline)
    }
    let one = "a budget is of one number: size:, json: with path:, or report: with check:"
    #expect(problems([["at_most": "5MB"]]) == [one])
    #expect(problems([["size": "a", "json": "b", "path": "$.x", "at_most": "5MB"]]) == [one])
    #expect(problems([["size": "a"]]) == ["a limit is missing"])
    #expect(problems([["size": "a", "at_most": "5s"]]) == ["a size is no duration"])
    #expect(problems([["json": "a", "at_most": "5"]]) == ["nothing says where the number stands"])
    #expect(problems([["report": "a", "at_most": "5"]]) == ["nothing says which check of the report is meant"])
    #expect(problems([["json": "a", "path": "$..x", "at_most": "5"]]).first?.contains("several values") == true)
    #expect(problems([["json": "a", "path": "x", "at_most": "5"]]).count == 1)
    let twice: [ConfigTree] = [["size": "a", "at_most": "5MB"], ["size": "b", "at_most": "5MB"]]
    #expect(problems(twice) == ["\"budget\" is the name of another check of this model"])
  }

  /// A saved model is often a folder of links into a cache; loops of links end.
  @Test func linkedFoldersCount() async throws {
    let fixture = try ModelFixture(Self.files)
    let files = FileManager.default
    let folder = fixture.folder.path
    try files.createDirectory(atPath: folder + "/saved", withIntermediateDirectories: false)
    try files.createSymbolicLink(atPath: folder + "/saved/v1", withDestinationPath: "../model")
    try files.createSymbolicLink(atPath: folder + "/saved/again", withDestinationPath: "../saved")
    try files.createSymbolicLink(atPath: folder + "/saved/nowhere", withDestinationPath: "../nowhere")
    let found = try await fixture.findings([
      "candidate": ["metrics": "m.json"], "gates": [["metric": "roc_auc", "at_least": "0.5"]],
      "budgets": [["size": "saved", "at_most": "1.9KB"]],
    ])
    #expect(found.last?.outcome == .failed && found.last?.evidence.observed?.value == 2000, "\(found)")
  }
}
