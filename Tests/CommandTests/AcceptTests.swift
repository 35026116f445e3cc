import JSON
import TestSupport
import Testing

/// `cupel accept`: a baseline comes of a run that passes, or of a reason.
@Suite struct AcceptTests {
  private static let config = """
    version: 1
    data:
      flights:
        source: now.csv
        baseline: base/flights.profile.json
        rows: {at_least: 3}
        drift: {columns: kind, confidence: 95%}
    """

  /// So many rows of two kinds, of which one has a share.
  private static func table(_ rows: Int, every: Int) -> String {
    "id,kind\n" + (0..<rows).map { "\($0),\($0 % every == 0 ? "a" : "b")\n" }.joined()
  }

  private func folder() throws -> TemporaryFolder {
    let work = try TemporaryFolder()
    try work.write(Self.config, to: "cupel.yaml")
    try work.write(Self.table(2000, every: 2), to: "now.csv")
    return work
  }

  private func profile(_ work: TemporaryFolder) throws -> JSONValue {
    try JSONParser.parse(Array(try work.text("base/flights.profile.json").utf8))
  }

  @Test func theFirstBaselineComesOfAGreenRun() async throws {
    let work = try folder()
    let before = try await CupelBinary.run(["run"], in: work.path)
    #expect(before.exitCode == 3 && before.output.contains("cupel accept makes it"), "\(before.output)")
    let dry = try await CupelBinary.run(["accept", "--dry-run"], in: work.path)
    #expect(dry.exitCode == 0 && dry.output.contains("new, 2000 rows"), "\(dry.output)\(dry.error)")
    #expect(!work.exists("base/flights.profile.json"))
    #expect(try await CupelBinary.run(["accept"], in: work.path).exitCode == 0)
    #expect(try profile(work)["rows"]?.int64Value == 2000)
    #expect(try await CupelBinary.run(["run"], in: work.path).exitCode == 0)
  }

  /// A profile that is damaged, or of another version, is no missing one: nobody made its place free.
  @Test(arguments: [false, true]) func aDamagedBaselineIsNotReplaced(hasHistory: Bool) async throws {
    let work = try folder()
    #expect(try await CupelBinary.run(["accept"], in: work.path).exitCode == 0)
    let good = try work.text("base/flights.profile.json")
    try work.write(Self.table(2000, every: 10), to: "now.csv")
    let history = hasHistory ? "\nhistory: h.db\n" : "\n"
    try work.write(Self.config + history, to: "cupel.yaml")
    for damaged in [
      String(good.prefix(good.utf8.count / 2)), good.replacing("\"rows\": 2000", with: "\"rows\": 2001"),
      good.replacing("\"cupel_profile\": 1", with: "\"cupel_profile\": 99"), "",
    ] {
      try work.write(damaged, to: "base/flights.profile.json")
      let run = try await CupelBinary.run(["accept"], in: work.path)
      #expect(run.exitCode == 3 && !run.output.contains("this run makes it"), "\(run.output)\(run.error)")
      #expect(try work.text("base/flights.profile.json") == damaged)
    }
  }

  /// No profile is written in the place of a table that is not there.
  @Test(arguments: ["prev.parquet", "prev.csv", "prev.jsonl.gz"]) func aTableThatIsNotThereIsNotMade(name: String)
    async throws
  {
    let work = try folder()
    try work.write(Self.config.replacing("base/flights.profile.json", with: name), to: "cupel.yaml")
    let run = try await CupelBinary.run(["accept"], in: work.path)
    #expect(run.exitCode == 3 && run.output.contains("\(name) does not exist"), "\(run.output)\(run.error)")
    #expect(!work.exists(name))
  }

  /// A row-by-row comparison has nothing of a profile, and says so before there is one.
  @Test func whatAProfileCannotServeIsNotSkipped() async throws {
    let work = try folder()
    try work.write(Self.config + "\n    multivariate_drift: {at_most: 0.6}\n", to: "cupel.yaml")
    let run = try await CupelBinary.run(["accept"], in: work.path)
    #expect(run.exitCode == 3, "\(run.output)\(run.error)")
    #expect(!work.exists("base/flights.profile.json"))
  }

