import ModelChecks
import TestSupport
import Testing
import Verdict

/// Gates that cannot see what they forbid, told before any row is read.
@Suite struct ModelWarningTests {
  private func warnings(_ gate: ConfigTree, minRows: String = "100") throws -> [String] {
    let model = PredictionFixture.model([gate], [("slices", ["carrier"]), ("min_rows", .scalar(minRows))])
    return try #require(ModelFixture.decode(["delay": model]).subjects?.first).warnings.map(\.headline)
  }

  /// ln 0.025 / ln 0.98 = 182.6 rows that all agree.
  @Test func smallSlicesCannotPassNarrowMargins() throws {
    let gate: ConfigTree = [
      "metric": "accuracy", "max_regression": "0.02 absolute", "confidence": "95%", "slices": "all",
    ]
    let words = "slices of 100 rows cannot be at most 0.02 worse than the baseline, whatever the models"
    #expect(try warnings(gate) == [words])
    #expect(try warnings(gate, minRows: "182").count == 1)
    #expect(try warnings(gate, minRows: "183").isEmpty)
  }

  @Test func aMarginOfNothingIsNoNonInferiority() throws {
    func gate(_ bound: String, _ margin: String) -> ConfigTree {
      .mapping([("metric", "log_loss"), (bound, .scalar(margin)), ("confidence", "95%"), ("slices", "all")])
    }
    #expect(try warnings(gate("max_regression", "0 absolute")).count == 1)
    #expect(try warnings(gate("max_regression", "0% relative")).count == 1)
    #expect(try warnings(gate("max_regression", "1% relative")).isEmpty)
    // Whoever asks for an improvement means it.
    #expect(try warnings(gate("min_improvement", "0.01 absolute")).isEmpty)
  }

  /// ln 0.025 / ln 0.995 = 735.9 rows that all agree, for 0.5 points and more for 0.5 % of less than 1.
  @Test(arguments: [("0.005 absolute", true), ("0.5% relative", true), ("0.05 absolute", false)])
  func fewRowsCannotPassNarrowMargins(margin: String, warns: Bool) async throws {
    let folder = try ModelFixture(["c.csv": PredictionFixture.csv(count: 500) { _ in true }])
    let context = RunContext(workingDirectory: folder.folder.path, environment: [:], now: 0)
    func found(_ metric: String, _ context: RunContext) async throws -> [Diagnostic] {
      let gate: ConfigTree = ["metric": .scalar(metric), "max_regression": .scalar(margin), "confidence": "95%"]
      let subject = try #require(ModelFixture.decode(["delay": PredictionFixture.model([gate])]).subjects?.first)
      return await subject.warnings(in: context)
    }
    let warnings = try await found("accuracy", context)
    #expect(warnings.count == (warns ? 1 : 0), "\(warnings)")
    if warns {
      #expect(warnings[0].headline.hasPrefix("the 500 rows of the predictions cannot be"), "\(warnings)")
      #expect(warnings[0].label == "models that agree on all rows need 736")
    }
    // Nobody knows beforehand how a loss varies, and nothing is said of predictions that are not there.
    #expect(try await found("log_loss", context).isEmpty)
    let nowhere = RunContext(workingDirectory: "/nowhere", environment: [:], now: 0)
    #expect(try await found("accuracy", nowhere).isEmpty)
  }
}
