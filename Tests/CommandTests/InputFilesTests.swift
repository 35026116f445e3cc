import TestSupport
import Testing

/// What a command reads is never what it writes over.
@Suite struct InputFilesTests {
  private static let data = "id,day\n1,2026-01-01\n2,2026-01-02\n"
  private static let config = """
    version: 1
    project: t
    data:
      t:
        source: t.csv
        rules: t.rules.yaml
    """
  private static let rules = "columns:\n  id: {between: [2, 3]}\n"

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(data, to: "t.csv")
    try folder.write(config + "\n", to: "cupel.yaml")
    try folder.write(rules, to: "t.rules.yaml")
    return folder
  }

  @Test(
    arguments: [
      ["run", "--report", "junit=t.csv"], ["run", "-r", "markdown=./cupel.yaml"], ["run", "-r", "json=t.rules.yaml"],
      ["run", "--no-such-option", "-r", "junit=cupel.yaml"], ["run", "--no-such-option", "-r", "junit=t.csv"],
      ["selftest", "-r", "junit=t.csv"], ["accept", "-r", "junit=t.rules.yaml"],
      ["data", "rows", "data.t.id.between", "-o", "t.csv"],
      ["data", "rows", "data.t.id.between", "-o", "linked.csv"],
      [
        "data", "rows", "data.t.id.between", "t.csv", "--rules", "t.rules.yaml", "-o", "t.rules.yaml", "--format",
        "csv",
      ],
      ["data", "check", "t.csv", "--rules", "t.rules.yaml", "--profile", "t.csv"],
      ["data", "check", "t.csv", "--rules", "t.rules.yaml", "-r", "junit=t.csv"],
      ["data", "check", "t.csv", "--rulez", "t.rules.yaml", "-r", "junit=t.csv"],
      ["data", "profile", "t.csv", "-o", "t.csv"], ["data", "infer", "t.csv", "-o", "t.csv", "--force"],
      ["init", "t.csv", "--output", "t.csv", "--force"],
    ])
  func nothingReplacesWhatIsRead(arguments: [String]) async throws {
    let folder = try Self.folder()
    _ = try await CupelBinary.command(["ln", "-s", "t.csv", "linked.csv"], in: folder.path)
    let run = try await CupelBinary.run(arguments, in: folder.path)
    #expect(run.exitCode == 2, "\(run.error)")
    #expect(try folder.text("t.csv") == Self.data)
    #expect(try folder.text("cupel.yaml") == Self.config + "\n")
    #expect(try folder.text("t.rules.yaml") == Self.rules)
  }

  /// A config that is wrong is not replaced by the report that says so.
  @Test func aBrokenConfigStays() async throws {
    let folder = try Self.folder()
    try folder.write("version: one\n", to: "cupel.yaml")
    let run = try await CupelBinary.run(["run", "-r", "junit=cupel.yaml"], in: folder.path)
    #expect(run.exitCode == 2)
    #expect(try folder.text("cupel.yaml") == "version: one\n")
  }

  /// The reports of a command line that is wrong take the place of those of an earlier run, and of nothing else.
  @Test(arguments: ["junit", "json", "markdown", "terminal"])
  func aWrongCommandLineReplacesReports(format: String) async throws {
    let folder = try Self.folder()
    try folder.write("columns:\n  id: {between: [1, 2]}\n", to: "t.rules.yaml")
    let good = try await CupelBinary.run(["run", "-r", "\(format)=out"], in: folder.path)
    #expect(good.exitCode == 0, "\(good.output)\(good.error)")
    let before = try folder.text("out")
    let wrong = try await CupelBinary.run(["run", "--no-such-option", "-r", "\(format)=out"], in: folder.path)
    #expect(wrong.exitCode == 2)
    #expect(try folder.text("out") != before)
    #expect(try folder.text("out").contains("no-such-option"))
  }

  /// What an earlier run wrote is replaced.
  @Test func reportsOfEarlierRunsAreReplaced() async throws {
    let folder = try Self.folder()
    for _ in 0..<2 {
      let run = try await CupelBinary.run(
        ["run", "-r", "junit=out.xml", "--now", "2026-01-03T00:00:00Z"], in: folder.path)
      #expect(run.exitCode == 1)
    }
    #expect(try folder.text("out.xml").hasPrefix("<?xml"))
  }
}
