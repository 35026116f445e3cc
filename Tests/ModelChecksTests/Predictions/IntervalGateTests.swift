import ModelChecks
import TestSupport
import Testing
import Verdict

/// Gates with a confidence: about the population, by an interval.
@Suite struct IntervalGateTests {
  private static func finding(
    _ gate: ConfigTree, candidate: Int, baseline: Int, of count: Int, _ more: [(String, ConfigTree)] = []
  ) async throws -> Finding {
    try await PredictionFixture.findings(
      PredictionFixture.csv(count: count) { $0 >= candidate }, PredictionFixture.csv(count: count) { $0 >= baseline },
      [gate],
      more)[2]
  }

  /// Wilson's interval of 90 of 100: 0.8256 to 0.9448.
  @Test func aValueIsHeldAgainstItsInterval() async throws {
    func outcome(_ bound: (String, ConfigTree)) async throws -> Finding {
      let gate = ConfigTree.mapping([("metric", "accuracy"), ("confidence", "95%"), bound])
      return try await PredictionFixture.findings(
        PredictionFixture.csv(count: 100) { $0 >= 10 }, nil, [gate])[1]
    }
    let passed = try await outcome(("at_least", "0.82"))
    #expect(passed.outcome == .passed)
    let interval = try #require(passed.evidence.interval)
    #expect(abs(interval.lower - 0.8256343384950865) < 1e-12 && abs(interval.upper - 0.9447708629393249) < 1e-12)
    #expect(passed.evidence.method == "wilson")
    #expect(passed.message == "accuracy is 0.9 (95% interval 0.8256 to 0.9448), at least 0.82")
    let straddling = try await outcome(("at_least", "0.85"))
    #expect(straddling.outcome == .inconclusive && straddling.severity == .block)
    #expect(straddling.message.contains("about 222 rows would decide"), "\(straddling.message)")
    #expect(try await outcome(("at_least", "0.95")).outcome == .failed)
    #expect(try await outcome(("between", ["0.8", "0.95"])).outcome == .passed)
    #expect(try await outcome(("at_most", "0.8")).outcome == .failed)
  }

  /// The same difference of 5 points: 200 of 4,000 rows decide what 2 of 40 leave open.
  @Test func whatFewRowsLeaveOpenManyDecide() async throws {
    let gate: ConfigTree = ["metric": "accuracy", "max_regression": "0.02 absolute", "confidence": "95%"]
    let few = try await Self.finding(gate, candidate: 6, baseline: 4, of: 40)
    #expect(few.outcome == .inconclusive && few.message.contains("would decide"), "\(few.message)")
    let many = try await Self.finding(gate, candidate: 600, baseline: 400, of: 4000)
    #expect(many.outcome == .failed && many.message.contains("inferior: more than 0.02 worse"), "\(many.message)")
    let better = try await Self.finding(gate, candidate: 400, baseline: 600, of: 4000)
    #expect(better.outcome == .passed && better.message.hasSuffix("superior"), "\(better.message)")
    #expect(better.evidence.notes.contains { $0.contains("is found with a probability of 80%") })
  }

  @Test func anInconclusiveGateMayWarn() async throws {
    let gate: ConfigTree = [
      "metric": "accuracy", "max_regression": "0.02 absolute", "confidence": "95%", "when_inconclusive": "warn",
    ]
    let found = try await Self.finding(gate, candidate: 6, baseline: 4, of: 40)
    #expect(found.outcome == .inconclusive && found.severity == .warn)
  }

  /// Models that agree on every row: a difference of 3.7/n is not ruled out, and no interval is without width.
  @Test(arguments: ["accuracy", "f1", "log_loss", "roc_auc", "mcc"])
  func agreeingModelsAreNoProof(metric: String) async throws {
    let gate = ConfigTree.mapping([
      ("metric", .scalar(metric)), ("max_regression", "0.0001 absolute"), ("confidence", "95%"),
    ])
    let found = try await Self.finding(gate, candidate: 10, baseline: 10, of: 200)
    #expect(found.outcome == .inconclusive, "\(found.message)")
    let interval = try #require(found.evidence.interval)
    #expect(interval.lower < 0 && interval.upper > 0)
    #expect(found.evidence.method.hasPrefix("rule-of-three"))
  }

