import TestSupport
import Testing

/// `cupel data rows` beside what goldens show: streams, files, and what can go wrong with them.
@Suite struct DataRowsTests {
  private let work: TemporaryFolder
  private static let rows = (0..<40_000).map { "\($0 % 39_990),\($0 % 4)\n" }

  init() throws {
    work = try TemporaryFolder()
    try work.write("id,n\n" + Self.rows.joined(), to: "t.csv")
    try work.write("columns: {id: {unique: true}, n: {in: [1, 2, 3]}}\n", to: "rules.yaml")
    try work.write("version: 1\ndata: {t: {source: t.csv, rules: rules.yaml}}\n", to: "cupel.yaml")
    try work.write("version: 1\ndata: {t: {source: \"-\", rules: rules.yaml}}\n", to: "stdin.yaml")
  }

  private func shell(_ command: String) async throws -> CupelBinary.Run {
    try await CupelBinary.command(["sh", "-c", command], in: work.path)
  }

  private var violating: String { "id,n\n" + Self.rows.filter { $0.hasSuffix(",0\n") }.joined() }

  @Test func aReaderThatGoesAwayIsNoError() async throws {
    let run = try await shell("cupel data rows data.t.n.in | head -2")
    #expect(run.output == "id,n\n0,0\n" && run.error.isEmpty && run.exitCode == 0)
    // Where SIGPIPE is ignored, writing fails.
    let ignored = try await shell("trap '' PIPE; (cupel data rows data.t.n.in; echo $? >&2) | head -2")
    #expect(ignored.output == "id,n\n0,0\n" && ignored.error == "0\n")
  }

  @Test func whatComesThroughAPipeIsReadOnce() async throws {
    #expect(try await shell("cupel data rows data.t.n.in --config stdin.yaml < t.csv").output == violating)
    let piped = try await shell("cat t.csv | cupel data rows data.t.id.unique --config stdin.yaml")
    #expect(piped.exitCode == 3 && piped.output.isEmpty)
    #expect(piped.error.contains("can be read once") && piped.error.contains("save it to a file first"))
    #expect(try await shell("cupel data rows data.t.id.unique").output == "id,n\n" + Self.rows.suffix(10).joined())
  }

  @Test func aFileTakesItsPlaceWhenItIsComplete() async throws {
    try work.write("earlier", to: "good.csv")
    let cleaned = try await shell("cupel data rows data.t.n.in --good -o good.csv")
    #expect(cleaned.output == "good.csv: 30,000 of 40,000 rows do not violate data.t.n.in\n" && cleaned.exitCode == 0)
    #expect(try work.text("good.csv") == "id,n\n" + Self.rows.filter { !$0.hasSuffix(",0\n") }.joined())
    // A quote that is never closed ends the reading in the middle.
    try work.write("id,n\n" + Self.rows.joined() + "\"open", to: "t.csv")
    try work.write("earlier", to: "out.csv")
    let broken = try await shell("cupel data rows data.t.n.in -o out.csv; ls -A")
    #expect(broken.error.contains("never closed"))
    #expect(try work.text("out.csv") == "earlier")
    #expect(!broken.output.contains(".tmp"))
  }

  /// A file with a NUL byte is no text, and could not be read again.
  @Test func noCSVFileHoldsANUL() async throws {
    try work.write(#"{"n": 0, "id": "a\u0000b"}"# + "\n", to: "nul.jsonl")
    try work.write("version: 1\ndata: {t: {source: nul.jsonl, columns: {n: {in: [1]}}}}\n", to: "nul.yaml")
    let csv = try await shell("cupel data rows data.t.n.in --config nul.yaml -o out.csv")
    #expect(csv.exitCode != 0 && csv.error.contains("NUL") && csv.error.contains("--format jsonl"), "\(csv.error)")
    #expect(!work.exists("out.csv"))
    let lines = try await shell("cupel data rows data.t.n.in --config nul.yaml --format jsonl")
    #expect(lines.exitCode == 0 && lines.output.contains(#"a\u0000b"#), "\(lines.output)\(lines.error)")
  }

  @Test func whatCannotBeWrittenIsSaid() async throws {
    for target in ["-o /dev/full", "> /dev/full", "-o t.csv/x", "-o ."] {
      let run = try await shell("cupel data rows data.t.n.in \(target)")
      #expect(run.exitCode == 6, "\(target)")
      #expect(!run.error.isEmpty, "\(target)")
    }
    let device = try await shell("cupel data rows data.t.n.in -o /dev/stdout")
    #expect(device.output.hasPrefix(violating))
  }

  @Test func recordsThatAreNoRowsAreTold() async throws {
    try work.write("id,n\n1,0\n2\n3,1\n", to: "t.csv")
    let run = try await shell("cupel data rows data.t.n.in")
    #expect(run.output == "id,n\n1,0\n" && run.exitCode == 0)
    #expect(run.error == "note: not everything in the files is a row of the table: see data.t.readable\n")
  }

  @Test func rowsThatCannotBeReadAreCounted() async throws {
    try work.write("id,n\n1,0\n2,x\n3,1\n", to: "t.csv")
    try work.write("columns: {id: {checks: [{in: ['1'], where: n > 0}]}, n: {type: integer}}\n", to: "rules.yaml")
    for (option, rows) in [("", "3,1\n"), ("--good", "1,0\n")] {
      let run = try await shell("cupel data rows data.t.id.in \(option)")
      #expect(run.output == "id,n\n\(rows)" && run.exitCode == 0)
      #expect(
        run.error
          == "note: left out on both sides: 1 row with values that data.t.id.in cannot read; its finding says more\n")
    }
  }

