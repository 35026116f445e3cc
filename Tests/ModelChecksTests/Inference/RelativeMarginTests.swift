import Foundation
import Metrics
import Statistics
import TestSupport
import Testing
import Verdict

@testable import ModelChecks

/// A margin that is a share of the baseline: the baseline varies with the rows as the candidate does.
@Suite struct RelativeMarginTests {
  /// Errors that are symmetric about their means and near, so that only the t interval counts: of c - r b, row by row, for
  /// the ratio r of the means, whatever the margin is.
  @Test(arguments: ["5%", "20%", "40%"])
  func theIntervalIsThatOfTheRatio(margin: String) async throws {
    var (mine, theirs): ([Double], [Double]) = ([], [])
    for row in 0..<200 {
      // Multiples of 1/64, so that no rounding is in the way.
      let (a, b) = (Double(row % 20) - 9.5, Double(row / 20 % 10) - 4.5)
      mine.append(22 + a / 4 + b / 2)
      theirs.append(20 + b / 2)
    }
    func csv(_ errors: [Double]) -> String {
      "id,y,p\n" + errors.enumerated().map { "\($0),100,\(100 + $1)\n" }.joined()
    }
    let model: ConfigTree = .mapping([
      ("task", "regression"), ("label", "y"), ("prediction", "p"), ("id", "id"),
      ("candidate", ["predictions": "c.csv"]), ("baseline", ["predictions": "b.csv"]),
      ("gates", [["metric": "mae", "max_regression": .scalar("\(margin) relative"), "confidence": "95%"]]),
    ])
    let finding = try await ModelFixture(["c.csv": csv(mine), "b.csv": csv(theirs)]).findings(model)[2]
    // The means are 22 and 20.
    let differences = zip(mine, theirs).map { $0 - 1.1 * $1 }
    let squares = differences.reduce(0) { $0 + $1 * $1 }
    let fourths = differences.reduce(0) { $0 + $1 * $1 * $1 * $1 }
    let degrees = squares * squares / fourths - 1
    let half = StudentT(degrees: degrees).critical(confidence: 0.95) * (squares / 199 / 200).squareRoot()
    let interval = try #require(finding.evidence.interval)
    #expect(abs(interval.lower - (0.1 - half / 20)) < 1e-9, "\(interval)")
    #expect(abs(interval.upper - (0.1 + half / 20)) < 1e-9, "\(interval)")
    #expect(finding.outcome == (margin == "5%" ? .failed : .passed), "\(finding.message)")
  }

  /// Of 307 rows 34 are wrong by the baseline and 47 by the candidate, 5 of them by both: twice as many may be as well, which
  /// an interval around the observed ratio rules out. Rows by themselves, and each a group of its own.
  @Test(arguments: [("", "paired-ratio", 1.05...1.15), (",g", "influence-function", 1.15...2.0)])
  func aSmallShareOfTheBaselineIsHardlyKnown(_ group: String, _ method: String, _ upper: ClosedRange<Double>)
    async throws
  {
    func csv(_ isWrong: (Int) -> Bool) -> String {
      "id,y,p\(group)\n"
        + (0..<317).map {
          "\($0),\($0 < 307 ? 0 : 1),\($0 < 307 && !isWrong($0) ? 0 : 1)\(group.isEmpty ? "" : ",\($0)")\n"
        }
        .joined()
    }
    var entries: [(String, ConfigTree)] = [
      ("task", "binary"), ("label", "y"), ("prediction", "p"), ("id", "id"), ("candidate", ["predictions": "c.csv"]),
      ("baseline", ["predictions": "b.csv"]),
      ("gates", [["metric": "false_positive_rate", "max_regression": "100% relative", "confidence": "95%"]]),
    ]
    if !group.isEmpty { entries.append(("group", "g")) }
    let files = ["c.csv": csv { $0 < 47 }, "b.csv": csv { $0 < 5 || (47..<76).contains($0) }]
    let finding = try await ModelFixture(files).findings(.mapping(entries))[2]
    let interval = try #require(finding.evidence.interval)
    #expect(finding.outcome == .inconclusive && upper.contains(interval.upper), "\(finding.message)")
    #expect(finding.evidence.method.contains(method), "\(finding.evidence.method)")
  }

  /// Of a wrong twentieth of the rows, a margin of 2 % is a thousandth of them: so few are told by no hundred rows.
  @Test(arguments: ["accuracy", "roc_auc", "f1", "log_loss", "average_precision"])
  func agreeingModelsPassAWideMarginAndNoNarrowOne(metric: String) async throws {
    func outcome(_ margin: String) async throws -> Finding {
      let rows = PredictionFixture.csv(count: 2000) { $0 % 10 != 0 }
      let gate: ConfigTree = ["metric": .scalar(metric), "max_regression": .scalar(margin), "confidence": "95%"]
      return try await PredictionFixture.findings(rows, rows, [gate])[2]
    }
    let wide = try await outcome("60% relative")
    #expect(wide.outcome == .passed, "\(wide.message)")
    let narrow = try await outcome("0.01% relative")
    #expect(narrow.outcome == .inconclusive, "\(narrow.message)")
  }

  /// The baseline is 2/3 by three rows: a margin fixed at what is observed would know it exactly.
  @Test func theBaselinesOwnErrorWidensTheInterval() throws {
    let labels = (0..<400).map { _ in true }
    let calls = (0..<400).map { $0 % 4 != 0 }
    let rows = try BinaryRows(labels: labels, predictions: calls)
    let metric = try MetricRegistry.definition("accuracy", of: BinaryRows.self).metric()
    let estimator = EffectEstimator(metric: metric, candidate: rows, baseline: rows, clusters: nil)
    let fixed = try estimator.difference(0).interval(confidence: 0.95)
    let half = try estimator.difference(0.75 - 0.5 * 0.75, factor: 0.5).interval(confidence: 0.95)
    // Wilson's interval of 300 of 400, halved, beside the exact bound of no discordance.
    let level = try Wilson.interval(BinomialCount(300, of: 400), confidence: 0.95).interval
    let below = (fixed.lower * fixed.lower + pow(0.5 * (0.75 - level.lower), 2)).squareRoot()
    #expect(abs(half.lower - (0.375 - below)) < 1e-12)
  }

  /// Margins of all of the baseline and more leave nothing of it, or less: no crash, and no verdict out of nothing.
  @Test(arguments: ["accuracy", "roc_auc", "f1", "mcc", "d2_log_loss", "average_precision", "log_loss"])
  func marginsOfEverythingAreMargins(metric: String) async throws {
    let candidate = PredictionFixture.csv(count: 400) { $0 % 9 != 0 }
    let baseline = PredictionFixture.csv(count: 400) { $0 % 10 != 0 }
    for margin in ["100% relative", "250% relative"] {
      for bound in ["max_regression", "min_improvement", "suspicious_improvement"] {
        let gate = ConfigTree.mapping([
          ("metric", .scalar(metric)), (bound, .scalar(margin)), ("confidence", "95%"),
        ])
        let found = try await PredictionFixture.findings(candidate, baseline, [gate])[2]
        #expect(found.outcome != .errored, "\(bound) \(margin): \(found.message)")
        if bound == "min_improvement", metric != "log_loss" { #expect(found.outcome != .passed, "\(found.message)") }
      }
    }
  }
}
