import Foundation
import JSON
import TestSupport
import Testing

/// Runs that leave numbers behind, and runs that are held against them.
@Suite struct HistoryTests {
  private let work: TemporaryFolder

  private static let config = """
    version: 1
    project: flights
    history: .cupel/history.db
    data:
      flights:
        source: flights.csv
        anomaly: rows
        columns:
          distance: {type: integer, between: [0, 1000], anomaly: [mean, {of: missing, floor: 2%}]}

    """

  init() throws {
    work = try TemporaryFolder()
    try work.write(Self.config, to: "cupel.yaml")
  }

  private static func table(rows: Int, distance: Int = 500) -> String {
    "distance,carrier\n" + (0..<rows).map { "\(distance + $0 % 7),AA\n" }.joined()
  }

  /// A delivery of that day, and the run over it.
  private func run(
    day: Int, rows: Int, distance: Int = 500, _ options: [String] = [], environment: [String: String] = [:]
  ) async throws -> CupelBinary.Run {
    try work.write(Self.table(rows: rows, distance: distance), to: "flights.csv")
    let date = "2026-01-\(day < 10 ? "0" : "")\(day)"
    return try await CupelBinary.run(
      ["run", "--now", date, "--verbose"] + options, in: work.path, environment: environment)
  }

  private func goodRuns(_ days: ClosedRange<Int>) async throws {
    for day in days {
      let run = try await run(day: day, rows: 1000 + day * 7 % 11, distance: 500 + day % 3)
      #expect(run.exitCode == 0, "\(run.output)\(run.error)")
    }
  }

  private func history(_ arguments: String..., in folder: String? = nil) async throws -> String {
    let run = try await CupelBinary.run(["history"] + arguments, in: folder ?? work.path)
    #expect(run.exitCode == 0, "\(arguments): \(run.error)")
    return run.output + run.error
  }

  /// How many runs a series has.
  private func count(_ series: String = "anomaly_rows") async throws -> Int {
    let list = try await history("list").split(separator: "\n").first { $0.contains(series) } ?? ""
    return Int(list.split(separator: " ").dropFirst().first ?? "") ?? 0
  }

  // MARK: - The series grows, and judges

  @Test func aTwelfthGoodRunIsGreenAndAnAnomalyIsRed() async throws {
    let first = try await run(day: 1, rows: 1007, distance: 501)
    #expect(first.exitCode == 0, "\(first.output)")
    #expect(first.output.contains("no history yet: 0 of 7 runs; the number of rows is 1007"), "\(first.output)")
    try await goodRuns(2...12)
    let last = try await run(day: 12, rows: 1000 + 84 % 11, distance: 500)
    #expect(last.exitCode == 0 && !last.output.contains("no history yet"), "\(last.output)")
    #expect(try await count() == 12)

    let half = try await run(day: 13, rows: 500)
    #expect(half.exitCode == 1, "\(half.output)")
    #expect(half.output.contains("the number of rows is 500, expected between"), "\(half.output)")
    #expect(half.output.contains("by 12 runs") && half.output.contains("→ ▁ (12 runs, 2026-01-01 to 2026-01-12)"))
    #expect(half.output.contains("method: robust-band"))
    // What failed has not become what is usual.
    #expect(try await count() == 12)
    let shifted = try await run(day: 14, rows: 1004, distance: 700)
    #expect(shifted.exitCode == 1 && shifted.output.contains("the mean is 702"), "\(shifted.output)")
    #expect(try await run(day: 15, rows: 1004).exitCode == 0)
    #expect(try await count() == 13)
    // With the clock of an earlier day only what was before counts.
    let earlier = try await run(day: 4, rows: 999)
    #expect(earlier.output.contains("no history yet: 4 of 7 runs"), "\(earlier.output)")
  }

