import ModelChecks
import Statistics
import TestSupport
import Testing
import Verdict

/// Rows that all say the same: the stronger a regression is, the less its rows differ, and it must not go unseen.
@Suite struct UnvariedEffectTests {
  private static let losses = (0..<500).map { row in 0.25 + Double(row * 37 % 500) / 100 }

  private static func finding(_ factor: Double, gate: (String, ConfigTree)) async throws -> Finding {
    let rows = losses.map { "\($0 * factor),\($0)\n" }.joined()
    let metric: ConfigTree = [
      "name": "cost", "loss": ["candidate": "mine", "baseline": "theirs"],
    ]
    return try await TaskFixture.findings(
      "losses", [("join", "by_row_order")],
      [.mapping([("metric", metric), ("direction", "lower"), gate, ("confidence", "95%")])],
      candidate: "mine,theirs\n" + rows, baseline: "mine,theirs\n" + rows)[2]
  }

  /// 1 - 0.025^(1/500) = 0.735 % of the rows may be others, each as far off as all losses lie apart.
  @Test(arguments: [1.5, 2, 10])
  func everyLossTimesTheSameFails(factor: Double) async throws {
    let found = try await Self.finding(factor, gate: ("max_regression", "10% relative"))
    #expect(found.outcome == .failed, "\(found.message)")
    #expect(found.evidence.method.hasPrefix("rule-of-three"))
    let mean = Self.losses.reduce(0, +) / 500
    let reach = factor * (Self.losses.max() ?? 0) - (Self.losses.min() ?? 0)
    let half = try RuleOfThree.largestShare(unseenIn: 500, confidence: 0.975) * reach / mean
    let interval = try #require(found.evidence.interval)
    #expect(abs(interval.lower - (factor - 1 - half)) < 1e-9 && abs(interval.upper - (factor - 1 + half)) < 1e-9)
  }

  @Test func atTheMarginNothingIsDecided() async throws {
    let found = try await Self.finding(1.1, gate: ("max_regression", "10% relative"))
    #expect(found.outcome == .inconclusive, "\(found.message)")
  }

  /// A model that knows the labels has no loss at all.
  @Test(arguments: ["mse", "rmse", "mae"], ["10% relative", "0.1 absolute"])
  func aLeakIsSuspicious(metric: String, margin: String) async throws {
    let labels = (0..<300).map { Double($0 * 7 % 23) }
    let candidate = "y,p\n" + labels.map { "\($0),\($0)\n" }.joined()
    let baseline =
      "y,p\n" + labels.enumerated().map { "\($1),\($1 + Double($0 * 11 % 17 - 8) / 4)\n" }.joined()
    let found = try await TaskFixture.findings(
      "regression", [("label", "y"), ("prediction", "p"), ("join", "by_row_order")],
      [["metric": .scalar(metric), "suspicious_improvement": .scalar(margin), "confidence": "95%"]],
      candidate: candidate, baseline: baseline)[2]
    #expect(found.outcome == .failed, "\(found.message)")
  }

  /// Predictions that are all off by the same.
  @Test func aShiftOfAllRowsFails() async throws {
    func csv(_ shift: Double) -> String {
      "y,p\n" + (0..<200).map { "\($0 % 9),\(Double($0 % 9) + Double($0 % 4) / 2 + shift)\n" }.joined()
    }
    let found = try await TaskFixture.findings(
      "regression", [("label", "y"), ("prediction", "p"), ("join", "by_row_order")],
      [["metric": "mae", "max_regression": "2 absolute", "confidence": "95%"]],
      candidate: csv(25), baseline: csv(0))[2]
    #expect(found.outcome == .failed, "\(found.message)")
  }

  /// The baseline is right in every row of a slice, and the candidate in none.
  @Test(arguments: ["f1", "mcc", "balanced_accuracy", "precision", "log_loss", "brier_score", "ks_statistic"])
  func aSliceThatIsAllWrongFails(metric: String) async throws {
    func csv(isRight: (Int) -> Bool) -> String {
      "id,y,p,part\n"
        + (0..<600).map { row in
          let score = (row % 2 == 1) == isRight(row) ? "0.9" : "0.1"
          return "r\(row),\(row % 2),\(score),\(row < 200 ? "a" : "b")\n"
        }.joined()
    }
    let found = try await PredictionFixture.findings(
      csv { $0 >= 200 && $0 % 10 != 0 }, csv { $0 < 200 || $0 % 10 != 0 },
      [["metric": .scalar(metric), "max_regression": "0.2 absolute", "confidence": "95%", "slices": "all"]],
      [("slices", ["part"])])
    let slices = try #require(found.first { $0.id.check.hasSuffix("@part") })
    #expect(slices.outcome == .failed, "\(slices.message)")
  }

