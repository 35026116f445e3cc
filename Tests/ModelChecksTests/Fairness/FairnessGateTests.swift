import Language
import ModelChecks
import TestSupport
import Testing
import Verdict

/// Gates that compare groups, from the config to the finding.
@Suite struct FairnessGateTests {
  /// Rows of groups: how many, and of the positive and of the negative ones how many of ten are called positive.
  private static func csv(_ groups: [(name: String, rows: Int, recall: Int, fpr: Int)]) -> String {
    var (text, id) = ("id,y,p,gender,age\n", 0)
    for (name, count, recall, fpr) in groups {
      for row in 0..<count {
        let (label, step) = (row % 2, row / 2 % 10)
        let isCalled = step < (label == 1 ? recall : fpr)
        text += "\(id),\(label),\(isCalled ? 0.8 : 0.3),\(name),\(20 + row % 50)\n"
        id += 1
      }
    }
    return text
  }

  private static let fair = csv([("f", 1000, 7, 2), ("m", 1000, 7, 2)])
  private static let unfair = csv([("f", 1000, 5, 2), ("m", 1000, 7, 2)])

  private static func findings(
    _ candidate: String, _ gates: [ConfigTree], baseline: String? = nil, by: ConfigTree = "gender",
    fairness more: [(String, ConfigTree)] = [], model: [(String, ConfigTree)] = []
  ) async throws -> [Finding] {
    let fairness = ConfigTree.mapping([("by", by), ("gates", .sequence(gates))] + more)
    let found = try await PredictionFixture.findings(
      candidate, baseline, [["metric": "accuracy", "at_least": "0"]], model + [("fairness", fairness)])
    return Array(found.dropFirst(baseline == nil ? 2 : 3))
  }

  @Test func groupsAreComparedOnTheRowsAlone() async throws {
    let found = try await Self.findings(
      Self.unfair,
      [
        ["metric": "equal_opportunity_difference", "at_most": "0.1"],
        ["metric": "equal_opportunity_ratio", "at_least": "0.7"],
        ["metric": "demographic_parity_difference", "at_most": "0.1"],
      ])
    #expect(found.map(\.outcome) == [.failed, .passed, .passed], "\(found.map(\.message))")
    #expect(found[0].id.description == "models.delay.equal_opportunity_difference.at_most@gender")
    #expect(found[0].message == "equal_opportunity_difference is 0.2, but must be at most 0.1")
    #expect(found[0].evidence.notes.contains("f: recall 0.5 of 500 that count, -0.1 to all rows"))
    #expect(abs((found[1].evidence.observed?.value ?? 0) - 5.0 / 7) < 1e-12)
    // 0.35 of all are called in f, 0.45 in m.
    #expect(abs((found[2].evidence.observed?.value ?? 0) - 0.1) < 1e-12)
  }

  @Test func noOtherGateIsNeeded() async throws {
    let fairness: ConfigTree = [
      "by": "gender", "gates": .sequence([["metric": "equal_opportunity_difference", "at_most": "0.1"]]),
    ]
    let found = try await PredictionFixture.findings(Self.unfair, nil, [], [("fairness", fairness)])
    #expect(found.last?.outcome == .failed, "\(found.map(\.message))")
  }

  @Test func theIntervalDecides() async throws {
    let gates: [ConfigTree] = [
      ["metric": "equalized_odds_difference", "at_most": "0.1", "confidence": "95%"],
      ["metric": "equalized_odds_difference", "at_most": "0.25", "confidence": "95%", "id": "wide"],
    ]
    let found = try await Self.findings(Self.unfair, gates)
    #expect(found.map(\.outcome) == [.failed, .inconclusive], "\(found.map(\.message))")
    #expect(found[0].evidence.method.hasPrefix("simultaneous-contrasts"))
    #expect(found[0].evidence.interval.map { $0.lower > 0.1 && $0.upper < 0.3 } == true)
    #expect(found[0].evidence.notes.contains { $0.hasPrefix("f: recall 0.5 of 500 that count, -0.1 to all rows (-0.") })
    let good = try await Self.findings(Self.fair, gates)
    #expect(good.map(\.outcome) == [.passed, .passed], "\(good.map(\.message))")
  }

