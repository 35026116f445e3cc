import Language
import ModelChecks
import TestSupport
import Testing
import Verdict

/// Slices that nobody names: found on one half of the rows and judged on the other.
@Suite struct DiscoveredSliceTests {
  private struct Row {
    var id: Int
    var label: Int
    var isRight: Bool
    var features: [Int]
  }

  /// Rows with features of a few values, of which a model gets a share right.
  private static func rows(_ count: Int, seed: UInt64, share: ([Int]) -> Double) -> [Row] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { id in
      let features = [3, 3, 4, 5].map { Int.random(in: 0..<$0, using: &random) }
      return Row(
        id: id, label: Int.random(in: 0...1, using: &random),
        isRight: Double.random(in: 0..<1, using: &random) < share(features), features: features)
    }
  }

  private static func csv(_ rows: [Row]) -> String {
    "id,y,p,a,b,c,d,noise\n"
      + rows.map { row in
        let score = row.isRight == (row.label == 1) ? "0.8" : "0.2"
        return "\(row.id),\(row.label),\(score),"
          + zip(["a", "b", "c", "d"], row.features).map { "\($0)\($1)" }.joined(separator: ",")
          + ",\(row.id * 37 % 1009)\n"
      }.joined()
  }

  private static func findings(
    _ candidate: [Row], _ gate: ConfigTree, baseline: [Row]? = nil, slices: ConfigTree = ["discover": "true"],
    model more: [(String, ConfigTree)] = []
  ) async throws -> [Finding] {
    try await PredictionFixture.findings(
      csv(candidate), baseline.map(csv), [gate], [("slices", slices)] + more)
  }

  fileprivate static let accuracy: ConfigTree = [
    "metric": "accuracy", "at_least": "0.8", "confidence": "95%", "slices": "all",
  ]

  private static func isPlanted(_ features: [Int]) -> Bool { features[0] == 1 && features[1] == 2 && features[2] == 0 }

  @Test func aBadCrossOfThreeIsFound() async throws {
    let rows = Self.rows(12_000, seed: 21) { Self.isPlanted($0) ? 0.5 : 0.92 }
    let found = try await Self.findings(rows, Self.accuracy)
    #expect(found.map(\.outcome) == [.passed, .passed, .failed], "\(found.map(\.message))")
    #expect(found[2].id.description == "models.delay.accuracy.at_least@discovered")
    #expect(found[2].message.contains("a = a1, b = b2, c = c0: accuracy is 0."), "\(found[2].message)")
    #expect(found[2].message.hasPrefix("in 1 of 5 discovered slices it does not hold; "))
    #expect(found[2].evidence.method.contains("Benjamini-Hochberg over 5 slices"))
    let note = try #require(found[2].evidence.notes.first { $0.hasPrefix("searched ") })
    #expect(note.contains("slices by a, b, c, d, noise, up to 3 at once, on "))
    // Each of the five is told with its size.
    #expect(found[2].evidence.notes.count { $0.contains(" rows): accuracy is ") } == 5)
    #expect((found[2].evidence.counts?.evaluated).map { abs($0 - 6000) < 300 } == true)
  }

  /// By the id alone: the order of the rows changes nothing.
  @Test func theOrderOfRowsDoesNotMatter() async throws {
    let rows = Self.rows(3000, seed: 22) { Self.isPlanted($0) ? 0.4 : 0.9 }
    let found = try await Self.findings(rows, Self.accuracy)
    let other = try await Self.findings(rows.reversed(), Self.accuracy)
    #expect(found[2].message == other[2].message && found[2].evidence.notes == other[2].evidence.notes)
  }

  /// At the limit in every slice the gate fails as seldom as it says, however many slices are looked through.
  @Test func noiseIsSeldomAWorstSlice() async throws {
    var failed = 0
    let runs = 60
    for run in 0..<runs {
      let rows = Self.rows(1200, seed: UInt64(100 + run)) { _ in 0.8 }
      let found = try await Self.findings(
        rows, Self.accuracy, slices: ["discover": ["a", "b", "c", "d"], "min_rows": "30"])
      #expect(found[2].outcome != .errored, "\(found[2].message)")
      if found[2].outcome == .failed { failed += 1 }
    }
    // 2.5 %, and three standard errors.
    #expect(failed <= 5, "\(failed) of \(runs)")
  }

  /// What the candidate lost against the baseline is found, not where both are bad. An area says of no row how bad it is:
  /// then the scores do.
  @Test(arguments: ["accuracy", "roc_auc"]) func aRegressionIsFoundWhereItIs(metric: String) async throws {
    func isHard(_ features: [Int]) -> Bool { features[3] == 4 }
    let baseline = Self.rows(12_000, seed: 23) { isHard($0) ? 0.6 : 0.95 }
    let candidate = baseline.map { row in
      var row = row
      if Self.isPlanted(row.features), row.id % 2 == 0 { row.isRight = false }
      return row
    }
    let found = try await Self.findings(
      candidate, ["metric": .scalar(metric), "max_regression": "0.1 absolute", "confidence": "95%", "slices": "all"],
      baseline: baseline, slices: [["discover": ["a", "b", "c", "d"], "worst": "3"]])
    let last = try #require(found.last)
    #expect(
      last.outcome == .failed && last.message.contains("a = a1, b = b2, c = c0: \(metric) fell"), "\(last.message)")
  }

  /// What the gate makes itself, and what both models say, have worst slices as well.
  @Test(
    arguments: [
      [
        "metric": ["name": "off", "expression": "abs(score - label)"], "direction": "lower", "at_most": "0.4",
        "confidence": "95%", "slices": "all",
      ],
      ["metric": "negative_flip_rate", "at_most": "0.2", "confidence": "95%", "slices": "all"],
    ] as [ConfigTree])
  func everyMeanOverRowsHasWorstSlices(gate: ConfigTree) async throws {
    let baseline = Self.rows(12_000, seed: 28) { _ in 0.98 }
    let candidate = baseline.map { row in
      var row = row
      if Self.isPlanted(row.features), row.id % 4 != 0 { row.isRight = false }
      return row
    }
    let found = try await Self.findings(
      candidate, gate, baseline: baseline, slices: [["discover": ["a", "b", "c", "d"], "worst": "3"]])
    let last = try #require(found.last)
    #expect(last.outcome == .failed && last.message.contains("; a = a1, b = b2, c = c0: "), "\(last.message)")
  }

  /// A gate that judged no slice at all has not softened one.
  @Test func noSliceAtAllIsAnError() async throws {
    let found = try await Self.findings(Self.rows(150, seed: 24) { _ in 0.9 }, Self.accuracy)
    #expect(found[2].outcome == .errored && found[2].reason == .nothingToEvaluate, "\(found[2].message)")
    #expect(found[2].message.contains("no slice has 100 rows in each half of c.csv"))
  }

  @Test func goodSlicesPass() async throws {
    let found = try await Self.findings(
      Self.rows(12_000, seed: 25) { _ in 0.95 }, Self.accuracy, slices: ["discover": ["a", "b"], "depth": "2"])
    #expect(found[2].outcome == .passed, "\(found[2].message)")
    #expect(found[2].message.hasPrefix("holds in all ") && found[2].message.hasSuffix(" discovered slices"))
  }

  @Test func hiddenValuesAreNotShown() async throws {
    let rows = Self.rows(6000, seed: 26) { $0[0] == 1 ? 0.5 : 0.95 }
    let found = try await Self.findings(
      rows, Self.accuracy, slices: ["discover": ["a", "noise"]],
      model: [("sensitive", ["a", "noise"])])
    #expect(found[2].outcome == .failed && found[2].message.contains("(hidden): accuracy is "), "\(found[2].message)")
    #expect(!([found[2].message] + found[2].evidence.notes).contains { $0.contains("a1") || $0.contains("noise from") })
  }

  @Test func aColumnThatIsNotThereIsToldOf() async throws {
    let found = try await Self.findings(
      Self.rows(300, seed: 27) { _ in 0.9 }, Self.accuracy, slices: ["discover": ["a", "nothing"]])
    #expect(found[0].outcome == .failed && found[0].message.contains("has no column \"nothing\""))
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var headline: String
    var slices: ConfigTree
    var gate = DiscoveredSliceTests.accuracy
    var testDescription: String { headline }
  }

  @Test(arguments: [
    Mistake(
      headline: "says nothing without an interval", slices: ["discover": "true"],
      gate: ["metric": "accuracy", "at_least": "0.8", "slices": "all"]),
    Mistake(headline: "discovers nothing", slices: ["discover": "false"]),
    Mistake(headline: "no column is searched", slices: ["discover": []]),
    Mistake(headline: "\"a\" stands here twice", slices: ["discover": ["a", "a"]]),
    Mistake(headline: "\"y\" is the label", slices: ["discover": ["a", "y"]]),
    Mistake(headline: "a whole number from 1 to 3", slices: ["discover": "true", "depth": "4"]),
    Mistake(headline: "unknown key \"dept\"", slices: ["discover": "true", "dept": "2"]),
    Mistake(headline: "declared twice", slices: [["discover": "true"], ["discover": "true"]]),
    Mistake(
      headline: "no gate judges the slices", slices: ["discover": "true"],
      gate: ["metric": "accuracy", "at_least": "0.8", "confidence": "95%"]),
  ])
  func mistakesAreTold(mistake: Mistake) {
    let model = PredictionFixture.model([mistake.gate], [("slices", mistake.slices)])
    let problems = ModelFixture.decode(["delay": model]).problems
    #expect(problems.contains { $0.headline.contains(mistake.headline) }, "\(problems.map(\.headline))")
  }

  /// What is judged with several rows at once, or of all rows, says nothing of each.
  @Test(
    arguments: [
      (
        [
          "task": "ranking", "label": "y", "score": "p", "query": "q", "group": "q",
          "candidate": ["predictions": "c.csv"],
          "slices": ["discover": "true"],
          "gates": [["metric": "ndcg", "at_least": "0.5", "confidence": "95%", "slices": "all"]],
        ], "a query is judged with all of its rows"
      ),
      (
        [
          "task": "text", "label": "y", "prediction": "p", "candidate": ["predictions": "c.csv"],
          "slices": ["discover": "true"],
          "gates": [["metric": "bleu", "at_least": "20", "confidence": "95%", "slices": "all"]],
        ], "bleu does not say how bad each row is"
      ),
    ] as [(ConfigTree, String)])
  func metricsThatAreOfNoRowAreMistakes(model: ConfigTree, words: String) {
    let problems = ModelFixture.decode(["delay": model]).problems
    #expect(problems.count == 1 && problems[0].headline.hasPrefix(words), "\(problems.map(\.headline))")
  }

  @Test func aDiscoveredSliceIsNoGroupOfPeople() {
    let model = PredictionFixture.model(
      [["metric": "accuracy", "at_least": "0.8"]],
      [
        (
          "fairness",
          [
            "by": ["discover": "true"], "gates": [["metric": "demographic_parity_difference", "at_most": "0.1"]],
          ]
        )
      ])
    let problems = ModelFixture.decode(["delay": model]).problems
    #expect(problems.contains { $0.headline == "groups are named, not discovered" }, "\(problems.map(\.headline))")
  }
}