  @Test func whatChangesIsSaid() async throws {
    let work = try folder()
    #expect(try await CupelBinary.run(["accept"], in: work.path).exitCode == 0)
    let same = try await CupelBinary.run(["accept"], in: work.path)
    #expect(same.output.contains("nothing changes"))
    try work.write(Self.table(2100, every: 2), to: "now.csv")
    let grown = try await CupelBinary.run(["accept"], in: work.path)
    #expect(grown.output.contains("rows: 2000 -> 2100") && grown.output.contains("max 1999 -> 2099"), "\(grown.output)")
  }

  @Test func aFailedRunNeedsAReason() async throws {
    let work = try folder()
    #expect(try await CupelBinary.run(["accept"], in: work.path).exitCode == 0)
    try work.write(Self.table(2000, every: 10), to: "now.csv")
    let refused = try await CupelBinary.run(["accept"], in: work.path)
    #expect(refused.exitCode == 1 && refused.error.contains("nothing was accepted"))
    #expect(refused.output.contains("FAIL") && refused.output.contains("(exit 1)"))
    #expect(try profile(work)["accepted_because"] == nil)
    #expect(try await CupelBinary.run(["accept", "--because", " "], in: work.path).exitCode == 2)
    let accepted = try await CupelBinary.run(["accept", "--because", "kind b was bought"], in: work.path)
    #expect(accepted.exitCode == 0)
    // The verdict is no end of it: nobody reads that the command failed.
    #expect(accepted.output.contains("\nthe run failed: ") && !accepted.output.contains("FAIL"), "\(accepted.output)")
    #expect(!accepted.output.contains("(exit"))
    let end = "accepted base/flights.profile.json although the run failed, because: kind b was bought\n"
    #expect(accepted.output.hasSuffix(end), "\(accepted.output)")
    #expect(try profile(work)["accepted_because"]?.stringValue == "kind b was bought")
    #expect(try await CupelBinary.run(["run"], in: work.path).exitCode == 0)
  }

  /// No reason makes a baseline of data that could not be read.
  @Test func whatCouldNotBeReadIsNeverAccepted() async throws {
    let work = try folder()
    try work.write("id,kind\n", to: "now.csv")
    let result = try await CupelBinary.run(["accept", "--because", "trust me"], in: work.path)
    #expect(result.exitCode == 3 && result.error.contains("no baseline"), "\(result.error)")
    #expect(!work.exists("base/flights.profile.json"))
  }

  @Test(arguments: [
    ("{\"cupel_profile\": 1, \"rows\"", "damaged"),
    ("{\"cupel_profile\": 99, \"rows\": 1, \"columns\": []}", "version 99"),
    ("{\"cupel_profile\": 1, \"rows\": 5, \"columns\": [{\"name\": \"kind\"}]}", "damaged"),
  ])
  func aDamagedBaselineIsAnError(text: String, words: String) async throws {
    let work = try folder()
    try work.write(text, to: "base/flights.profile.json")
    let result = try await CupelBinary.run(["run"], in: work.path)
    #expect(result.exitCode == 3 && result.output.contains(words), "\(result.output)")
    #expect(try await CupelBinary.run(["accept"], in: work.path).exitCode == 3)
  }

  @Test func metricsOfTheCandidateReplaceThoseOfTheBaseline() async throws {
    let work = try TemporaryFolder()
    try work.write(
      """
      version: 1
      models:
        delay:
          candidate: {metrics: new.json}
          baseline: {metrics: old.json}
          gates: [{metric: roc_auc, max_regression: 0.01 absolute}]
      """, to: "cupel.yaml")
    try work.write("{\"roc_auc\": 0.9}", to: "new.json")
    try work.write("{\"roc_auc\": 0.8}", to: "old.json")
    let result = try await CupelBinary.run(["accept"], in: work.path)
    #expect(result.exitCode == 0 && result.output.contains("old.json: the candidate's metrics"))
    #expect(try work.text("old.json") == "{\"roc_auc\": 0.9}")
    let unknown = try await CupelBinary.run(["accept", "dealy"], in: work.path)
    #expect(unknown.exitCode == 2 && unknown.error.contains("dealy") || unknown.output.contains("dealy"))
  }