  /// More unfair than the champion fails, as unfair passes.
  @Test func aRegressionIsOfTheWorstContrast() async throws {
    let gates: [ConfigTree] = [
      ["metric": "equal_opportunity_difference", "max_regression": "0.04 absolute", "confidence": "95%"]
    ]
    let worse = try await Self.findings(Self.unfair, gates, baseline: Self.fair)
    #expect(worse.map(\.outcome) == [.failed], "\(worse.map(\.message))")
    #expect(worse[0].message.contains("rose from 0 to 0.2"))
    let same = try await Self.findings(Self.unfair, gates, baseline: Self.unfair)
    #expect(same.map(\.outcome) == [.passed], "\(same.map(\.message))")
    let better = try await Self.findings(Self.fair, gates, baseline: Self.unfair)
    #expect(better.map(\.outcome) == [.passed], "\(better.map(\.message))")
  }

  /// A share of the baseline's contrast, which varies as well: 0.4 is more than one and a half times 0.2, 0.2 is not; and
  /// of nothing there is no share.
  @Test func aRelativeMarginIsOfTheWorstContrast() async throws {
    func finding(_ candidate: String, _ baseline: String, _ margin: String) async throws -> Finding {
      let gate: ConfigTree = [
        "metric": "equal_opportunity_difference", "max_regression": .scalar(margin), "confidence": "95%",
      ]
      return try #require(try await Self.findings(candidate, [gate], baseline: baseline).first)
    }
    let worse = try await finding(Self.csv([("f", 1000, 3, 2), ("m", 1000, 7, 2)]), Self.unfair, "40% relative")
    #expect(worse.outcome == .failed, "\(worse.message)")
    let same = try await finding(Self.unfair, Self.unfair, "50% relative")
    #expect(same.outcome == .passed, "\(same.message)")
    let narrow = try await finding(Self.unfair, Self.unfair, "5% relative")
    #expect(narrow.outcome == .inconclusive, "\(narrow.message)")
    let nothing = try await finding(Self.unfair, Self.fair, "50% relative")
    #expect(nothing.outcome == .errored, "\(nothing.message)")
  }

  /// Two runs, one fair and one with recalls of 0.5 and 0.7: on average 0.1 apart.
  @Test func allTrainingRunsCount() async throws {
    let found = try await ModelFixture(["c0.csv": Self.fair, "c1.csv": Self.unfair]).findings([
      "task": "binary", "label": "y", "score": "p", "id": "id", "candidate": ["predictions": ["c0.csv", "c1.csv"]],
      "gates": [["metric": "accuracy", "at_least": "0"]],
      "fairness": ["by": "gender", "gates": [["metric": "equal_opportunity_difference", "at_most": "0.05"]]],
    ])
    #expect(found.last?.outcome == .failed, "\(found.map(\.message))")
    #expect(abs((found.last?.evidence.observed?.value ?? 0) - 0.1) < 1e-12)
  }

  /// The last accepted run was fair; another one by other groups is no baseline of these.
  @Test func aGateMayCompareWithTheHistory() async throws {
    let model: ConfigTree = [
      "task": "binary", "label": "y", "score": "p", "id": "id", "candidate": ["predictions": "c.csv"],
      "baseline": ["metrics": "history"], "gates": [["metric": "accuracy", "at_least": "0"]],
      "fairness": [
        "by": "gender",
        "gates": [["metric": "equal_opportunity_difference", "max_regression": "0.05 absolute"]],
      ],
    ]
    func finding(_ history: MetricHistory) async throws -> Finding {
      let found = try await ModelFixture(["c.csv": Self.unfair]).findings(model, history: .known(history), now: 9)
      return try #require(found.last)
    }
    let first = try await finding(MetricHistory())
    #expect(first.outcome == .skipped && first.reason == .requested, "\(first.message)")
    let kept = try #require(first.metrics.first)
    #expect(abs(kept.value - 0.2) < 1e-12 && kept.name == "equal_opportunity_difference by gender")
    func left(_ value: Double, _ name: String) -> MetricHistory {
      var history = MetricHistory()
      history[MetricHistory.Key(check: first.id.description, metric: name)] = [
        .init(time: 1, value: value, basis: kept.basis)
      ]
      return history
    }
    let worse = try await finding(left(0.1, kept.name))
    #expect(worse.outcome == .failed && worse.evidence.baseline?.value == 0.1, "\(worse.message)")
    let held = try await finding(left(0.18, kept.name))
    #expect(held.outcome == .passed, "\(held.message)")
    let other = try await finding(left(0.1, "equal_opportunity_difference by age"))
    #expect(other.outcome == .skipped, "\(other.message)")
  }

