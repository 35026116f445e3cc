import JSON
import Language
import TestSupport
import Testing
import Verdict

@testable import ModelChecks

/// `baseline: {metrics: history}`: what accepted runs left, and the ratchet over it.
@Suite struct RecordedBaselineTests {
  private static let gate: ConfigTree = ["metric": "m", "direction": "higher", "max_regression": "0.01 absolute"]

  private static func model(_ more: [(String, ConfigTree)] = [], gates: [ConfigTree] = [gate]) -> ConfigTree {
    [
      "candidate": ["metrics": "c.json"], "baseline": .mapping([("metrics", "history")] + more),
      "gates": .sequence(gates),
    ]
  }

  private static func history(
    _ values: [Double], of metric: String = "m", check: String = "models.delay.m.max_regression", basis: String = ""
  ) -> HistoryAccess {
    var history = MetricHistory()
    history[MetricHistory.Key(check: check, metric: metric)] = values.enumerated().map {
      MetricHistory.Point(time: 1000 + Int64($0.offset), value: $0.element, basis: basis)
    }
    return .known(history)
  }

  private func findings(
    _ value: String, _ history: HistoryAccess, _ more: [(String, ConfigTree)] = [], gates: [ConfigTree] = [gate],
    now: Int64 = 2000
  ) async throws -> [Finding] {
    try await ModelFixture(["c.json": "{\"m\": \(value)}"]).findings(
      Self.model(more, gates: gates), history: history, now: now)
  }

  @Test func theLastAcceptedRunIsTheBaseline() async throws {
    let history = Self.history([0.95, 0.90])
    let held = try await findings("0.895", history)
    #expect(held[0].outcome == .passed && held[0].evidence.baseline?.value == 0.9)
    #expect(held[0].evidence.notes.contains { $0.contains("the last of 2 accepted runs") })
    #expect(try await findings("0.88", history)[0].outcome == .failed)
  }

  /// What was accepted with a reason is the baseline, also where the ratchet held better ones.
  @Test func aReasonStartsAnew() async throws {
    var history = MetricHistory()
    history[MetricHistory.Key(check: "models.delay.m.max_regression", metric: "m")] = [
      (0.9, false), (0.91, false), (0.8, true),
    ]
    .enumerated().map { .init(time: 1000 + Int64($0.offset), value: $0.element.0, isFresh: $0.element.1) }
    for more: [(String, ConfigTree)] in [[], [("ratchet", "2")]] {
      let found = try await findings("0.795", .known(history), more)
      #expect(found[0].outcome == .passed && found[0].evidence.baseline?.value == 0.8, "\(found[0].message)")
    }
  }

  /// The number is kept although nothing is compared: otherwise there would never be a first one.
  @Test func withoutAHistoryYetItIsSkippedAndKept() async throws {
    let finding = try await findings("0.88", .known(MetricHistory()))[0]
    #expect(finding.outcome == .skipped && finding.reason == .requested)
    #expect(finding.message.contains("no accepted run left its m in the history yet"))
    #expect(finding.metrics.map(\.name) == ["m"] && finding.metrics[0].value == 0.88)
    #expect(ComparabilityContract(Array(finding.metrics[0].basis.utf8))?.metrics == ["m": "m"])
    let strict = try await findings("0.88", .known(MetricHistory()), [("when_missing", "error")])[0]
    #expect(strict.outcome == .errored && strict.reason == .baseline)
  }

  @Test func absoluteGatesAreJudgedMeanwhile() async throws {
    let found = try await findings(
      "0.4", .known(MetricHistory()), gates: [Self.gate, ["metric": "m", "at_least": "0.5"]])
    #expect(found.map(\.outcome) == [.skipped, .failed])
  }

  @Test func aHistoryThatCannotBeReadIsAnError() async throws {
    let finding = try await findings("0.9", .unreadable("it is damaged", advice: "mend it"))[0]
    #expect(finding.outcome == .errored && finding.message == "it is damaged; mend it")
    #expect(try await findings("0.9", .unwanted)[0].outcome == .skipped)
  }

