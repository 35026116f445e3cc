import JSON
import TestSupport
import Testing
import Verdict

/// `--sample` is for a look at a table: everything that comes of it says that it is of a part, and gates have no such
/// option.
@Suite struct SampleTests {
  private static let rows = 900_000
  private let work: TemporaryFolder

  init() throws {
    work = try TemporaryFolder()
    let lines = (0..<Self.rows).map { "\($0),\($0 % 7),town \($0 % 5)" }
    try work.write("id,amount,city\n" + lines.joined(separator: "\n") + "\n", to: "t.csv")
    try work.write("id,amount\n1,2\n2,\n", to: "small.csv")
    try work.write(
      """
      rows: {at_least: 10}
      columns:
        id: {type: integer, at_most: 800000, unique: true, sequential: true, max: {at_most: 900000}, sum: {at_least: 0}}
        city: {distinct: {equals: 5}, values: {superset_of: [nowhere]}, missing: {at_most: 3 rows}, occurring_once: {at_most: 0%}}
        amount: {type: integer, range: {at_most: 6}, at_least: 1, allow: 200000 rows}
      empty_columns: {at_most: 0}
      """, to: "rules.yaml")
  }

  private func cupel(_ arguments: [String]) async throws -> CupelBinary.Run {
    try await CupelBinary.run(arguments, in: work.path)
  }

  private func check(_ options: [String]) async throws -> CupelBinary.Run {
    try await cupel(["data", "check", "t.csv", "--rules", "rules.yaml", "--now", "2026-01-01T00:00:00Z"] + options)
  }

