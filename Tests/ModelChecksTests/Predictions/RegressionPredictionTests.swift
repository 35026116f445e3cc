import ModelChecks
import TestSupport
import Testing
import Verdict

/// Models that predict numbers.
@Suite struct RegressionPredictionTests {
  private static func model(_ gates: [ConfigTree]) -> ConfigTree {
    var keys: [(String, ConfigTree)] = [("task", "regression"), ("label", "y"), ("prediction", "v"), ("id", "id")]
    keys += [("candidate", ["predictions": "c.csv"]), ("baseline", ["predictions": "b.csv"])]
    keys.append(("gates", .sequence(gates)))
    return .mapping(keys)
  }

  private static func csv(_ rows: [(y: Double, v: Double)]) -> String {
    "id,y,v\n" + rows.enumerated().map { "\($0),\($1.y),\($1.v)\n" }.joined()
  }

  /// By hand: errors 1, -2 and 4 are a mean absolute error of 7/3 and a mean square of 7; of the baseline 2, 2 and 2.
  @Test func pointsAreThoseByHand() async throws {
    let files = [
      "c.csv": Self.csv([(1, 2), (2, 0), (3, 7)]), "b.csv": Self.csv([(1, 3), (2, 4), (3, 5)]),
    ]
    let found = try await ModelFixture(files).findings(
      Self.model([
        ["metric": "mae", "max_regression": "0.34 absolute"],
        ["metric": "mae", "max_regression": "0.33 absolute", "id": "b"],
        ["metric": "mse", "between": ["6.999999", "7.000001"]],
      ]))
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .failed, .passed], "\(found.map(\.message))")
  }

  /// The paired t interval of |1 + noise| - 1 by row: computed from the same numbers by its formula.
  @Test func theIntervalOfAMeanErrorIsThePairedTInterval() async throws {
    let errors = (0..<100).map { 1 + Double(($0 * 37) % 100) / 100 }
    let files = [
      "c.csv": Self.csv(errors.map { (0, $0) }), "b.csv": Self.csv(errors.map { _ in (0, 1) }),
    ]
    let found = try await ModelFixture(files).findings(
      Self.model([["metric": "mae", "max_regression": "0.6 absolute", "confidence": "95%"]]))[2]
    // The differences are 0, 0.01, …, 0.99 in some order: mean 0.495, s = 0.29011492, kurtosis 1.79975998, t(100 / 1.79975998 - 1) = 2.00440565.
    let half = 2.0044056459015223 * 0.2901149197588202 / 10
    let interval = try #require(found.evidence.interval)
    #expect(abs(interval.lower - (0.495 - half)) < 1e-9 && abs(interval.upper - (0.495 + half)) < 1e-9, "\(interval)")
    #expect(found.outcome == .passed && found.evidence.method == "influence-function, paired by id")
  }

  @Test func aLabelThatDiffersKeepsRowsApart() async throws {
    let files = ["c.csv": Self.csv([(1, 2), (2, 0)]), "b.csv": Self.csv([(1, 2), (2.5, 0)])]
    let found = try await ModelFixture(files).findings(
      Self.model([["metric": "mae", "max_regression": "1 absolute"]]))
    #expect(found.map(\.outcome) == [.passed, .failed, .skipped])
    #expect(found[0].evidence.notes.isEmpty)
  }
}