  /// A gate that is new finds what another gate left of the same metric.
  @Test func anotherGatesSeriesWillDo() async throws {
    let history = Self.history([0.9], check: "models.delay.m.at_least")
    #expect(try await findings("0.88", history)[0].outcome == .failed)
    let stranger = Self.history([0.9], check: "models.delays.m.at_least")
    #expect(try await findings("0.88", stranger)[0].outcome == .skipped)
  }

  @Test func anotherDefinitionIsRefused() async throws {
    let basis = JSONWriter.compact.string(
      ComparabilityContract(model: "", set: nil, metrics: ["m": "m, threshold 0.4"]).json)
    let finding = try await findings("0.9", Self.history([0.9], basis: basis))[0]
    #expect(finding.outcome == .errored && finding.reason == .baseline, "\(finding.message)")
    #expect(finding.message.contains("m, threshold 0.4 instead of m"))
    #expect(finding.metrics.first?.value == 0.9)
  }

  @Test func anOldRunIsRefused() async throws {
    let history = Self.history([0.9])
    #expect(try await findings("0.9", history, [("max_age", "1h")], now: 1000 + 3600)[0].outcome == .passed)
    #expect(try await findings("0.9", history, [("max_age", "1h")], now: 1000 + 3601)[0].outcome == .errored)
  }

  /// The same name with another expression, or by other groups, is another metric.
  @Test func whatAMetricMeansIsKept() throws {
    func definitions(expression: String, age: String) throws -> [String: String] {
      let model = PredictionFixture.model(
        [["metric": ["name": "cost", "expression": .scalar(expression)], "at_most": "1", "direction": "lower"]],
        [
          (
            "fairness",
            [
              "by": ["column": "age", "bins": ["0", .scalar(age), "99"]],
              "gates": [["metric": "demographic_parity_difference", "at_most": "0.1"]],
            ]
          )
        ])
      let subject = try #require(ModelFixture.decode(["delay": model]).subjects?.first)
      return subject.declaration.definitions(of: subject.declaration.checks(named: "delay"))
    }
    let first = try definitions(expression: "abs(score - label)", age: "40")
    #expect(first["cost"]?.contains("the mean of abs(score - label)") == true, "\(first)")
    #expect(first["demographic_parity_difference by age"]?.contains("age from 0 to 40 to 99") == true, "\(first)")
    let other = try definitions(expression: "abs(score - label) * 2", age: "50")
    #expect(Set(first.keys) == Set(other.keys) && first.keys.allSatisfy { first[$0] != other[$0] }, "\(other)")
  }

  // MARK: - The ratchet

  @Test(arguments: [
    ([0.90], 0.90), ([0.90, 0.95], 0.90), ([0.90, 0.95, 0.94], 0.94), ([0.90, 0.95, 0.91, 0.97], 0.91),
    ([0.90, 0.89, 0.88], 0.90), ([0.90, 0.95, 0.96, 0.80, 0.81], 0.95),
  ])
  func theBaselineRisesToWhatSeveralRunsReached(values: [Double], expected: Double) async throws {
    #expect(RecordedBaseline.ratcheted(values, after: 2, .higher) == expected)
    #expect(RecordedBaseline.ratcheted(values.map { -$0 }, after: 2, .lower) == -expected)
    let finding = try await findings("0.9", Self.history(values), [("ratchet", "2")])[0]
    #expect(finding.evidence.baseline?.value == expected)
    #expect(finding.evidence.notes.contains { $0.contains("2 accepted runs in a row reached") })
  }

