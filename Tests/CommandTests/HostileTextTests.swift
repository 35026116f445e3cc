import TestSupport
import Testing
import XML

/// What comes from outside commands neither a terminal nor a CI system, and secrets appear nowhere.
@Suite struct HostileTextTests {
  private func hostile() throws -> TemporaryFolder {
    let work = try TemporaryFolder()
    try work.write(
      """
      version: 1
      data:
        d:
          source: "x\\n::error::name.csv"
          columns:
            "nl\\n::error::q": {type: integer}
            "\\e[31mred": {}
            "##vso[task.complete]": {}
      """, to: "cupel.yaml")
    return work
  }

  @Test(arguments: [
    ["list"], ["run"], ["run", "x\n::error::file"], ["explain", "data.d.\u{1B}[31m"],
    ["init", "\u{1B}[31m\n::error::x"],
    ["run", "--only", "\n##[error]x"], ["\n::error::z\u{1B}[31m"], ["config", "check"],
  ])
  func nothingGetsThrough(arguments: [String]) async throws {
    let work = try hostile()
    let run = try await CupelBinary.run(arguments, in: work.path)
    for text in [run.output, run.error] {
      #expect(!text.contains("\u{1B}"), "\(text)")
      #expect(!text.split(separator: "\n").contains { $0.drop { $0 == " " }.hasPrefix("::") }, "\(text)")
      #expect(!text.contains("##vso[") && !text.contains("##["), "\(text)")
    }
  }

  @Test(arguments: [["run", "--report", "junit=r.xml", "--report", "json=r.json"], ["config", "check"], ["list"]])
  func secretsStayOutOfConfigErrors(arguments: [String]) async throws {
    let work = try TemporaryFolder()
    try work.write(
      """
      version: 1
      data:
        d:
          source: d.csv
          columns:
            a: {type: integer, in: ["${secret:TOKEN}"]}
            b: {matches: "${secret:TOKEN}("}
      """, to: "cupel.yaml")
    let token = "tok123abcDEF"
    let run = try await CupelBinary.run(arguments, in: work.path, environment: ["TOKEN": token])
    #expect(run.exitCode == 2)
    var texts = [run.output, run.error]
    for report in ["r.xml", "r.json"] where work.exists(report) { texts.append(try work.text(report)) }
    for text in texts { #expect(!text.contains(token), "\(text)") }
  }

  /// A report of an earlier run must not speak for a command line that was never run.
  @Test(arguments: [["run", "--fail-on", "foo"], ["run", "--onyl", "x"], ["run", "--timeout", "5"]])
  func aWrongCommandLineReplacesItsReport(arguments: [String]) async throws {
    let work = try TemporaryFolder()
    try work.write("<testsuites name=\"cupel\"/>", to: "r.xml")
    let run = try await CupelBinary.run(arguments + ["--report", "junit=r.xml"], in: work.path)
    #expect(run.exitCode == 2)
    let report = try work.text("r.xml")
    #expect(report.contains("cupel.config"))
    try XMLSchemaValidator(xsd: Array(try Repository.text("rules/junit.xsd").utf8)).validate(Array(report.utf8))
  }

  @Test func noCommandIsNoPass() async throws {
    let work = try TemporaryFolder()
    #expect(try await CupelBinary.run([], in: work.path).exitCode == 2)
  }
}
