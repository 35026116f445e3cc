import TestSupport
import Testing

/// What an environment says of single checks, and what a selection leaves out.
@Suite struct EnvironmentTests {
  private let work: TemporaryFolder

  init() throws {
    work = try TemporaryFolder()
    try work.write("k\n1\n-5\n", to: "a.csv")
  }

  private func run(_ environment: String, _ arguments: [String] = ["--env", "ci"]) async throws -> CupelBinary.Run {
    try work.write(
      """
      version: 1
      data:
        a: {source: a.csv, columns: {k: {type: integer, at_least: 0}}}
      environments:
        ci: {severity: {\(environment)}}
      """, to: "cupel.yaml")
    return try await CupelBinary.run(["run"] + arguments, in: work.path)
  }

  /// A mapping has no order: what says most of a check decides.
  @Test(
    arguments: [
      ("data.a.k.at_least: block, data.a: warn", 1), ("data.a: warn, data.a.k.at_least: block", 1),
      ("data.a.k.at_least: warn, data.a: block", 0), ("data.a: block, data.a.k.at_least: warn", 0),
      ("'*.at_least': warn, data.a.k: block", 0), ("data.*: warn, data.a: block", 1),
    ] as [(String, Int32)])
  func whatSaysMostDecides(severities: String, exit: Int32) async throws {
    let run = try await run(severities)
    #expect(run.exitCode == exit, "\(run.output)\(run.error)")
  }

  /// A pattern that matches nothing beside one that does would take its check out of the gate without a word.
  @Test func aPatternThatMatchesNothingIsAMistake() async throws {
    let run = try await run(
      "data.a: warn", ["--only", "data.a.k.type", "--only", "data.a.k.atleast", "--report", "junit=r.xml"])
    #expect(
      run.exitCode == 2 && run.output.contains("--only data.a.k.atleast matches no check; did you mean"),
      "\(run.output)")
    #expect(try work.text("r.xml").contains("matches no check"))
    let both = try await self.run("data.a: warn", ["--only", "data.a.k.type", "--only", "data.a.k.at_least"])
    #expect(both.exitCode == 1, "\(both.output)")
  }
}
