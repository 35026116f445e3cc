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

  @Test(arguments: ["average_precision", "ks_statistic", "pr_auc", "ece"])
  func theyPassWhatTheUnseenCannotReach(metric: String) async throws {
    let wide = try await finding(metric, margin: "0.1 absolute", count: 2000)
    #expect(wide.outcome == .passed, "\(wide.message)")
    #expect(wide.evidence.method.hasPrefix("rule-of-three"))
    #expect(wide.evidence.interval.map { $0.lower < 0 && $0.upper > 0 } == true)
    let narrow = try await finding(metric, margin: "0.0001 absolute", count: 2000)
    #expect(narrow.outcome == .inconclusive, "\(narrow.message)")
  }

  /// 3.7 of 100 rows, placed as badly as can be, move the KS statistic by 3.7/50 and more.
  @Test func fewRowsReachFarther() async throws {
    let few = try await finding("ks_statistic", margin: "0.03 absolute", count: 100)
    #expect(few.outcome == .inconclusive, "\(few.message)")
  }
}