  /// It never becomes worse by another run.
  @Test func theRatchetHolds() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let values = (0..<20).map { _ in Double(generator.next() % 1000) / 1000 }
      for count in 2...5 {
        let held = (1...values.count).map { RecordedBaseline.ratcheted(Array(values[..<$0]), after: count, .higher) }
        #expect(zip(held, held.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(values.contains(held[held.count - 1]))
      }
    }
  }

  /// Numbers of other rows say nothing of these.
  @Test func theRatchetBeginsAnewWithAnotherBasis() async throws {
    var history = MetricHistory()
    let now = JSONWriter.compact.string(ComparabilityContract(model: "", set: nil, metrics: ["m": "m"]).json)
    history[MetricHistory.Key(check: "models.delay.m.max_regression", metric: "m")] = [
      .init(time: 1, value: 0.99, basis: "{}"), .init(time: 2, value: 0.9, basis: now),
      .init(time: 3, value: 0.91, basis: now),
    ]
    let finding = try await findings("0.9", .known(history), [("ratchet", "2")])[0]
    #expect(finding.evidence.baseline?.value == 0.9, "\(finding.message)")
  }

  // MARK: - Predictions, and the config

  @Test func predictionsAreComparedWithTheHistory() async throws {
    let csv = PredictionFixture.csv(count: 50) { $0 % 5 != 0 }
    let keys: [(String, ConfigTree)] = [
      ("task", "binary"), ("label", "y"), ("score", "p"), ("id", "id"), ("candidate", ["predictions": "c.csv"]),
      ("baseline", ["metrics": "history"]),
      (
        "gates",
        [["metric": "accuracy", "max_regression": "0.05 absolute"], ["metric": "accuracy", "at_least": "0.5"]]
      ),
    ]
    let first = try await ModelFixture(["c.csv": csv]).findings(
      .mapping(keys), history: .known(MetricHistory()), now: 1)
    #expect(first.map(\.outcome) == [.passed, .skipped, .passed], "\(first.map(\.message))")
    let kept = try #require(first[1].metrics.first)
    #expect(kept.value == 0.8 && kept.count == 50)
    #expect(ComparabilityContract(Array(kept.basis.utf8))?.set?.rows == 50)
    var history = MetricHistory()
    history[MetricHistory.Key(check: first[1].id.description, metric: kept.name)] = [
      .init(time: 1, value: 0.9, basis: kept.basis)
    ]
    let second = try await ModelFixture(["c.csv": csv]).findings(.mapping(keys), history: .known(history), now: 2)
    #expect(second.map(\.outcome) == [.passed, .failed, .passed], "\(second.map(\.message))")
    let grown = PredictionFixture.csv(count: 60) { $0 % 5 != 0 }
    let refused = try await ModelFixture(["c.csv": grown]).findings(.mapping(keys), history: .known(history), now: 2)
    #expect(refused[1].outcome == .errored && refused[1].message.contains("50 rows instead of 60"))
  }

  @Test func whatCannotBeIsAMistake() {
    for (model, words) in [
      (
        ModelFixture.model([Self.gate], extra: ("ratchet", "5")), "a ratchet needs the history of accepted runs"
      ),
      (
        ConfigTree.mapping([
          ("task", "binary"), ("label", "y"), ("score", "p"), ("candidate", ["predictions": "c.csv"]),
          ("baseline", ["metrics": "history"]),
          ("gates", [["metric": "accuracy", "max_regression": "0.05 absolute", "confidence": "95%"]]),
        ]), "nothing to pair rows or slices with"
      ),
    ] {
      let problems = ModelFixture.decode(["delay": model]).problems
      #expect(problems.contains { $0.headline.contains(words) }, "\(problems.map(\.headline))")
    }
  }
}

extension ModelFixture {
  /// A model with one more key of its baseline.
  fileprivate static func model(_ gates: [ConfigTree], extra: (String, ConfigTree)) -> ConfigTree {
    [
      "candidate": ["metrics": "c.json"], "baseline": .mapping([("metrics", "b.json"), extra]),
      "gates": .sequence(gates),
    ]
  }
}