  /// A model without an error in 200 rows is no model without errors.
  @Test(arguments: ["accuracy", "f1", "mcc", "roc_auc"])
  func noErrorIsNoProof(metric: String) async throws {
    let gate = ConfigTree.mapping([("metric", .scalar(metric)), ("at_least", "0.9999"), ("confidence", "95%")])
    let found = try await PredictionFixture.findings(PredictionFixture.csv(count: 200) { _ in true }, nil, [gate])[1]
    #expect(found.outcome == .inconclusive, "\(found.message)")
    #expect(found.evidence.interval.map { $0.lower < 0.999 } ?? true, "\(found.message)")
  }

  @Test func tooFewRowsAreInconclusive() async throws {
    let gate: ConfigTree = ["metric": "log_loss", "max_regression": "5 absolute", "confidence": "95%"]
    let found = try await Self.finding(gate, candidate: 1, baseline: 2, of: 20)
    #expect(found.outcome == .inconclusive && found.message.contains("needs at least 30 rows"), "\(found.message)")
  }

  /// Five gates: what alone would fail by its 95 % interval is not certain enough as one of five.
  @Test func oneOfManyGatesMustBeMoreCertain() async throws {
    let gate: ConfigTree = ["metric": "accuracy", "max_regression": "0.0325 absolute", "confidence": "95%"]
    let others: [ConfigTree] = ["recall", "specificity", "f1", "precision"].map {
      ["metric": .scalar($0), "at_least": "0.1", "confidence": "95%"]
    }
    func run(_ gates: [ConfigTree]) async throws -> Finding {
      try await PredictionFixture.findings(
        PredictionFixture.csv(count: 1000) { $0 >= 95 }, PredictionFixture.csv(count: 1000) { $0 >= 50 }, gates,
        only: ["models.delay.accuracy"])[0]
    }
    let alone = try await run([gate])
    #expect(alone.outcome == .failed && alone.evidence.method == "tango, paired by id", "\(alone.message)")
    let amongMany = try await run([gate] + others)
    #expect(amongMany.outcome == .inconclusive, "\(amongMany.message)")
    #expect(amongMany.evidence.method == "tango, paired by id, Holm over 5 gates")
    let (one, many) = (try #require(alone.evidence.interval), try #require(amongMany.evidence.interval))
    #expect(many.level > 0.98 && many.lower < one.lower && one.upper < -0.0325 && many.upper >= -0.0325)
  }

  /// Rows of one user are no evidence of their own: ten users of a hundred equal rows each.
  @Test func dependentRowsCountAsTheirGroups() async throws {
    var (candidate, baseline) = ("id,y,p,user\n", "id,y,p,user\n")
    for row in 0..<4000 {
      let (user, label) = (row / 100, row % 2)
      func line(_ isRight: Bool) -> String { "\(row),\(label),\(isRight == (label == 1) ? "0.9" : "0.1"),u\(user)\n" }
      candidate += line(user != 3)
      baseline += line(true)
    }
    let gate: ConfigTree = ["metric": "accuracy", "max_regression": "0.01 absolute", "confidence": "95%"]
    let rows = try await PredictionFixture.findings(candidate, baseline, [gate])[2]
    #expect(rows.outcome == .failed)
    for metric in ["accuracy", "roc_auc", "f1"] {
      let gate: ConfigTree = ["metric": .scalar(metric), "max_regression": "0.01 absolute", "confidence": "95%"]
      let groups = try await PredictionFixture.findings(candidate, baseline, [gate], [("group", "user")])[2]
      #expect(groups.outcome == .inconclusive, "\(groups.message)")
      #expect(groups.evidence.method.hasSuffix("paired by id, rows grouped by user"))
    }
  }

  @Test func anImprovementMayBeTooGood() async throws {
    let gate: ConfigTree = ["metric": "accuracy", "suspicious_improvement": "0.05 absolute"]
    let good = try await Self.finding(gate, candidate: 40, baseline: 90, of: 1000)
    #expect(good.outcome == .passed && good.message.hasSuffix("within the 0.05 that is believed"), "\(good.message)")
    let bad = try await Self.finding(gate, candidate: 40, baseline: 91, of: 1000)
    #expect(bad.outcome == .failed, "\(bad.message)")
    let sure: ConfigTree = ["metric": "accuracy", "suspicious_improvement": "0.05 absolute", "confidence": "95%"]
    #expect(try await Self.finding(sure, candidate: 40, baseline: 91, of: 1000).outcome == .inconclusive)
    #expect(try await Self.finding(sure, candidate: 40, baseline: 200, of: 1000).outcome == .failed)
  }
}
