import JSON
import Language
import TestSupport
import Testing
import Verdict

@testable import ModelChecks

/// A baseline is compared with what it was accepted for, and with nothing else.
@Suite struct ContractTests {
  private static let rows = "id,y\na,0\nb,1\nc,1\n"

  private static func contract(_ set: String?, metrics: String = "{}", acceptedAt: Int64 = 1000) -> String {
    let set = set.map { "\"evaluation_set\": \($0), " } ?? ""
    return "{\"cupel_contract\": 1, \"accepted_at\": \(acceptedAt), \(set)\"metrics\": \(metrics)}"
  }

  private static func set(of csv: String) async throws -> EvaluationSet {
    let folder = try TemporaryFolder()
    try folder.write(csv, to: "eval.csv")
    let place = SourceLocation(file: "cupel.yaml", line: 1, column: 1)
    let declared = EvaluationSetDeclaration(
      data: Located("eval.csv", at: place), id: [Located("id", at: place)], label: Located("y", at: place))
    return try await declared.load(RunContext(workingDirectory: folder.path, environment: [:], now: 0)).get()
  }

  /// The findings about metrics files with an evaluation set, and a baseline that was accepted for one.
  private func findings(
    contract: String?, withSet: Bool = true, maxAge: String? = nil, now: Int64 = 0
  ) async throws -> [Finding] {
    var files = ["c.json": #"{"m": 0.9}"#, "b.json": #"{"m": 0.9}"#, "eval.csv": Self.rows]
    files["b.json.contract.json"] = contract
    var baseline: [(String, ConfigTree)] = [("metrics", "b.json")]
    if let maxAge { baseline.append(("max_age", .scalar(maxAge))) }
    var model: [(String, ConfigTree)] = [
      ("candidate", ["metrics": "c.json"]), ("baseline", .mapping(baseline)),
      (
        "gates",
        [
          ["metric": "m", "direction": "higher", "max_regression": "0 absolute"],
          ["metric": "m", "at_least": "0.5"],
        ]
      ),
    ]
    if withSet { model.append(("evaluation_set", ["data": "eval.csv", "id": "id", "label": "y"])) }
    return try await ModelFixture(files).findings(.mapping(model), now: now)
  }

  @Test func theSameRowsAreCompared() async throws {
    let set = JSONWriter.compact.string(try await Self.set(of: Self.rows).json)
    let findings = try await findings(contract: Self.contract(set))
    #expect(findings.map(\.outcome) == [.passed, .passed], "\(findings.map(\.message))")
    #expect(!findings[0].evidence.notes.contains { $0.contains("not written down") })
  }

  @Test func otherRowsAreRefused() async throws {
    let set = JSONWriter.compact.string(try await Self.set(of: "id,y\na,0\nb,1\nd,1\n").json)
    let findings = try await findings(contract: Self.contract(set))
    #expect(findings.map(\.outcome) == [.errored, .passed])
    #expect(findings[0].reason == .baseline)
    #expect(findings[0].message.contains("another evaluation set: 3 rows with other ids or labels"))
    #expect(findings[0].message.contains("cupel accept"), "\(findings[0].message)")
  }

  @Test func anotherDefinitionIsRefused() async throws {
    let findings = try await findings(
      contract: Self.contract(nil, metrics: #"{"m": "m, threshold 0.4"}"#), withSet: false)
    #expect(findings[0].outcome == .errored && findings[0].message.contains("m, threshold 0.4 instead of m"))
  }

  /// Who says on what candidates are judged learns that nobody knows it of the baseline.
  @Test func aBaselineWithoutAContractSaysSo() async throws {
    let findings = try await findings(contract: nil)
    #expect(findings[0].outcome == .passed)
    #expect(findings[0].evidence.notes.contains { $0.contains("not written down") })
    let without = try await self.findings(contract: nil, withSet: false)
    #expect(without[0].evidence.notes.allSatisfy { !$0.contains("written down") })
  }

  @Test(arguments: ["", "{}", "{\"cupel_contract\": 2}", "{\"cupel_contract\": 1, \"evaluation_set\": {}}"])
  func aDamagedContractIsNoContract(text: String) async throws {
    let findings = try await findings(contract: text)
    #expect(findings[0].outcome == .errored && findings[0].reason == .baseline, "\(findings[0].message)")
    #expect(findings[0].message.contains("b.json.contract.json is no contract"))
  }

  @Test func anEvaluationSetThatIsGoneIsAnError() async throws {
    var model = ModelFixture.model([["metric": "m", "direction": "higher", "max_regression": "0 absolute"]])
    guard case .mapping(var keys) = model else { return }
    keys.append(("evaluation_set", ["data": "gone.csv", "id": "id"]))
    model = .mapping(keys)
    let findings = try await ModelFixture(["c.json": #"{"m": 1}"#, "b.json": #"{"m": 1}"#]).findings(model)
    #expect(findings[0].outcome == .errored && findings[0].message.contains("gone.csv"), "\(findings[0].message)")
  }

  @Test func predictionsThatWereAcceptedForOtherRowsAreRefused() async throws {
    let csv = PredictionFixture.csv(count: 50) { _ in true }
    let other = EvaluationSet(rows: 40, labels: ["0", "1"], digest: "00")
    let gates: [ConfigTree] = [["metric": "accuracy", "max_regression": "0 absolute"]]
    var files = ["c.csv": csv, "b.csv": csv]
    let fine = try await ModelFixture(files).findings(PredictionFixture.model(gates))
    #expect(fine.map(\.outcome) == [.passed, .passed, .passed])
    files["b.csv.contract.json"] = Self.contract(JSONWriter.compact.string(other.json))
    let refused = try await ModelFixture(files).findings(PredictionFixture.model(gates))
    #expect(refused.map(\.outcome) == [.passed, .errored, .errored], "\(refused.map(\.message))")
    #expect(refused[2].message.contains("40 rows instead of 50") && refused[2].reason == .baseline)
  }

  @Test(arguments: [(1000 + 3600, Outcome.passed), (1000 + 3 * 86_400, .passed), (1000 + 3 * 86_400 + 1, .errored)])
  func anOldBaselineIsRefused(now: Int, outcome: Outcome) async throws {
    let findings = try await findings(
      contract: Self.contract(nil), withSet: false, maxAge: "72h", now: Int64(now))
    #expect(findings.map(\.outcome) == [outcome, .passed], "\(findings[0].message)")
    if outcome == .errored { #expect(findings[0].message.contains("b.json is 3 days old")) }
  }

  /// A checkout makes every file new: its own time says nothing.
  @Test func anAgeThatNobodyKnowsIsRefused() async throws {
    let findings = try await findings(contract: nil, withSet: false, maxAge: "72h")
    #expect(findings[0].outcome == .errored && findings[0].message.contains("nobody knows how old b.json is"))
  }

  @Test func itIsWrittenAndReadBack() {
    let contract = ComparabilityContract(
      model: "delay", set: EvaluationSet(rows: 3, labels: ["0"], digest: "a"), metrics: ["b": "b, x", "a": "a"],
      acceptedAt: 12, because: "\u{1B}[31m \"new\"")
    #expect(ComparabilityContract(JSONWriter.pretty.bytes(contract.json)) == contract)
    #expect(ComparabilityContract(Array("no JSON".utf8)) == nil)
  }

  /// Who leaves the evaluation set out of the config cannot show that the rows are those of the baseline.
  @Test func aBaselineOfARecordedSetIsNotComparedWithoutOne() async throws {
    let set = JSONWriter.compact.string(try await Self.set(of: Self.rows).json)
    let findings = try await findings(contract: Self.contract(set), withSet: false)
    #expect(findings.map(\.outcome) == [.errored, .passed], "\(findings.map(\.message))")
    #expect(findings[0].reason == .baseline && findings[0].message.contains("this config names none"))
  }

  /// A baseline of next week has no age.
  @Test func whatWasMadeAfterTheRunHasNoAge() async throws {
    let late = try await findings(contract: Self.contract(nil, acceptedAt: 700_000), withSet: false, maxAge: "1h")
    #expect(late[0].outcome == .errored && late[0].message.contains("made after this run"), "\(late[0].message)")
    let near = try await findings(contract: Self.contract(nil, acceptedAt: 80_000), withSet: false, maxAge: "1h")
    #expect(near[0].outcome == .passed, "\(near[0].message)")
  }
}