  /// A group of few rows goes to the others, and is listed.
  @Test func smallGroupsArePooled() async throws {
    let text = Self.csv([("f", 400, 7, 2), ("m", 400, 7, 2), ("x", 20, 0, 0), ("y", 12, 0, 0)])
    func found(_ minRows: String, _ limit: String) async throws -> Finding {
      let gate: ConfigTree = ["metric": "demographic_parity_difference", "at_most": .scalar(limit)]
      return try #require(try await Self.findings(text, [gate], fairness: [("min_rows", .scalar(minRows))]).first)
    }
    let pooled = try await found("30", "0.3")
    #expect(pooled.outcome == .failed)
    #expect(pooled.evidence.notes.contains("pooled as other: gender = x (20), gender = y (12)"))
    #expect(pooled.evidence.notes.contains { $0.hasPrefix("other: selection_rate 0 of 32 that count") })
    // Too few together as well: they decide nothing, and f and m are treated alike.
    let left = try await found("50", "0.01")
    #expect(left.outcome == .passed, "\(left.message)")
    let words = "not judged, as all of them have too few rows together: gender = x (20), gender = y (12)"
    #expect(left.evidence.notes.contains(words), "\(left.evidence.notes)")
  }

  /// fairlearn calls the recall of a group without positives 0, and the model maximally unfair.
  @Test func aGroupWithoutSupportIsUndefined() async throws {
    let text = Self.csv([("f", 400, 7, 2)]) + (0..<200).map { "x\($0),0,0.3,m,30\n" }.joined()
    let found = try await Self.findings(
      text,
      [
        ["metric": "equal_opportunity_difference", "at_most": "0.1"],
        ["metric": "demographic_parity_difference", "at_most": "1", "confidence": "95%"],
      ])
    #expect(found.map(\.outcome) == [.errored, .passed], "\(found.map(\.message))")
    #expect(found[0].reason == .undefined && found[0].message.contains("positive rows of group m"))
  }

  @Test(arguments: [csv([("f", 300, 7, 2)]), csv([("", 300, 7, 2)])])
  func oneGroupIsNoComparison(text: String) async throws {
    let found = try await Self.findings(
      text, [["metric": "demographic_parity_difference", "at_most": "0.1", "confidence": "95%"]])
    #expect(found.map(\.outcome) == [.errored] && found[0].reason == .nothingToEvaluate, "\(found.map(\.message))")
    #expect(found[0].message.contains("one group"))
  }

  /// Who is called positive is refused: of the favoured 0.3 and 0.5, not 0.7 and 0.5, are compared.
  @Test func theFavourableLabelMayBeTheNegativeOne() async throws {
    let text = Self.csv([("f", 1000, 7, 7), ("m", 1000, 5, 5)])
    let gates: [ConfigTree] = [["metric": "demographic_parity_ratio", "at_least": "0.1"]]
    let positive = try await Self.findings(text, gates)
    #expect(abs((positive[0].evidence.observed?.value ?? 0) - 5.0 / 7) < 1e-12)
    let negative = try await Self.findings(text, gates, fairness: [("favourable", "0")])
    #expect(abs((negative[0].evidence.observed?.value ?? 0) - 0.6) < 1e-12)
    let absent = try await Self.findings(text, gates, fairness: [("favourable", "maybe")])
    #expect(absent[0].outcome == .failed && absent[0].message.contains("favourable label \"maybe\""))
  }

  @Test func crossesAndBinsMakeGroups() async throws {
    let found = try await Self.findings(
      Self.unfair, [["metric": "equal_opportunity_difference", "at_most": "0.5"]],
      by: ["gender", ["column": "age", "bins": ["20", "45", "70"]]])
    #expect(found[0].id.check == "at_most@gender+age")
    #expect(found[0].evidence.notes.contains { $0.hasPrefix("gender = f, age from 20 to 45: recall ") })
  }