  @Test func everyFindingSaysSo() async throws {
    let reports = ["json", "junit", "markdown"].flatMap { ["--report", "\($0)=r.\($0)"] }
    let run = try await check(["--sample", "40%", "--verbose"] + reports)
    let json = try JSONParser.parse(try work.text("r.json"))
    let checks = try #require(json["checks"]?.arrayValue)
    let read = try #require(checks.first?["sampled"]?["rows"]?.int64Value)
    #expect(read > 0 && read < Self.rows)
    for check in checks {
      #expect(check["sampled"]?["share"]?.doubleValue == 0.4 && check["sampled"]?["rows"]?.int64Value == read)
      #expect(check["message"]?.stringValue?.hasSuffix("(in a sample)") == true)
    }
    let rows = Quantity(Double(read), .rows)
    // Where the blocks that were read are another share by half of 40% or more, that is said.
    let isNear = abs(Double(read) / Double(Self.rows) - 0.4) <= 0.2
    let blocks = isNear ? "" : " of \(Quantity.grouped(Self.rows)), which are read in whole blocks"
    let words = "\(rows) (40% asked for\(blocks))"
    let sentence = "in a sample of \(words)"
    #expect(run.output.contains(sentence), "\(run.output)")
    #expect(try work.text("r.markdown").contains(sentence))
    #expect(
      try work.text("r.junit").contains("name=\"cupel.sample\" value=\"\(words)"))
    for line in run.output.split(separator: "\n") where line.contains("passed: ") || line.contains("failed: ") {
      #expect(line.contains("(in a sample)"), "\(line)")
    }
    // How many rows there are is not to be learnt from a part of them, nor what is missing between them.
    #expect(run.output.contains("skipped: rows: a part of the rows does not tell how many there are"))
    #expect(
      run.output.contains("skipped: id.sequential: a part of the rows does not tell which values follow each other"))
    #expect(run.output.contains("skipped: city.values: a part of the rows does not tell which values do not occur"))
    for (check, words) in [
      ("id.max", "the greatest value"), ("id.sum", "their sum"), ("amount.range", "their range"),
      ("city.distinct", "how many different values there are"), ("city.occurring_once", "which values occur once"),
      ("empty_columns", "which columns have no value"), ("city.missing", "how many there are of all"),
      ("amount.at_least", "how many there are of all"),
    ] {
      #expect(run.output.contains("skipped: \(check): a part of the rows does not tell \(words)"), "\(run.output)")
    }
    #expect(run.output.contains("--sample 40% --only"))
  }

  /// The line in the message is the line in the file, and neither threads nor pipes choose another sample.
  @Test func placesAreThoseOfTheFile() async throws {
    let expected = try await check(["--sample", "40%"])
    let places = expected.output.split(separator: "\n").filter { $0.contains("t.csv:") && $0.contains("\"") }
    #expect(!places.isEmpty, "\(expected.output)")
    for place in places {
      let parts = place.split(separator: ":")[1].split(separator: "\"").map { $0.filter(\.isNumber) }
      #expect(Int(parts[0]) == Int(parts[1]).map { $0 + 2 })
    }
    for threads in ["1", "3"] {
      #expect(try await check(["--sample", "40%", "--threads", threads]).output == expected.output)
    }
  }

  @Test func aProfileIsMarkedForEver() async throws {
    let made = try await cupel(["data", "profile", "t.csv", "--sample", "40%", "-o", "part.json"])
    let json = try JSONParser.parse(try work.text("part.json"))
    let part = try #require(json["samples_of"]?.arrayValue?.first?.stringValue)
    // Which is the part of the rows that was read, and not the one that was asked for.
    let read = try #require(json["rows"]?.int64Value)
    #expect(part == "\(Quantity.brief(Double(100 * read) / Double(Self.rows), digits: 3))%")
    #expect(made.exitCode == 0 && made.output.contains("of t.csv, a sample of \(part)"))
    let whole = try await cupel(["data", "profile", "t.csv", "-o", "whole.json"])
    #expect(whole.exitCode == 0)
    #expect(try !work.text("whole.json").contains("samples_of"))
    for parts in [["part.json", "whole.json"], ["whole.json", "part.json"], ["part.json", "part.json"]] {
      let merged = try await cupel(["data", "merge"] + parts + ["-o", "merged.json"])
      // Beside a whole part the share is none of all rows.
      let share = parts[0] == parts[1] ? part : "\(part) of a part"
      #expect(merged.exitCode == 0 && merged.output.contains("a sample of \(share)\n"), "\(merged.output)")
      #expect(try await cupel(["data", "show", "merged.json"]).output.contains("3 columns, a sample of \(share)\n"))
      let over = try await cupel(["data", "merge"] + parts + ["-o", parts[0]])
      #expect(over.exitCode == 2 && over.error.contains("is read by this command"))
    }
    let shown = try await cupel(["data", "show", "t.csv", "--sample", "40%"])
    let saved = try await cupel(["data", "show", "part.json"])
    #expect(shown.output == saved.output)
    let beside = try await check(["--sample", "40%", "--profile", "beside.json"])
    #expect(beside.exitCode == 1)
    #expect(try work.text("beside.json") == work.text("part.json"))
  }

  @Test func aSmallTableIsReadWhole() async throws {
    let shown = try await cupel(["data", "show", "small.csv", "--sample", "0.001%"])
    #expect(shown.exitCode == 0 && shown.output.hasPrefix("small.csv: 2 rows, 2 columns\n"))
    #expect(shown.error == "note: small.csv is too small for a sample: all rows were read\n")
    try work.write("columns: {id: {}}\n", to: "small.yaml")
    let checked = try await cupel(["data", "check", "small.csv", "--rules", "small.yaml", "--sample", "5%"])
    #expect(checked.exitCode == 0 && !checked.output.contains("sample"))
  }

  @Test(arguments: [
    ["run", "--sample", "5%"], ["data", "check", "t.csv", "--rules", "rules.yaml", "--sample", "0%"],
    ["data", "show", "t.csv", "--sample", "101%"], ["data", "show", "t.csv", "--sample", "0.05"],
  ])
  func whatIsNoSampleIsRefused(arguments: [String]) async throws {
    #expect(try await cupel(arguments).exitCode == 2)
  }

  @Test func aSavedProfileCannotBeSampled() async throws {
    _ = try await cupel(["data", "profile", "small.csv", "-o", "p.json"])
    let run = try await cupel(["data", "show", "p.json", "--sample", "5%"])
    #expect(run.exitCode == 2 && run.error.contains("there is nothing to sample"))
  }
}