  private func runs(_ work: TemporaryFolder) async throws -> Int {
    let list = try await CupelBinary.run(["history", "list"], in: work.path).output.split(separator: "\n")
    return Int(list.first { $0.contains("anomaly_rows") }?.split(separator: " ").dropFirst().first ?? "") ?? 0
  }

  /// A history that cannot be written is told by all reports, and nothing else changes.
  @Test func aHistoryThatCannotBeWrittenIsNoAcceptance() async throws {
    let work = try TemporaryFolder()
    try work.write("no folder", to: "blocked")
    try work.write(Self.table(1000, every: 2), to: "now.csv")
    try work.write(
      "version: 1\nhistory: blocked/h.db\ndata: {t: {source: now.csv, baseline: base.profile.json, anomaly: rows}}\n",
      to: "cupel.yaml")
    let run = try await CupelBinary.run(["accept", "--report", "json=r.json"], in: work.path)
    #expect(run.exitCode != 0 && !run.output.contains("one more run"), "\(run.output)\(run.error)")
    #expect(!work.exists("base.profile.json"))
    let report = try JSONParser.parse(try work.text("r.json"))
    #expect(report["exit_code"]?.int64Value == Int64(run.exitCode) && report["verdict"]?.stringValue != "passed")
    // The same run once more is no second one.
    try work.write(
      "version: 1\nhistory: h.db\ndata: {t: {source: now.csv, anomaly: rows}}\n", to: "cupel.yaml")
    for words in ["h.db: one more run of data.t\n", "h.db: this run of data.t is in it already\n"] {
      let again = try await CupelBinary.run(["accept", "--now", "2026-01-01"], in: work.path)
      #expect(again.exitCode == 0 && again.output.contains(words), "\(again.output)\(again.error)")
    }
  }

  /// What is accepted is what later runs are held against, with a baseline of another kind or without.
  @Test(arguments: [false, true])
  func theAcceptedRunEntersTheHistory(hasBaseline: Bool) async throws {
    let work = try TemporaryFolder()
    let baseline = hasBaseline ? "baseline: base.profile.json, drift: {columns: [kind]}, " : ""
    try work.write(
      "version: 1\nhistory: h.db\ndata: {t: {source: now.csv, \(baseline)anomaly: rows}}\n", to: "cupel.yaml")
    func accept(day: Int, rows: Int, _ options: String...) async throws -> CupelBinary.Run {
      try work.write(Self.table(rows, every: 2), to: "now.csv")
      return try await CupelBinary.run(["accept", "--now", "2026-01-0\(day)"] + options, in: work.path)
    }
    let dry = try await accept(day: 1, rows: 1000, "--dry-run")
    #expect(dry.exitCode == 0 && dry.output.contains("h.db: one more run of data.t\n"), "\(dry.output)\(dry.error)")
    #expect(!work.exists("h.db"))
    for day in 1...7 {
      let run = try await accept(day: day, rows: 1000 + day)
      #expect(run.exitCode == 0, "\(run.output)\(run.error)")
    }
    #expect(try await runs(work) == 7)
    // An odd number needs a reason, and enters with it.
    let refused = try await accept(day: 8, rows: 9000)
    #expect(refused.exitCode == 1 && refused.error.contains("nothing was accepted"), "\(refused.output)")
    #expect(try await runs(work) == 7)
    let accepted = try await accept(day: 8, rows: 9000, "--because", "a second country")
    let files = hasBaseline ? "base.profile.json, h.db" : "h.db"
    #expect(accepted.exitCode == 0)
    #expect(
      accepted.output.hasSuffix("accepted \(files) although the run failed, because: a second country\n"),
      "\(accepted.output)")
    #expect(try await runs(work) == 8)
    // The series begins anew there, for the same data as well.
    let again = try await CupelBinary.run(["run", "--now", "2026-01-09", "--no-record"], in: work.path)
    #expect(again.exitCode == 0 && again.output.contains("1 of 7 runs since 2026-01-08"), "\(again.output)")
    // A history that cannot be read is no baseline that the run makes.
    try work.write("no database at all, and long enough to be looked at as one", to: "h.db")
    let damaged = try await accept(day: 9, rows: 1000, "--because", "trust me")
    #expect(damaged.exitCode == 3, "\(damaged.output)\(damaged.error)")
  }
}
