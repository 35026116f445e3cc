import FoundationEssentials
import ModelChecks
import TestSupport
import Testing
import Verdict

/// The predictions of the flights models. The metrics are those that scikit-learn computed when the models were made
/// (fixtures/flights/models/metrics); the intervals come from numpy, by the definitions: DeLong's placements of every
/// positive among every negative with the ends of both areas on the logit scale, the paired t interval of the rows' losses
/// with Hall's end for their skewness and what kurtosis and the farthest row add, Tango's score test solved by bisection.
@Suite struct FlightPredictionTests {
  private static func findings(
    _ candidate: String, _ gates: [ConfigTree], _ keys: [(String, ConfigTree)] = []
  ) async throws -> [String: Finding] {
    let folder = "fixtures/flights/models/predictions/"
    let files = [
      "c.csv": try Repository.text(folder + candidate), "b.csv": try Repository.text(folder + "champion.csv"),
    ]
    let more: [(String, ConfigTree)] = [("id", "flight_id"), ("label", "label"), ("score", "score")] + keys
    let found = try await ModelFixture(files).findings(PredictionFixture.model(gates, more))
    return Dictionary(uniqueKeysWithValues: found.map { ("\($0.id)", $0) })
  }

  private static func near(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
    value.map { abs($0 - expected) <= tolerance } ?? false
  }

  @Test func theMetricsAreThoseOfScikitLearn() async throws {
    let expected = [
      "roc_auc": 0.9190552544802868, "log_loss": 0.24706899695880155, "accuracy": 0.9106,
      "precision": 0.8783482142857143, "recall": 0.6995555555555556,
    ]
    let found = try await Self.findings(
      "candidate.csv", expected.keys.sorted().map { ["metric": .scalar($0), "between": ["0", "1"]] })
    for (metric, value) in expected {
      let finding = try #require(found["models.delay.\(metric).between"])
      #expect(finding.outcome == .passed)
      #expect(Self.near(finding.evidence.observed?.value, value, 1e-12), "\(metric): \(finding.message)")
      #expect(finding.evidence.method == "point")
      #expect(finding.evidence.counts?.evaluated == 5000)
    }
    #expect(found["models.delay.predictions"]?.outcome == .passed)
    #expect(found["models.delay.join"]?.outcome == .passed)
  }

  @Test func theIntervalsAreThoseOfTheDefinitions() async throws {
    let gates: [ConfigTree] = [
      ["metric": "roc_auc", "max_regression": "0.005 absolute", "confidence": "95%"],
      ["metric": "log_loss", "max_regression": "0.005 absolute", "confidence": "95%"],
      ["metric": "accuracy", "max_regression": "0.005 absolute", "confidence": "95%"],
      ["metric": "recall", "max_regression": "0.01 absolute", "confidence": "95%"],
    ]
    let found = try await Self.findings("candidate.csv", gates)
    func check(_ metric: String, _ low: Double, _ high: Double, _ method: String, _ outcome: Outcome) throws {
      let finding = try #require(found["models.delay.\(metric).max_regression"])
      let interval = try #require(finding.evidence.interval)
      #expect(Self.near(interval.lower, low, 1e-8) && Self.near(interval.upper, high, 1e-8), "\(metric): \(interval)")
      // None of them fails, so that none must be more certain as one of four.
      #expect(finding.evidence.method == "\(method), paired by flight_id")
      #expect(finding.outcome == outcome, "\(finding.message)")
    }
    try check("roc_auc", -0.0027495138755205062, 0.0048967673302590334, "delong-mover", .passed)
    try check("log_loss", -0.0046961282249715405, 0.0019358981480515672, "influence-function", .passed)
    try check("accuracy", 0.0010403963509711001, 0.006819611928519453, "tango", .passed)
    // Recall: 14 of 1125 late flights newly missed and none newly found.
    try check("recall", -0.02078000450367434, -0.0074271972888245285, "tango", .inconclusive)
    #expect(found["models.delay.accuracy.max_regression"]?.message.hasSuffix("superior") == true)
    #expect(found["models.delay.roc_auc.max_regression"]?.message.contains("non-inferior") == true)
    #expect(found["models.delay.recall.max_regression"]?.message.contains("would decide") == true)
  }

  @Test func theRegressionIsFound() async throws {
    let gates: [ConfigTree] = [
      ["metric": "roc_auc", "max_regression": "0.005 absolute", "confidence": "95%"],
      ["metric": "precision", "max_regression": "0.05 absolute", "confidence": "95%"],
    ]
    let found = try await Self.findings("regressed.csv", gates)
    for metric in ["roc_auc", "precision"] {
      let finding = try #require(found["models.delay.\(metric).max_regression"])
      #expect(finding.outcome == .failed, "\(finding.message)")
      #expect(finding.message.contains("inferior"))
    }
    // A bootstrap of the rows by numpy, with 20,000 resamples: -0.4254 to -0.2523 at 95 %.
    let precision = try await Self.findings("regressed.csv", [gates[1]])["models.delay.precision.max_regression"]
    let interval = try #require(precision?.evidence.interval)
    #expect(Self.near(interval.lower, -0.4254, 0.012) && Self.near(interval.upper, -0.2523, 0.012), "\(interval)")
    #expect(precision?.evidence.method == "cell-bootstrap, paired by flight_id")
  }

  /// The slices of the demo: where the worse model lost most fails, and the candidate is nowhere inferior for certain.
  @Test func theWorstSliceIsDiscovered() async throws {
    let gate: ConfigTree = [
      "metric": "roc_auc", "max_regression": "0.005 absolute", "confidence": "95%", "slices": "all",
    ]
    let slices: ConfigTree = ["discover": ["carrier", "origin", "hour", "distance"]]
    let name = "models.delay.roc_auc.max_regression@discovered+carrier+origin+hour+distance"
    let regressed = try #require(try await Self.findings("regressed.csv", [gate], [("slices", slices)])[name])
    #expect(regressed.outcome == .failed, "\(regressed.message)")
    #expect(regressed.message.contains(" of 5 discovered slices it does not hold; "), "\(regressed.message)")
    #expect(regressed.message.contains("roc_auc fell from"), "\(regressed.message)")
    let candidate = try #require(try await Self.findings("candidate.csv", [gate], [("slices", slices)])[name])
    #expect([.passed, .inconclusive].contains(candidate.outcome), "\(candidate.message)")
    #expect(candidate.evidence.notes.contains { $0.hasPrefix("searched ") && $0.contains(" on 2,") })
  }
}
