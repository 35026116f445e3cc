import Baselines
import FoundationEssentials
import Glibc
import ModelChecks
import TestSupport
import Testing
import Verdict

@Suite struct ModelSubjectTests {
  static let champion = #"{"metrics": {"roc_auc": 0.918, "log_loss": 0.25, "f1": 0.7}}"#
  static let regressed = #"{"metrics": {"roc_auc": 0.653, "log_loss": 0.5, "f1": 0.7}}"#

  private func messages(_ candidate: String, _ baseline: String, _ gates: [ConfigTree]) async throws -> [String] {
    try await ModelFixture(["c.json": candidate, "b.json": baseline]).findings(ModelFixture.model(gates)).map(\.message)
  }

  @Test func messagesReadAsSentences() async throws {
    let gates: [ConfigTree] = [
      [
        "metric": "roc_auc", "at_least": "0.72", "max_regression": "0.005 absolute", "min_improvement": "0.01 absolute",
      ],
      ["metric": "log_loss", "max_regression": "1% relative"],
      ["metric": "f1", "max_regression": "0.1 absolute", "min_improvement": "1% relative"],
    ]
    #expect(
      try await messages(Self.regressed, Self.champion, gates) == [
        "roc_auc is 0.653, but must be at least 0.72",
        "roc_auc fell from 0.918 to 0.653 (-0.265), more than 0.005 allowed",
        "roc_auc fell from 0.918 to 0.653 (-0.265), but must be at least 0.01 better",
        "log_loss rose from 0.25 to 0.5 (+0.25, +100%), more than 1% allowed",
        "f1 stayed at 0.7, no regression",
        "f1 stayed at 0.7, but must be at least 1% better",
      ])
    #expect(
      try await messages(Self.champion, Self.regressed, gates).prefix(4) == [
        "roc_auc is 0.918, at least 0.72",
        "roc_auc rose from 0.653 to 0.918 (+0.265), no regression",
        "roc_auc rose from 0.653 to 0.918 (+0.265), at least 0.01 better, as required",
        "log_loss fell from 0.5 to 0.25 (-0.25, -50%), no regression",
      ])
  }

  @Test func aFailureByALastDigitShowsIt() async throws {
    let message = try await messages(
      #"{"auc": 0.71999999}"#, "{}", [["metric": "auc", "at_least": "0.72"]])
    #expect(message == ["auc is 0.71999999, but must be at least 0.72"])
  }

  @Test func evidenceHoldsTheNumbersAndThePlace() async throws {
    let fixture = try ModelFixture(["c.json": Self.regressed, "b.json": Self.champion])
    let findings = try await fixture.findings(
      ModelFixture.model([["metric": "roc_auc", "max_regression": "0.005 absolute"]]))
    let finding = try #require(findings.first)
    #expect(finding.evidence.observed == Quantity(0.653))
    #expect(finding.evidence.baseline == Quantity(0.918))
    #expect(finding.evidence.limit == .text("at most 0.005 worse than the baseline"))
    #expect(finding.evidence.method == "point")
    #expect(
      finding.evidence.notes.contains { $0.hasPrefix("difference: -0.265, -28.86") && $0.hasSuffix("higher is better") }
    )
    #expect(finding.location?.line == 9)
    #expect(finding.kind == "max_regression")
  }

  @Test func onlyTheSelectedChecksAreEvaluated() async throws {
    let fixture = try ModelFixture(["c.json": Self.champion])
    let model = ModelFixture.model([["metric": "f1", "at_least": "0.5", "max_regression": "0 absolute"]])
    #expect(try await fixture.findings(model, only: ["models.delay.f1.at_least"]).map(\.outcome) == [.passed])
    #expect(try await fixture.findings(model, only: ["data"]).isEmpty)
    #expect(try await fixture.findings(model).map(\.outcome) == [.passed, .errored])
  }

  @Test func anUnreadableCandidateIsOneErrorForEachCheck() async throws {
    let fixture = try ModelFixture(["b.json": Self.champion])
    let model = ModelFixture.model([
      ["metric": "f1", "at_least": "0.5", "severity": "warn"], ["metric": "f1", "max_regression": "0 absolute"],
    ])
    func expectErrors(containing text: String) async throws {
      let findings = try await fixture.findings(model)
      #expect(findings.count == 2)
      for finding in findings {
        #expect(finding.outcome == .errored)
        #expect(finding.reason == .io)
        #expect(finding.message.contains("c.json"))
        #expect(finding.message.contains(text), "\(finding.message)")
      }
    }
    let path = fixture.folder.path + "/c.json"
    try await expectErrors(containing: "does not exist")
    _ = try fixture.folder.folder("c.json")
    try await expectErrors(containing: "is a folder")
    try FileManager.default.removeItem(atPath: path)
    #expect(mkfifo(path, 0o600) == 0)
    try await expectErrors(containing: "no regular file")
    try FileManager.default.removeItem(atPath: path)
    try fixture.folder.write([UInt8](repeating: 0x20, count: (16 << 20) + 1), to: "c.json")
    try await expectErrors(containing: "larger than the 16 MiB")
  }

  @Test func aComparisonWithItselfIsNoted() async throws {
    let fixture = try ModelFixture(["c.json": Self.champion])
    let model = ModelFixture.model([["metric": "f1", "max_regression": "0 absolute"]])
    try FileManager.default.createSymbolicLink(
      atPath: fixture.folder.path + "/b.json", withDestinationPath: fixture.folder.path + "/c.json")
    var notes = try await fixture.findings(model)[0].evidence.notes
    #expect(notes.contains { $0.contains("are the same file") })
    try FileManager.default.removeItem(atPath: fixture.folder.path + "/b.json")
    try fixture.folder.write(Self.champion, to: "b.json")
    notes = try await fixture.findings(model)[0].evidence.notes
    #expect(notes.contains { $0.contains("have the same content") })
    try fixture.folder.write(Self.regressed, to: "b.json")
    notes = try await fixture.findings(model)[0].evidence.notes
    #expect(notes.count == 1)
  }

  @Test func aMissingMetricNamesWhatIsThere() async throws {
    let fixture = try ModelFixture(["c.json": Self.champion])
    let finding = try await fixture.findings(ModelFixture.model([["metric": "roc_acu", "at_least": "0"]]))[0]
    #expect(finding.outcome == .failed)
    #expect(finding.message == "roc_acu is not in c.json")
    #expect(finding.evidence.notes.contains("did you mean \"roc_auc\"?"))
  }

  @Test func anAmbiguousMetricNamesItsCandidates() async throws {
    let fixture = try ModelFixture(["c.json": #"{"a": {"auc": 1}, "b": {"auc": 2}}"#])
    let finding = try await fixture.findings(ModelFixture.model([["metric": "auc", "at_least": "0"]]))[0]
    #expect(finding.outcome == .errored)
    #expect(finding.message.contains("a.auc, b.auc"))
  }

  /// A name that ends two other paths is two metrics.
  @Test func bothSidesHaveTheMetricAtOnePath() async throws {
    func finding(_ candidate: String, _ baseline: String) async throws -> Finding {
      try await ModelFixture(["c.json": candidate, "b.json": baseline]).findings(
        ModelFixture.model([["metric": "f1", "max_regression": "0.05 absolute"]]))[0]
    }
    let other = try await finding(#"{"test": {"f1": 0.8}}"#, #"{"train": {"f1": 0.8}}"#)
    #expect(other.outcome == .errored && other.reason == .baseline, "\(other.message)")
    #expect(other.message.contains("test.f1 in c.json and train.f1 in the baseline b.json"), "\(other.message)")
    // All under one word is no other metric.
    let wrapped = try await finding(#"{"f1": 0.8}"#, #"{"metrics": {"f1": 0.8}}"#)
    #expect(wrapped.outcome == .passed, "\(wrapped.message)")
    // What the candidate's path is decides which of several in the baseline is meant.
    let several = try await finding(#"{"test": {"f1": 0.8}}"#, #"{"train": {"f1": 0.99}, "test": {"f1": 0.8}}"#)
    #expect(several.outcome == .passed, "\(several.message)")
  }

  @Test func pathsCountFromTheConfig() async throws {
    let fixture = try ModelFixture(["ci/c.json": #"{"auc": 1}"#])
    let findings = try await fixture.findings(
      ["candidate": ["metrics": "c.json"], "gates": [["metric": "auc", "at_least": "1"]]], file: "ci/cupel.yaml")
    #expect(findings.map(\.outcome) == [.passed])
    #expect(findings.first?.message == "auc is 1, at least 1")
  }

  /// A baseline out of git that is not there yet is a first run; a revision that is unknown is not.
  @Test func baselinesOutOfGit() async throws {
    let fixture = try ModelFixture(["c.json": Self.champion])
    let gates: [ConfigTree] = [["metric": "f1", "max_regression": "0 absolute"]]
    let model: ConfigTree = [
      "candidate": ["metrics": "c.json"],
      "baseline": ["metrics": "git:HEAD:b.json", "when_missing": "accept"],
      "gates": .sequence(gates),
    ]
    let finding = try await fixture.findings(model)[0]
    #expect(finding.outcome == .errored)
    #expect(finding.reason == .baseline)
    #expect(finding.message.contains("git repository"))
  }

  @Test func theModelsOfTheFixturesAreJudgedAlike() async throws {
    let metrics = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "fixtures/flights/models/metrics").path()
    func outcomes(_ candidate: String) async throws -> [Outcome] {
      try await ModelFixture().findings([
        "candidate": ["metrics": .scalar(metrics + "/" + candidate)],
        "baseline": ["metrics": .scalar(metrics + "/champion.json")],
        "gates": [
          ["metric": "roc_auc", "at_least": "0.72", "max_regression": "0.005 absolute"],
          ["metric": "log_loss", "max_regression": "1% relative"],
        ],
      ]).map(\.outcome)
    }
    #expect(try await outcomes("candidate.json") == [.passed, .passed, .passed])
    #expect(try await outcomes("candidate.csv") == [.passed, .passed, .passed])
    #expect(try await outcomes("regressed.json") == [.failed, .failed, .failed])
  }

  /// A share is no percentage, unless what it is held against is one as well.
  @Test(
    arguments: [
      ("accuracy", 45, 40, ("at_least", "0.9"), Outcome.errored), ("accuracy", 45, 40, ("at_least", "90"), .failed),
      ("accuracy", 95, 40, ("at_least", "90"), .passed), ("accuracy", 0.95, 40, ("at_least", "0.9"), .passed),
      ("roc_auc", -3, 0.5, ("at_most", "0.5"), .errored), ("f1", 1, 0.5, ("at_least", "0.9"), .passed),
      ("accuracy", 80, 0.8, ("max_regression", "0.1 absolute"), .errored),
      ("accuracy", 80, 79, ("max_regression", "0.1 absolute"), .passed),
      ("log_loss", 45, 44, ("at_least", "0.9"), .passed),
    ] as [(String, Double, Double, (String, String), Outcome)])
  func aKnownMetricLiesWithinItsRange(
    metric: String, mine: Double, theirs: Double, bound: (String, String), outcome: Outcome
  ) async throws {
    let gate = ConfigTree.mapping([("metric", .scalar(metric)), (bound.0, .scalar(bound.1))])
    let findings = try await ModelFixture([
      "c.json": "{\"\(metric)\": \(mine)}", "b.json": "{\"\(metric)\": \(theirs)}",
    ])
    .findings(ModelFixture.model([gate]))
    #expect(findings.map(\.outcome) == [outcome], "\(findings.map(\.message))")
  }

  /// What is best in the middle has no better side, and a direction would let one way out pass.
  @Test(arguments: ["mean_error", "calibration_ratio"])
  func metricsThatAreBestInTheMiddleHaveNoDirection(metric: String) {
    for direction in ["", "lower"] {
      var keys: [(String, ConfigTree)] = [("metric", .scalar(metric)), ("max_regression", "0.1 absolute")]
      if !direction.isEmpty { keys.append(("direction", .scalar(direction))) }
      let problems = ModelFixture.decode(["m": ModelFixture.model([.mapping(keys)])]).problems
      #expect(problems.count == 1 && problems[0].help.first?.contains("between: [") == true, "\(problems)")
    }
  }
}
