import ModelChecks
import TestSupport
import Testing
import Verdict

/// Models that agree on every row, by metrics that are resampled.
@Suite struct AgreementTests {
  private func finding(_ metric: String, margin: String, count: Int) async throws -> Finding {
    let rows = PredictionFixture.csv(count: count) { $0 % 10 != 0 }
    let gate: ConfigTree = ["metric": .scalar(metric), "max_regression": .scalar(margin), "confidence": "95%"]
    return try await PredictionFixture.findings(rows, rows, [gate])[2]
  }

  @Test(arguments: ["average_precision", "ks_statistic", "pr_auc"])
  func theyPassWhatTheUnseenCannotReach(metric: String) async throws {
    let wide = try await finding(metric, margin: "0.1 absolute", count: 2000)
    #expect(wide.outcome == .passed, "\(wide.message)")
    #expect(wide.evidence.method.hasPrefix("rule-of-three"))
    #expect(wide.evidence.interval.map { $0.lower < 0 && $0.upper > 0 } == true)
    let narrow = try await finding(metric, margin: "0.0001 absolute", count: 2000)
    #expect(narrow.outcome == .inconclusive, "\(narrow.message)")
  }

  /// Of 100 rows 1 - 0.025^(1/100) = 3.62 % may be unseen, and the share falls with their number, not with its root.
  @Test func theRowsThatWouldDecideFollowTheRuleOfThree() async throws {
    let found = try await finding("accuracy", margin: "0.01 absolute", count: 100)
    #expect(found.outcome == .inconclusive && found.message.contains("about 363 rows would decide"), "\(found.message)")
  }

  /// The same of 100 groups of four rows each, all of which are right in both files.
  @Test(arguments: [
    ("max_regression", "0.05 absolute", Outcome.passed), ("max_regression", "0.03 absolute", .inconclusive),
    ("at_least", "0.95", .passed), ("at_least", "0.97", .inconclusive),
  ])
  func groupsThatAreAllRightAreSoMany(bound: String, limit: String, outcome: Outcome) async throws {
    let rows = "id,y,p,user\n" + (0..<400).map { "\($0),\($0 % 2),0.\($0 % 2 * 8 + 1),u\($0 / 4)\n" }.joined()
    let gate: ConfigTree = .mapping([
      ("metric", "accuracy"), (bound, .scalar(limit)), ("confidence", "95%"),
    ])
    let found = try await PredictionFixture.findings(rows, rows, [gate], [("group", "user")])[2]
    #expect(found.outcome == outcome, "\(found.message)")
    #expect(found.evidence.method.hasPrefix("rule-of-three"), "\(found.evidence.method)")
  }

  /// 3.7 of 100 rows, placed as badly as can be, move the KS statistic by 3.7/50 and more.
  @Test func fewRowsReachFarther() async throws {
    let few = try await finding("ks_statistic", margin: "0.03 absolute", count: 100)
    #expect(few.outcome == .inconclusive, "\(few.message)")
  }
}
