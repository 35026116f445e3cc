import ModelChecks
import Testing
import Verdict

/// The design's table from condition to outcome, row by row.
@Suite struct OutcomeTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var candidate: String?
    var baseline: String?
    var bound: String
    var limit: [String]
    var direction = "higher"
    var whenMissing = "error"
    var outcome: Outcome
    var reason: Reason?

    var testDescription: String {
      "\(bound) \(limit) \(direction) \(whenMissing): \(candidate ?? "-") against \(baseline ?? "-")"
    }

    init(
      _ candidate: String?, _ baseline: String?, _ bound: String, _ limit: String..., direction: String = "higher",
      whenMissing: String = "error", is outcome: Outcome, _ reason: Reason? = nil
    ) {
      self.candidate = candidate
      self.baseline = baseline
      self.bound = bound
      self.limit = limit
      self.direction = direction
      self.whenMissing = whenMissing
      self.outcome = outcome
      self.reason = reason
    }

    func finding() async throws -> Finding {
      let limit: ConfigTree =
        limit.count == 1 ? .scalar(limit[0]) : .sequence(limit.map { .scalar($0) })
      return try await ModelFixture.finding(
        candidate: candidate, baseline: baseline, (bound, limit), direction: direction, whenMissing: whenMissing)
    }
  }

  private func check(_ row: Row) async throws {
    let finding = try await row.finding()
    #expect(finding.outcome == row.outcome, "\(finding.message)")
    #expect(finding.reason == row.reason, "\(finding.message)")
    #expect(!finding.message.isEmpty)
    #expect(finding.evidence.limit != nil)
    #expect(finding.evidence.method == "point")
    #expect(finding.location != nil)
  }

  /// What a metric cannot be, no side can have: a baseline in percent makes every candidate better.
  @Test(arguments: [
    ("roc_auc", "0.6", "-0.8"), ("zero_one_loss", "0.3", "8"), ("zero_one_loss", "8", "0.3"),
    ("brier_score", "0.5", "-0.3"),
  ])
  func neitherSideIsOutsideOfItsRange(_ metric: String, _ candidate: String, _ baseline: String) async throws {
    let fixture = try ModelFixture([
      "c.json": "{\"\(metric)\": \(candidate)}", "b.json": "{\"\(metric)\": \(baseline)}",
    ])
    let findings = try await fixture.findings([
      "candidate": ["metrics": "c.json"], "baseline": ["metrics": "b.json"],
      "gates": [["metric": .scalar(metric), "max_regression": "0.01 absolute"]],
    ])
    let finding = try #require(findings.first)
    #expect(finding.outcome == .errored && finding.reason == .undefined, "\(finding.message)")
    #expect(finding.message.contains("by its definition"), "\(finding.message)")
  }

  static let m90 = #"{"m": 0.90}"#
  static let m92 = #"{"m": 0.92}"#

  @Test(arguments: [
    Row(m92, nil, "at_least", "0.92", is: .passed),
    Row(m92, nil, "at_least", "0.921", is: .failed),
    Row(m92, nil, "at_most", "0.92", is: .passed),
    Row(m92, nil, "at_most", "0.919", is: .failed),
    Row(m92, nil, "between", "0.92", "1", is: .passed),
    Row(m92, nil, "between", "0.5", "0.91", is: .failed),
    Row(m92, nil, "equals", "0.92", is: .passed),
    Row(m92, nil, "equals", "0.9200001", is: .failed),
    Row(#"{"m": 0.30000000000000004}"#, nil, "at_most", "0.3", is: .passed),
    Row(#"{"m": 0.3000000000001}"#, nil, "at_most", "0.3", is: .failed),
    Row(#"{"m": -0.5}"#, nil, "at_least", "-0.5", is: .passed),
    Row(#"{"m": -0.5}"#, nil, "at_least", "-0.4", is: .failed),
  ])
  func valuesAgainstBounds(row: Row) async throws { try await check(row) }

  @Test(arguments: [
    Row(#"{"m": 0.915}"#, m92, "max_regression", "0.005 absolute", is: .passed),
    Row(#"{"m": 0.9149}"#, m92, "max_regression", "0.005 absolute", is: .failed),
    Row(#"{"m": 0.925}"#, m92, "max_regression", "0.005 absolute", direction: "lower", is: .passed),
    Row(#"{"m": 0.9251}"#, m92, "max_regression", "0.005 absolute", direction: "lower", is: .failed),
    Row(m92, m92, "max_regression", "0 absolute", is: .passed),
    Row(#"{"m": 0.99}"#, m92, "max_regression", "0 absolute", is: .passed),
    Row(#"{"m": 0.9108}"#, m92, "max_regression", "1% relative", is: .passed),
    Row(#"{"m": 0.9107}"#, m92, "max_regression", "1% relative", is: .failed),
    Row(#"{"m": 0.93}"#, m92, "min_improvement", "0.01 absolute", is: .passed),
    Row(#"{"m": 0.9299}"#, m92, "min_improvement", "0.01 absolute", is: .failed),
    Row(m90, m92, "min_improvement", "0.01 absolute", is: .failed),
    Row(m90, m92, "min_improvement", "0.01 absolute", direction: "lower", is: .passed),
    Row(#"{"m": 0.84}"#, #"{"m": 0.80}"#, "min_improvement", "5% relative", is: .passed),
  ])
  func changes(row: Row) async throws { try await check(row) }

  /// The traps: dividing by a signed baseline turns these four around.
  @Test(arguments: [
    Row(#"{"m": -15}"#, #"{"m": -10}"#, "max_regression", "5% relative", is: .failed),
    Row(#"{"m": -5}"#, #"{"m": -10}"#, "max_regression", "5% relative", is: .passed),
    Row(#"{"m": -8}"#, #"{"m": -10}"#, "max_regression", "5% relative", direction: "lower", is: .failed),
    Row(#"{"m": -12}"#, #"{"m": -10}"#, "min_improvement", "5% relative", direction: "lower", is: .passed),
  ])
  func negativeBaselines(row: Row) async throws { try await check(row) }

  @Test(arguments: [
    Row(m90, #"{"m": 0}"#, "max_regression", "1% relative", is: .errored, .undefined),
    Row(m90, #"{"m": -0.0}"#, "min_improvement", "1% relative", is: .errored, .undefined),
    Row(m90, #"{"m": 0}"#, "max_regression", "1% relative", "0.1 absolute", is: .passed),
    Row(#"{"m": -0.2}"#, #"{"m": 0}"#, "max_regression", "0.1 absolute", "1% relative", is: .failed),
    // Away from zero the relative part decides alone.
    Row(#"{"m": 0.9}"#, #"{"m": 1}"#, "max_regression", "0.2 absolute", "1% relative", is: .failed),
    Row(#"{"m": 0.9}"#, #"{"m": 1}"#, "max_regression", "0.01 absolute", "20% relative", is: .passed),
    Row(#"{"m": 0}"#, #"{"m": 0}"#, "max_regression", "0 absolute", is: .passed),
    // The log loss of a model that is always sure and right is what doubles leave of zero.
    Row(#"{"m": 0.1}"#, #"{"m": 2.2e-16}"#, "max_regression", "1% relative", is: .errored, .undefined),
    Row(#"{"m": 0.1}"#, #"{"m": 2.2e-16}"#, "max_regression", "0.2 absolute", "1% relative", is: .passed),
    Row(#"{"m": 1e-11}"#, #"{"m": 1e-11}"#, "max_regression", "1% relative", is: .passed),
  ])
  func zeroBaselines(row: Row) async throws { try await check(row) }

  @Test(arguments: [
    Row("{}", m90, "at_least", "0.5", is: .failed),
    Row(#"{"n": 1}"#, m90, "max_regression", "0.1 absolute", is: .failed),
    Row(#"{"n": 1}"#, nil, "max_regression", "0.1 absolute", whenMissing: "accept", is: .failed),
    Row(m90, #"{"n": 1}"#, "max_regression", "0.1 absolute", is: .errored, .baseline),
    Row(m90, #"{"n": 1}"#, "max_regression", "0.1 absolute", whenMissing: "accept", is: .skipped, .requested),
    Row(m90, #"{"n": 1}"#, "max_regression", "0.1 absolute", whenMissing: "absolute-only", is: .skipped, .baseline),
    Row(m90, #"{"n": 1}"#, "at_least", "0.95", whenMissing: "accept", is: .failed),
  ])
  func absentMetrics(row: Row) async throws { try await check(row) }

  @Test(arguments: [
    Row(m90, nil, "max_regression", "0.1 absolute", is: .errored, .baseline),
    Row(m90, nil, "at_least", "0.5", is: .passed),
    Row(m90, nil, "max_regression", "0.1 absolute", whenMissing: "accept", is: .skipped, .requested),
    Row(m90, nil, "at_least", "0.95", whenMissing: "accept", is: .failed),
    Row(m90, nil, "at_least", "0.9", whenMissing: "accept", is: .passed),
    Row(m90, nil, "max_regression", "0.1 absolute", whenMissing: "absolute-only", is: .skipped, .baseline),
    Row(m90, nil, "at_least", "0.95", whenMissing: "absolute-only", is: .failed),
    Row(m90, nil, "at_least", "0.9", whenMissing: "absolute-only", is: .passed),
    Row(nil, m90, "at_least", "0.9", is: .errored, .io),
    Row(nil, nil, "max_regression", "0 absolute", whenMissing: "accept", is: .errored, .io),
  ])
  func absentFiles(row: Row) async throws { try await check(row) }

  @Test(arguments: [
    "NaN", "\"NaN\"", "\"nan\"", "Infinity", "-Infinity", "\"-inf\"", "1e999", "\"1e999\"", "null", "true", "\"N/A\"",
    "\"91%\"", "\"\"", "[0.9]", "1.7976931348623157e308", "\"0x1p3\"",
  ])
  func whatIsNoFiniteNumberIsUndefined(value: String) async throws {
    let broken = "{\"m\": \(value)}"
    for whenMissing in ["error", "accept", "absolute-only"] {
      for (candidate, baseline) in [(broken, Self.m90), (Self.m90, broken), (broken, broken)] {
        try await check(
          Row(
            candidate, baseline, "max_regression", "1% relative", whenMissing: whenMissing, is: .errored, .undefined))
      }
      for bound in ["at_least", "at_most", "equals"] {
        try await check(Row(broken, nil, bound, "0", is: .errored, .undefined))
      }
    }
  }

  @Test func numbersAsTextAreNumbers() async throws {
    try await check(Row(#"{"m": " 0.9 "}"#, #"{"m": "9e-1"}"#, "max_regression", "0 absolute", is: .passed))
  }

  @Test(arguments: [
    "", "{", "[1, 2", "\u{FEFF}", "5", "\"m\"", "{\"m\": 1} x", "version https://git-lfs.github.com/spec/v1\n",
  ])
  func corruptFilesAreErrors(content: String) async throws {
    try await check(Row(content, Self.m90, "at_least", "0", is: .errored, .io))
    for whenMissing in ["error", "accept", "absolute-only"] {
      try await check(
        Row(Self.m90, content, "max_regression", "9 absolute", whenMissing: whenMissing, is: .errored, .io))
    }
    try await check(Row(Self.m90, content, "at_least", "0.9", is: .passed))
  }
}