  /// Of 200 rows that are all right as few as 98 % may be: what no row showed does not pass by itself.
  @Test(arguments: [("0.9", Outcome.passed), ("0.999", .inconclusive)])
  func aLevelWithoutErrorsHasAnInterval(limit: String, outcome: Outcome) async throws {
    let rows = PredictionFixture.csv(count: 200) { _ in true }
    let found = try await PredictionFixture.findings(
      rows, nil, [["metric": "f1", "at_least": .scalar(limit), "confidence": "95%"]])
    #expect(found.last?.outcome == outcome, "\(found.last?.message ?? "")")
  }

  /// 500 rows of each class that one score tells apart, and 500 of which none is told from another.
  @Test(arguments: [
    ("0.9", "roc_auc", Outcome.passed), ("0.99", "roc_auc", .passed), ("0.999", "roc_auc", .inconclusive),
  ])
  func allPairsInOrderPass(limit: String, metric: String, outcome: Outcome) async throws {
    let rows = PredictionFixture.csv(count: 1000) { _ in true }
    let found = try await PredictionFixture.findings(
      rows, nil, [["metric": .scalar(metric), "at_least": .scalar(limit), "confidence": "95%"]])
    #expect(found.last?.outcome == outcome, "\(found.last?.message ?? "")")
    #expect(found.last?.evidence.method.hasPrefix("rule-of-three") == true)
  }

  /// A slice in which one score stands for all rows.
  @Test func constantScoresInASliceFail() async throws {
    let rows =
      "id,y,p,part\n"
      + (0..<1000).map {
        "r\($0),\($0 % 2),\($0 < 400 ? "0.5" : $0 % 2 == 1 ? "0.9" : "0.1"),\($0 < 400 ? "a" : "b")\n"
      }
      .joined()
    let found = try await PredictionFixture.findings(
      rows, nil, [["metric": "roc_auc", "at_least": "0.7", "confidence": "95%", "slices": "all"]],
      [("slices", ["part"])])
    let slices = try #require(found.first { $0.id.check.hasSuffix("@part") })
    #expect(slices.outcome == .failed, "\(slices.message)")
  }

  /// A share of what may be 0 says nothing, and the absolute margin beside it decides.
  @Test func theAbsoluteMarginDecidesWhereTheSignIsUnsure() async throws {
    func csv(_ shift: Double) -> String {
      "y,p\n" + (0..<400).map { "\($0 % 9),\(Double($0 % 9) + Double($0 * 37 % 41 - 20) / 20 + shift)\n" }.joined()
    }
    let found = try await TaskFixture.findings(
      "regression", [("label", "y"), ("prediction", "p"), ("join", "by_row_order")],
      [["metric": "r2", "max_regression": ["10% relative", "0.05 absolute"], "confidence": "95%"]],
      candidate: csv(0.2), baseline: csv(0))[2]
    #expect(found.outcome != .errored, "\(found.message)")
  }

  /// Every row is off by 10, and at most 1 - 0.025^(1/400) = 0.92 % of others by nothing or by 20.
  @Test(arguments: [("2", Outcome.failed), ("10.05", .inconclusive), ("11", .passed)])
  func aLossThatIsTheSameInEveryRowIsJudged(limit: String, outcome: Outcome) async throws {
    let rows = "y,p\n" + (0..<400).map { "\($0 % 9),\($0 % 9 + ($0 % 2 == 0 ? 10 : -10))\n" }.joined()
    let found = try await TaskFixture.findings(
      "regression", [("label", "y"), ("prediction", "p"), ("join", "by_row_order")],
      [["metric": "mae", "at_most": .scalar(limit), "confidence": "95%"]], candidate: rows, baseline: rows)[2]
    #expect(found.outcome == outcome, "\(found.message)")
  }
}