  @Test func theSameDataIsOneRun() async throws {
    for day in 1...3 { #expect(try await run(day: day, rows: 1000).exitCode == 0) }
    #expect(try await count() == 1)
    _ = try await run(day: 4, rows: 1001)
    #expect(try await count() == 2)
  }

  @Test func aRunThatFailsElsewhereLeavesNothing() async throws {
    try await goodRuns(1...2)
    #expect(try await run(day: 3, rows: 1003, distance: 2000).exitCode == 1)
    #expect(try await count() == 2)
    // A part of the checks passes, and says nothing of the others.
    #expect(try await run(day: 3, rows: 1003, distance: 2000, ["--only", "data.flights.anomaly_rows"]).exitCode == 0)
    #expect(try await count() == 2)
  }

  /// A run that only warns is accepted, and the number that it warns of is not.
  @Test func whatIsOddDoesNotBecomeUsual() async throws {
    let config = Self.config.replacing("anomaly: rows", with: "anomaly: {of: rows, severity: warn}")
    try work.write(config, to: "cupel.yaml")
    try await goodRuns(1...8)
    let odd = try await run(day: 9, rows: 300)
    #expect(odd.exitCode == 0 && odd.output.contains("expected between"), "\(odd.output)")
    #expect(try await count() == 8)
    #expect(try await count("distance.anomaly_mean") == 9)
  }

  @Test func anUndefinedNumberIsAnErrorAndNoSkip() async throws {
    try work.write("distance,carrier\n" + String(repeating: ",AA\n", count: 50), to: "flights.csv")
    let run = try await CupelBinary.run(["run", "--verbose"], in: work.path)
    #expect(run.exitCode == 3)
    #expect(run.output.contains("error: distance.anomaly_mean: none of the 50 rows has a value"), "\(run.output)")
    #expect(!work.exists(".cupel"))
  }

  @Test func withoutHistoryNothingIsReadOrWritten() async throws {
    let run = try await run(day: 1, rows: 1000, ["--no-history"])
    #expect(run.exitCode == 0 && run.output.contains("no history is wanted"), "\(run.output)")
    #expect(!work.exists(".cupel"))
    #expect(try await history("list").contains("there is no history at .cupel/history.db yet"))
    #expect(try await CupelBinary.run(["run", "--no-history", "--record"], in: work.path).exitCode == 2)
  }

  // MARK: - Branches

  @Test func onlyTheBranchAndNoPullRequestEnters() async throws {
    try work.write(
      Self.config.replacing("history: .cupel/history.db", with: "history: {file: h.db, branch: main}"), to: "cupel.yaml"
    )
    func recorded(_ variables: [String: String], _ options: [String] = [], rows: Int) async throws -> Bool {
      let before = work.exists("h.db") ? try await count() : 0
      #expect(try await run(day: 1, rows: rows, options, environment: variables).exitCode == 0)
      return work.exists("h.db") ? try await count() > before : false
    }
    #expect(try await !recorded(["GITHUB_REF_NAME": "fix"], rows: 1000))
    #expect(try await recorded(["GITHUB_REF_NAME": "main"], rows: 1001))
    #expect(try await !recorded(["GITHUB_REF_NAME": "main"], ["--no-record"], rows: 1002))
    #expect(try await !recorded(["GITHUB_HEAD_REF": "main"], rows: 1003))
    #expect(try await recorded(["GITHUB_REF_NAME": "fix"], ["--record"], rows: 1004))
    // Where the branch is not known it is said why the history stays as it is, and elsewhere it is plain.
    let nowhere = try await run(day: 1, rows: 1004)
    #expect(nowhere.error.contains("the branch is not known here; --record enters it"), "\(nowhere.error)")
    let elsewhere = try await run(day: 1, rows: 1004, environment: ["GITHUB_REF_NAME": "fix"])
    #expect(!elsewhere.error.contains("does not enter the history"), "\(elsewhere.error)")
    // The run of the other branch is kept, and main is not compared with it.
    let last = try await run(day: 9, rows: 1005, environment: ["GITHUB_REF_NAME": "main"])
    #expect(last.output.contains("no history yet: 1 of 7 runs"), "\(last.output)")
  }

  // MARK: - Many processes

  @Test func parallelRunsLoseNothing() async throws {
    let config = Self.config.replacing(".cupel/history.db", with: "../shared/history.db")
    for index in 0..<8 {
      try work.write(config, to: "\(index)/cupel.yaml")
      try work.write(Self.table(rows: 1000 + index), to: "\(index)/flights.csv")
    }
    let root = work.path
    try await withThrowingTaskGroup(of: CupelBinary.Run.self) { group in
      for index in 0..<8 { group.addTask { try await CupelBinary.run(["run"], in: "\(root)/\(index)") } }
      for try await run in group { #expect(run.exitCode == 0, "\(run.output)\(run.error)") }
    }
    let exported = try await history("export", in: root + "/0")
    #expect(exported.split(separator: "\n").count == 8)
    for line in exported.split(separator: "\n") {
      #expect(try JSONParser.parse(Array(line.utf8))["metrics"]?.arrayValue?.count == 3)
    }
  }

  // MARK: - A history that is none

  @Test(arguments: ["text", "foreign", "newer", "folder"])
  func aHistoryThatCannotBeReadIsAnErrorAndStaysAsItIs(kind: String) async throws {
    try await goodRuns(1...1)
    let path = work.path + "/.cupel/history.db"
    switch kind {
    case "text": try work.write(String(repeating: "not a database\n", count: 100), to: ".cupel/history.db")
    case "folder":
      try FileManager.default.removeItem(atPath: path)
      _ = try work.folder(".cupel/history.db")
    default:
      let sql = kind == "newer" ? "PRAGMA user_version = 99" : "PRAGMA application_id = 1"
      let script =
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit(); c.close()"
      let made = try await CupelBinary.command(["python3", "-c", script, path, sql], in: work.path)
      try #require(made.exitCode == 0, "\(made.error)")
    }
    let before = try? Data(contentsOf: URL(filePath: path))
    let run = try await run(day: 2, rows: 1000)
    #expect(run.exitCode == 3, "\(run.output)")
    #expect(run.output.contains("error: anomaly_rows:") && run.output.contains(".cupel/history.db"), "\(run.output)")
    #expect((try? Data(contentsOf: URL(filePath: path))) == before)
    for command in [["list"], ["export"], ["show", "data"], ["forget", "--run", "1"]] {
      let found = try await CupelBinary.run(["history"] + command, in: work.path)
      #expect(found.exitCode == 3 && found.error.contains(".cupel/history.db"), "\(command): \(found.error)")
    }
    #expect((try? Data(contentsOf: URL(filePath: path))) == before)
  }

  /// The verdict stands, and that it left nothing is not hidden.
  @Test func aHistoryThatCannotBeWrittenIsToldApart() async throws {
    try await goodRuns(1...3)
    try work.write(Self.table(rows: 1000), to: "flights.csv")
    let open = try await CupelBinary.command(["chmod", "-R", "a+rX,a-w", work.path], in: "/")
    try #require(open.exitCode == 0)
    // Root may write anywhere, so that somebody else must try.
    let user = geteuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
    func run(_ options: [String]) async throws -> CupelBinary.Run {
      try await CupelBinary.command(user + [CupelBinary.folder + "/cupel", "run"] + options, in: work.path)
    }
    let refused = try await run([])
    let quiet = try await run(["--no-record", "--verbose"])
    _ = try await CupelBinary.command(["chmod", "-R", "u+w", work.path], in: "/")
    #expect(refused.exitCode == 6, "\(refused.output)\(refused.error)")
    #expect(
      (refused.output + refused.error).contains("history.db cannot be written"), "\(refused.output)\(refused.error)")
    #expect(quiet.exitCode == 0 && quiet.output.contains("no history yet: 3 of 7 runs"), "\(quiet.output)")
    #expect(try await count() == 3)
  }

  // MARK: - The commands

  @Test func aHistoryIsShownMovedAndCorrected() async throws {
    try await goodRuns(1...9)
    let list = try await history("list")
    #expect(list.split(separator: "\n").count == 3)
    #expect(list.contains("data.flights.distance.anomaly_mean") && list.contains("2026-01-01 to 2026-01-09"), "\(list)")
    let shown = try await history("show", "data.flights.anomaly_rows")
    #expect(shown.contains("n = 1,007") && shown.contains("2026-01-09") && shown.contains("next: "), "\(shown)")
    #expect(shown.split(separator: "\n").filter { $0.contains(" to ") }.count == 3, "\(shown)")
    #expect(try await CupelBinary.run(["history", "show", "data.nothing"], in: work.path).exitCode == 3)

    let exported = try await history("export")
    try work.write(exported, to: "copy.jsonl")
    #expect(try await history("import", "copy.jsonl", "--file", "other.db") == "9 runs taken in, 0 known already\n")
    #expect(try await history("import", "copy.jsonl", "--file", "other.db") == "0 runs taken in, 9 known already\n")
    #expect(try await history("export", "--file", "other.db") == exported)
    #expect(try await history("export", "-o", "again.jsonl") == "")
    #expect(try work.text("again.jsonl") == exported)

    #expect(try await history("forget", "--before", "2026-01-03", "--dry-run") == "would forget 2 runs\n")
    #expect(try await history("forget", "--before", "2026-01-03") == "forgot 2 runs\n")
    #expect(try await history("forget", "data.flights.distance", "--before", "2026-01-05") == "forgot 4 values\n")
    #expect(try await history("forget", "--commit", "4d7a") == "forgot 0 runs\n")
    #expect(try await count() == 7)
    let without = try await CupelBinary.run(["history", "forget"], in: work.path)
    #expect(without.exitCode == 2 && without.error.contains("say what to forget"))
    try work.write(exported.split(separator: "\n").prefix(2).joined(separator: "\n") + "\n{]\n", to: "copy.jsonl")
    let broken = try await CupelBinary.run(["history", "import", "copy.jsonl"], in: work.path)
    #expect(broken.exitCode == 3 && broken.error.contains("copy.jsonl:3:"), "\(broken.error)")
    #expect(try await count() == 7)
  }

  @Test func withoutAHistoryTheConfigIsWrong() async throws {
    try work.write(Self.table(rows: 10), to: "flights.csv")
    try work.write(Self.config.replacing("history: .cupel/history.db\n", with: ""), to: "cupel.yaml")
    let run = try await CupelBinary.run(["run"], in: work.path)
    #expect(run.exitCode == 2 && run.output.contains("no config names a history"), "\(run.output)")
    try work.write("anomaly: rows\n", to: "rules.yaml")
    let check = try await CupelBinary.run(["data", "check", "flights.csv", "--rules", "rules.yaml"], in: work.path)
    #expect(check.exitCode == 2 && check.output.contains("no config names a history"), "\(check.output)")
    try work.write("version: 1\ndata: {flights: {source: flights.csv, rows: {at_least: 1}}}\n", to: "cupel.yaml")
    let list = try await CupelBinary.run(["history", "list"], in: work.path)
    #expect(list.exitCode == 3 && list.error.contains("names no history"))
  }

  @Test func anomalyIsExplained() async throws {
    let text = try await CupelBinary.run(["explain", "anomaly"], in: work.path)
    #expect(text.exitCode == 0 && text.output.contains("robust") && text.output.contains("history"))
    #expect(try await CupelBinary.run(["explain", "robust-band"], in: work.path).exitCode == 0)
  }
}