  @Test func hiddenGroupsAreNotShown() async throws {
    let found = try await Self.findings(
      Self.csv([("secretone", 200, 7, 2), ("secrettwo", 200, 2, 2)]),
      [["metric": "equal_opportunity_difference", "at_most": "0.1"]],
      model: [("sensitive", ["gender"])])
    #expect(found[0].outcome == .failed)
    #expect(!(found[0].evidence.notes + [found[0].message]).contains { $0.contains("secret") })
  }

  /// Twelve gates of which each would fail by chance once in forty are one family with the other gates.
  @Test func theGatesAreOneFamily() async throws {
    let gates: [ConfigTree] = [
      ["metric": "equal_opportunity_difference", "at_most": "0.1", "confidence": "95%"],
      ["metric": "demographic_parity_difference", "at_most": "0.5", "confidence": "95%"],
    ]
    let found = try await Self.findings(Self.unfair, gates)
    #expect(found[0].evidence.method.contains("Holm over 2 gates"), "\(found[0].evidence.method)")
  }

  @Test func everyGateCanFail() async throws {
    let model = PredictionFixture.model(
      [["metric": "accuracy", "at_least": "0"]],
      [
        (
          "fairness",
          [
            "by": "gender",
            "gates": [
              ["metric": "equalized_odds_difference", "at_most": "0.2", "confidence": "95%"],
              ["metric": "demographic_parity_ratio", "at_least": "0.5"],
            ],
          ]
        )
      ], baseline: nil)
    let found = try await ModelFixture(["c.csv": Self.fair]).findings(model) { ModelSelfTest(of: $0, .everything) }
    #expect(found.suffix(2).map(\.outcome) == [.passed, .passed], "\(found.map(\.message))")
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var headline: String
    var fairness: ConfigTree
    var task = "binary"
    var testDescription: String { headline }
  }

  private static let gate: ConfigTree = ["metric": "demographic_parity_difference", "at_most": "0.1"]

  @Test(arguments: [
    Mistake(headline: "the key \"by\" is missing here", fairness: ["gates": [gate]]),
    Mistake(headline: "no gate compares these groups", fairness: ["by": "g", "gates": []]),
    Mistake(
      headline: "there is no metric \"demographic_parity\"",
      fairness: ["by": "g", "gates": [["metric": "demographic_parity", "at_most": "0.1"]]]),
    Mistake(
      headline: "has no interval",
      fairness: [
        "by": "g",
        "gates": [
          ["metric": ["name": "equalized_odds_difference", "agg": "mean"], "at_most": "0.1", "confidence": "95%"]
        ],
      ]),
    Mistake(
      headline: "groups are no slices",
      fairness: [
        "by": "g", "gates": [["metric": "demographic_parity_difference", "at_most": "0.1", "slices": "all"]],
      ]),
    Mistake(
      headline: "groups are told by columns, not by a condition",
      fairness: ["by": ["name": "old", "where": "age > 60"], "gates": [gate]]),
    Mistake(
      headline: "not compared by a metric that the gate makes",
      fairness: ["by": "g", "gates": [["metric": ["name": "cost", "loss": "l"], "at_most": "0.1"]]]),
    Mistake(headline: "says neither yes nor no", fairness: ["by": "g", "gates": [gate]], task: "regression"),
    Mistake(headline: "which class is good", fairness: ["by": "g", "gates": [gate]], task: "multiclass"),
    Mistake(
      headline: "needs to know which side",
      fairness: [
        "by": "g",
        "gates": [
          [
            "metric": ["name": "disparate_impact", "privileged": ["a"], "unprivileged": ["b"]],
            "max_regression": "0.1 absolute",
          ]
        ],
      ]),
    Mistake(headline: "stands twice", fairness: ["by": "g", "gates": [gate, gate]]),
  ])
  func mistakesAreTold(mistake: Mistake) {
    var keys: [(String, ConfigTree)] = [
      ("task", .scalar(mistake.task)), ("label", "y"), ("id", "id"), ("prediction", "p"),
      ("candidate", ["predictions": "c.csv"]), ("baseline", ["predictions": "b.csv"]),
      ("gates", [["metric": mistake.task == "regression" ? "rmse" : "accuracy", "at_most": "1"]]),
    ]
    keys.append(("fairness", mistake.fairness))
    let problems = ModelFixture.decode(["delay": .mapping(keys)]).problems
    #expect(problems.contains { $0.headline.contains(mistake.headline) }, "\(problems.map(\.headline))")
  }
}