  @Test func jsonLinesHaveAllTheirColumns() async throws {
    let pad = String(repeating: "x", count: 1000)
    let early = (0..<9000).map { "{\"id\": \($0), \"n\": \"1\", \"pad\": \"\(pad)\"}\n" }
    try work.write(early.joined() + "{\"id\": 1, \"n\": \"0\", \"late\": [1, null]}\n", to: "t.csv")
    try work.write("version: 1\ndata: {t: {source: t.csv, format: jsonl, rules: rules.yaml}}\n", to: "cupel.yaml")
    let run = try await shell("cupel data rows data.t.n.in --format jsonl")
    #expect(run.output == "{\"id\":1,\"n\":\"0\",\"pad\":null,\"late\":[1, null]}\n", "\(run.error)")
    #expect(try await shell("cupel data rows data.t.id.unique").output == "id,n,pad,late\n1,0,,\"[1, null]\"\n")
    try work.write("version: 1\ndata: {t: {source: \"-\", format: jsonl, rules: rules.yaml}}\n", to: "stdin.yaml")
    let piped = try await shell("cat t.csv | cupel data rows data.t.n.in --config stdin.yaml")
    #expect(piped.exitCode == 3 && piped.error.contains("lack the column \"late\""))
  }

  @Test func wordsThatMeanNullReadBackAsWhatTheyWere() async throws {
    let table = "id,n\n1,NA\n2,\"NA\"\n3,\n4,\"\"\n"
    try work.write(table, to: "t.csv")
    try work.write(
      "version: 1\ndata: {t: {source: t.csv, null_values: [NA], rules: rules.yaml}}\n", to: "cupel.yaml")
    #expect(try await shell("cupel data rows data.t.n.in").output == "id,n\n2,\"NA\"\n4,\"\"\n")
    #expect(try await shell("cupel data rows data.t.n.in --good").output == "id,n\n1,\n3,\n")
  }

  @Test func severalFilesOneAfterAnother() async throws {
    try work.write("id,n\n1,0\n2,1\n", to: "parts/day=1/a.csv")
    try work.write("n,id\n0,1\n1,7\n", to: "parts/day=2/b.csv")
    try work.write("version: 1\ndata: {t: {source: \"parts/*/*.csv\", rules: rules.yaml}}\n", to: "cupel.yaml")
    #expect(try await shell("cupel data rows data.t.n.in").output == "id,n,day\n1,0,1\n1,0,2\n")
    #expect(try await shell("cupel data rows data.t.id.unique").output == "id,n,day\n1,0,2\n")
    #expect(try await shell("cupel data rows data.t.id.unique --good").output == "id,n,day\n1,0,1\n2,1,1\n7,1,2\n")
  }

  /// With a name for two columns nobody can say which values are meant.
  @Test func aNameOfTwoColumnsIsRefused() async throws {
    try work.write("n,n\n1,2\n9,8\n", to: "twice.csv")
    let run = try await shell("cupel data rows data.twice.n.in twice.csv --rules rules.yaml")
    #expect(run.exitCode == 3 && run.output.isEmpty, "\(run.output)")
    #expect(run.error.contains("twice.csv names the column \"n\" more than once"), "\(run.error)")
  }

  /// The command that is advised reads the same table by the same rules.
  @Test func whatIsNotJudgedByRowIsShownByAnotherCommand() async throws {
    try work.write("columns: {n: {median: {at_most: 9}}}\n", to: "median.yaml")
    try work.write("version: 1\ndata: {t: {source: t.csv, rules: median.yaml}}\n", to: "median-gate.yaml")
    let gate = try await shell("cupel data rows data.t.n.median --config median-gate.yaml")
    #expect(gate.exitCode == 2 && gate.error.contains("`cupel run --config median-gate.yaml --only data.t.n.median`"))
    let table = try await shell("cupel data rows data.t.n.median t.csv --rules median.yaml --encoding latin1")
    #expect(
      table.error.contains("`cupel data check t.csv --rules median.yaml --encoding latin1 --only data.t.n.median`"),
      "\(table.error)")
  }

  /// The command that a finding names judges the rows as of the same time.
  @Test func rowsAreThoseOfTheRunsTime() async throws {
    // More than a report shows, so that it names the command.
    let late = (10..<22).map { "\($0),2026-03-01\n" }.joined()
    try work.write("id,day\n1,2026-01-01\n2,2026-01-02\n\(late)", to: "days.csv")
    try work.write("columns: {day: {type: date, freshness: {at_most: 1440h}}}\n", to: "days.yaml")
    let check = try await shell("cupel data check days.csv --rules days.yaml --now 2026-01-03T00:00:00Z")
    #expect(check.exitCode == 1, "\(check.output)\(check.error)")
    let start = try #require(check.output.firstRange(of: "cupel data rows"))
    let command = String(check.output[start.lowerBound...].prefix { $0 != "\n" })
    #expect(command.hasSuffix("--now 2026-01-03T00:00:00Z"))
    #expect(try await shell(command).output == "id,day\n\(late)")
    let later = command.replacing("2026-01-03", with: "2026-03-03")
    #expect(try await shell(later).output == "id,day\n")
  }

  /// What means that a value is missing is still what the file has.
  @Test func codesOfMissingValuesAreWrittenAsTheyStand() async throws {
    try work.write("id,n\n1,-999\n2,5\n3,2\n", to: "codes.csv")
    try work.write("columns: {n: {type: integer, missing_values: [-999], at_most: 4}}\n", to: "codes.yaml")
    let rows = "cupel data rows data.codes.n.at_most codes.csv --rules codes.yaml"
    #expect(try await shell("\(rows) --good").output == "id,n\n1,-999\n3,2\n")
    #expect(try await shell(rows).output == "id,n\n2,5\n")
  }
}
