import JSON
import TestSupport
import Testing

/// `cupel accept`, the history as a baseline, and waivers of model gates, through the binary.
@Suite struct ModelBaselineTests {
  /// Predictions in which so many of a thousand rows are right.
  private static func predictions(right: Int, rows: Int = 1000) -> String {
    "id,late,probability\n"
      + (0..<rows).map { row in
        let isRight = row * 1000 < right * rows
        return "f\(row),\(row % 2),\((row % 2 == 1) == isRight ? "0.9" : "0.1")\n"
      }.joined()
  }

  private static func config(_ baseline: String, _ top: String = "", gate: String = "max_regression: 0.01 absolute")
    -> String
  {
    """
    version: 1
    \(top)
    models:
      delay:
        task: binary
        label: late
        score: probability
        id: id
        candidate: {predictions: candidate.csv}
        baseline: {\(baseline)}
        gates:
          - {metric: accuracy, \(gate)}
    """
  }

  private func folder(_ config: String, right: Int) throws -> TemporaryFolder {
    let work = try TemporaryFolder()
    try work.write(config, to: "cupel.yaml")
    try work.write(Self.predictions(right: right), to: "candidate.csv")
    return work
  }

  @Test func predictionsBecomeTheBaselineWithTheirContract() async throws {
    let work = try folder(Self.config("predictions: base/champion.csv, max_age: 240h"), right: 900)
    let before = try await CupelBinary.run(["run"], in: work.path)
    #expect(before.exitCode == 3, "\(before.output)")
    let dry = try await CupelBinary.run(["accept", "--dry-run"], in: work.path)
    #expect(dry.exitCode == 0 && dry.output.contains("base/champion.csv: the candidate's predictions"), "\(dry.error)")
    #expect(!work.exists("base/champion.csv"))
    let accepted = try await CupelBinary.run(["accept", "--now", "2026-01-01T00:00:00Z"], in: work.path)
    #expect(accepted.exitCode == 0, "\(accepted.output)\(accepted.error)")
    #expect(try work.text("base/champion.csv") == (try work.text("candidate.csv")))
    let contract = try JSONParser.parse(Array(try work.text("base/champion.csv.contract.json").utf8))
    #expect(contract["accepted_at"]?.int64Value == 1_767_225_600)
    #expect(contract["evaluation_set"]?["rows"]?.int64Value == 1000)
    #expect(contract["evaluation_set"]?["labels"]?.arrayValue?.compactMap(\.stringValue) == ["0", "1"])
    let fresh = try await CupelBinary.run(["run", "--now", "2026-01-05T00:00:00Z"], in: work.path)
    #expect(fresh.exitCode == 0, "\(fresh.output)")
    let stale = try await CupelBinary.run(["run", "--now", "2026-02-05T00:00:00Z"], in: work.path)
    #expect(stale.exitCode == 3 && stale.output.contains("35 days old"), "\(stale.output)")
    // Whoever writes over the baseline has not accepted anything.
    try work.write(Self.predictions(right: 500), to: "base/champion.csv")
    let changed = try await CupelBinary.run(["run", "--now", "2026-01-05T00:00:00Z"], in: work.path)
    #expect(changed.exitCode == 3 && changed.output.contains("is not the file that was accepted"), "\(changed.output)")
  }

  @Test func anotherEvaluationSetIsRefusedUntilItIsAccepted() async throws {
    let work = try folder(Self.config("predictions: champion.csv"), right: 900)
    #expect(try await CupelBinary.run(["accept"], in: work.path).exitCode == 0)
    try work.write(Self.predictions(right: 900, rows: 1200), to: "candidate.csv")
    let refused = try await CupelBinary.run(["run"], in: work.path)
    #expect(refused.exitCode == 3, "\(refused.output)")
    #expect(refused.output.contains("1,000 rows instead of 1,200"), "\(refused.output)")
    let renewed = try await CupelBinary.run(["accept", "--because", "the new holdout"], in: work.path)
    #expect(renewed.exitCode == 0, "\(renewed.output)\(renewed.error)")
    #expect(try await CupelBinary.run(["run"], in: work.path).exitCode == 0)
  }

