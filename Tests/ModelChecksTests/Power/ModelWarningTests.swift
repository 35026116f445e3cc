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
}
