import TestSupport
import Testing

/// What a person may get wrong on the command line, and what the answer is.
@Suite struct CommandLineTests {
  private let work: TemporaryFolder

  init() throws {
    work = try TemporaryFolder()
    try work.write("id,n\n1,2\n2,\n", to: "t.csv")
    try work.write("columns: {n: {required: true}}\n", to: "rules.yaml")
    try work.write("version: 1\ndata: {t: {source: t.csv, rules: rules.yaml}}\n", to: "cupel.yaml")
  }

  private func cupel(_ arguments: String...) async throws -> CupelBinary.Run {
    try await CupelBinary.run(arguments, in: work.path)
  }

  @Test(arguments: [
    (["run", "--junit", "r.xml"], "A report is written by --report junit=FILE."),
    (["run", "--report", "json=-"], "a report goes to a file, not to standard output"),
    (["run", "--report", "xml=r.xml"], "one of junit, json, markdown, terminal"),
    (["run", "--report", "json"], "a report needs its file: json=FILE"),
    (["data", "rows", "data.t.n.required", "-o", "q.parquet"], "q.parquet ends in .parquet"),
    (["data", "rows", "data.t.n.required", "--encoding", "latin1"], "--encoding is for a table with --rules"),
    (["data", "check", "t.csv", "--rules", "cupel.yaml"], "cupel run --config cupel.yaml"),
    (["data", "infer", "t.csv", "--sample", "5%"], "Unknown option '--sample'"),
  ])
  func mistakesAreAnsweredWithWhatWasMeant(arguments: [String], words: String) async throws {
    let run = try await CupelBinary.run(arguments, in: work.path)
    #expect(run.exitCode == 2)
    #expect((run.output + run.error).contains(words), "\(run.error)")
    #expect(!run.error.contains("--quiet'?"))
    #expect(!work.exists("q.parquet"))
  }

  @Test func rowsGoIntoAnyFileOnRequest() async throws {
    let run = try await cupel("data", "rows", "data.t.n.required", "-o", "q.parquet", "--format", "csv")
    #expect(run.exitCode == 0)
    #expect(try work.text("q.parquet") == "id,n\n2,\n")
    let counts = try await cupel("run")
    #expect(counts.output.contains("2 rows, 1 null, 2 evaluated, 1 violating (50%)"), "\(counts.output)")
  }

  @Test func aSavedProfileIsKnownByItsContent() async throws {
    for name in ["m.prof", "m.json"] {
      #expect(try await cupel("data", "profile", "t.csv", "-o", name).exitCode == 0)
      #expect(try await cupel("data", "show", name).output.hasPrefix("t.csv: 2 rows, 2 columns\n"))
    }
  }

  @Test func aFirstLookFindsTheDelimiter() async throws {
    try work.write("a;b\n1,5;2\n3,5;4\n", to: "s.csv")
    let note = "note: s.csv is read with --delimiter ';', which splits its first lines evenly\n"
    let shown = try await cupel("data", "show", "s.csv")
    #expect(shown.output.hasPrefix("s.csv: 2 rows, 2 columns\n") && shown.error == note)
    #expect(try await cupel("data", "show", "s.csv", "--delimiter", "|").output.hasPrefix("s.csv: 2 rows, 1 column\n"))
    #expect(try await cupel("init", "s.csv", "--force").error == note)
    #expect(try work.text("cupel.yaml").contains("delimiter: \";\"\n"))
    #expect(try await cupel("run").exitCode == 0)
    let inferred = try await cupel("data", "infer", "s.csv", "-o", "s.yaml")
    #expect(inferred.output.hasSuffix("next: cupel data check s.csv --rules s.yaml --delimiter ';'\n"))
    try work.write("a|b\n1|2\n3|4\n", to: "p.csv")
    let diff = try await cupel("data", "diff", "p.csv", "s.csv")
    #expect(diff.output.contains("\"a\" has another type: integer → string"), "\(diff.output)")
    // What leaves no column whole is no other delimiter, nor is one that splits unevenly, nor what comes once.
    for text in ["a,b;c\n1,2;3\n", "a;b\n1;2;3\n", "a;b\n", "a\n1\n"] {
      try work.write(text, to: "x.csv")
      #expect(try await cupel("data", "show", "x.csv").error == "")
    }
  }

  @Test func utf16IsReadWhenItIsNamed() async throws {
    let text = "a,b\n1,é\n2,x\n"
    let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    try work.write(bytes, to: "u.csv")
    let refused = try await cupel("init", "u.csv", "--force")
    #expect(refused.exitCode == 3 && refused.error.contains("--encoding utf-16"))
    #expect(try await cupel("init", "u.csv", "--force", "--encoding", "utf-16").exitCode == 0)
    #expect(try await cupel("run").exitCode == 0)
    try work.write("columns: {b: {in: [é, x]}}\n", to: "u.yaml")
    let checked = try await cupel("data", "check", "u.csv", "--rules", "u.yaml", "--encoding", "utf-16")
    #expect(checked.exitCode == 0)
  }

  @Test func namesThatAreNearlyRightAreNamed() async throws {
    try work.write("columns: {nn: {}, iid: {}, idd: {}, ID: {}, \"n \": {}}\n", to: "rules.yaml")
    let run = try await cupel("run")
    #expect(run.output.contains("no column \"idd\"; did you mean \"id\"?"), "\(run.output)")
    #expect(run.output.contains("no column \"ID\"; it has \"id\""))
    #expect(run.output.contains("no column \"n \"; it has \"n\": one of the names has white space around it"))
  }

  /// A report of an earlier run must not stand for one that had nothing to check.
  @Test func reportsSayThatNothingWasToCheck() async throws {
    try work.write("stale", to: "r.xml")
    try work.write("# notes\n", to: "notes.md")
    let run = try await cupel("run", "notes.md", "--report", "junit=r.xml", "--report", "markdown=r.md")
    #expect(run.exitCode == 0)
    #expect(try work.text("r.xml").contains("<skipped message=\"no dataset of cupel.yaml includes notes.md"))
    #expect(try work.text("r.md").contains("`data.files` 1 skipped"))
  }

  @Test func rulesThatCouldNotBeReadAreNotWritten() async throws {
    let count = 40_000
    let names = (0..<count).map { "column_number_\($0)" }.joined(separator: ",")
    try work.write(names + "\n" + String(repeating: "1,", count: count - 1) + "1\n", to: "wide.csv")
    let run = try await cupel("data", "infer", "wide.csv", "-o", "wide.yaml")
    #expect(run.exitCode == 3 && run.error.contains("larger than 1 MB"))
    #expect(!work.exists("wide.yaml"))
  }
}