  /// Accepted runs are the baseline; one that fails leaves nothing.
  @Test func theHistoryIsABaseline() async throws {
    let config = Self.config("metrics: history", "history: .cupel/history.db")
    let work = try folder(config, right: 900)
    func run(_ right: Int, day: Int) async throws -> CupelBinary.Run {
      try work.write(Self.predictions(right: right), to: "candidate.csv")
      return try await CupelBinary.run(["run", "--now", "2026-01-0\(day)T00:00:00Z"], in: work.path)
    }
    let first = try await run(900, day: 1)
    #expect(first.exitCode == 0 && first.output.contains("no accepted run left its accuracy"), "\(first.output)")
    #expect(try await run(895, day: 2).exitCode == 0)
    #expect(try await run(800, day: 3).exitCode == 1)
    // 0.895 is what the last accepted run had, not the 0.9 before nor the 0.8 that failed.
    #expect(try await run(886, day: 4).exitCode == 0)
    let lost = try await run(875, day: 5)
    #expect(lost.exitCode == 1 && lost.output.contains("0.886"), "\(lost.output)")
    let list = try await CupelBinary.run(["history", "list"], in: work.path)
    #expect(list.output.contains("accuracy") && list.output.contains("3 runs"), "\(list.output)")
    let accepted = try await CupelBinary.run(
      ["accept", "--because", "harder flights", "--now", "2026-01-06T00:00:00Z"], in: work.path)
    #expect(accepted.exitCode == 0, "\(accepted.output)\(accepted.error)")
    #expect(try await run(870, day: 7).exitCode == 0)
  }

  @Test func aHistoryMustBeNamed() async throws {
    let work = try folder(Self.config("metrics: history"), right: 900)
    let run = try await CupelBinary.run(["run"], in: work.path)
    #expect(run.exitCode == 2 && (run.output + run.error).contains("names no history"), "\(run.output)\(run.error)")
  }

  /// A waiver covers a gate of a model until its day, and says who owns it.
  @Test func aModelGateIsWaivedUntilItsDay() async throws {
    let waiver = """
      waivers:
        - {check: models.delay.accuracy.at_least, reason: retraining, owner: ana, expires: 2026-01-31}
      """
    let config = Self.config("predictions: champion.csv", waiver, gate: "at_least: 0.95")
    let work = try folder(config, right: 900)
    try work.write(Self.predictions(right: 900), to: "champion.csv")
    let held = try await CupelBinary.run(["run", "--now", "2026-01-31T12:00:00Z"], in: work.path)
    #expect(held.exitCode == 0 && held.output.contains("waived by ana"), "\(held.output)")
    let expired = try await CupelBinary.run(["run", "--now", "2026-02-01T00:00:00Z"], in: work.path)
    #expect(expired.exitCode == 1 && expired.output.contains("ended with 2026-01-31"), "\(expired.output)")
    // What could not be told is never waived.
    try work.write("id,late,probability\n", to: "candidate.csv")
    #expect(try await CupelBinary.run(["run", "--now", "2026-01-31T12:00:00Z"], in: work.path).exitCode == 3)
  }

  @Test func aFileBeyondTheLimitIsRefusedInWords() async throws {
    let work = try TemporaryFolder()
    try work.write(
      """
      version: 1
      models:
        delay:
          candidate: {metrics: candidate.json}
          gates: [{metric: auc, at_least: 0.5}]
      """, to: "cupel.yaml")
    let made = try await CupelBinary.command(["truncate", "-s", "100M", "candidate.json"], in: work.path)
    try #require(made.exitCode == 0)
    let run = try await CupelBinary.run(["run"], in: work.path)
    #expect(run.exitCode == 3 && run.output.contains("larger than the 16 MiB that are read"), "\(run.output)")
  }

  @Test func theCardSaysWhatTheRunFound() async throws {
    let gate = "at_least: 0.85, confidence: 95%"
    let work = try folder(Self.config("predictions: champion.csv", "project: flights", gate: gate), right: 900)
    try work.write(Self.predictions(right: 900), to: "champion.csv")
    let run = try await CupelBinary.run(
      ["model", "card", "-o", "cards/delay.md", "--now", "2026-01-31T12:00:00Z"], in: work.path)
    #expect(run.exitCode == 0, "\(run.output)\(run.error)")
    let card = try work.text("cards/delay.md")
    for words in [
      "- name: \"delay\"", "type: \"tabular-classification\"", "name: \"candidate.csv\"", "- type: \"accuracy\"",
      "value: 0.9\n", "Verdict: **passed**", "2026-01-31", "| accuracy | 0.9 |", "models.delay.accuracy.at",
    ] {
      #expect(card.contains(words), "\(words): \(card)")
    }
    #expect(card.contains("name: \"accuracy (95% interval 0.8"), "\(card)")
    try work.write(Self.predictions(right: 700), to: "candidate.csv")
    let failed = try await CupelBinary.run(["model", "card", "delay", "-o", "cards/delay.md"], in: work.path)
    #expect(failed.exitCode == 1)
    #expect(try work.text("cards/delay.md").contains("Verdict: **not passed**"))
    let unknown = try await CupelBinary.run(["model", "card", "dealy", "-o", "x.md"], in: work.path)
    #expect(unknown.exitCode == 2 && !work.exists("x.md"))
  }
}
