import TestSupport
import Testing

/// `data check --profile`: one pass answers the checks and makes the profile that `data profile` would have made.
@Suite struct CheckWithProfileTests {
  private let work: TemporaryFolder

  init() throws {
    work = try TemporaryFolder()
    var generator = SeededGenerator(seed: 5)
    // More than one chunk, so that the merges are part of what is compared.
    let rows = (0..<120_000).map { row in
      "\(row),\(Double.random(in: -3...9, using: &generator)),\(["Oslo", "", "Rio"][row % 3]),u\(row)@example.com"
    }
    try work.write("id,amount,city,email\n" + rows.joined(separator: "\n") + "\n", to: "t.csv")
    try work.write("columns:\n  id: {type: integer, unique: true}\n  amount: {at_least: -3}\n", to: "good.yaml")
    try work.write("columns:\n  id: {type: integer, unique: true}\n  amount: {at_least: 0}\n", to: "bad.yaml")
  }

  private func check(_ arguments: [String]) async throws -> CupelBinary.Run {
    try await CupelBinary.run(["data", "check"] + arguments + ["--now", "2026-01-01T00:00:00Z"], in: work.path)
  }

  @Test(arguments: [("good.yaml", "1", 0), ("bad.yaml", "1", 1), ("good.yaml", "3", 0)] as [(String, String, Int32)])
  func theProfileIsThatOfDataProfile(rules: String, threads: String, exit: Int32) async throws {
    let plain = try await CupelBinary.run(["data", "profile", "t.csv", "-o", "plain.json"], in: work.path)
    #expect(plain.exitCode == 0, "\(plain.error)")
    let alone = try await check(["t.csv", "--rules", rules])
    let both = try await check(["t.csv", "--rules", rules, "--profile", "out/p.json", "--threads", threads])
    #expect(both.exitCode == exit)
    #expect(both.output == alone.output && both.error == alone.error)
    #expect(try work.text("out/p.json") == work.text("plain.json"))
  }

  @Test func aTableThatCannotBeReadLeavesTheProfileAsItWas() async throws {
    try work.write("earlier", to: "p.json")
    try work.write("a,b\n1,x\n\"unclosed", to: "torn.csv")
    for source in ["torn.csv", "nowhere.csv"] {
      let run = try await check([source, "--rules", "good.yaml", "--profile", "p.json"])
      #expect(run.exitCode == 3, "\(run.output)")
      #expect(try work.text("p.json") == "earlier")
    }
  }

  @Test func sensitiveColumnsAreLeftOut() async throws {
    try work.write("columns:\n  email: {format: email, sensitive: true}\n", to: "private.yaml")
    let run = try await check(["t.csv", "--rules", "private.yaml", "--profile", "p.json"])
    #expect(run.exitCode == 0, "\(run.output)")
    let profile = try work.text("p.json")
    #expect(profile.contains("\"amount\"") && !profile.contains("email") && !profile.contains("example.com"))
  }

  @Test func aProfileThatCannotBeMadeOrWrittenIsSaid() async throws {
    try work.write("a,a\n1,2\n", to: "twice.csv")
    try work.write("rows: {at_least: 1}\n", to: "rows.yaml")
    let twice = try await check(["twice.csv", "--rules", "rows.yaml", "--profile", "p.json"])
    #expect(twice.exitCode == 6 && twice.output.contains("twice.csv names the column \"a\" more than once"))
    #expect(!work.exists("p.json"))
    let unwritable = try await check(["t.csv", "--rules", "good.yaml", "--profile", "t.csv/p.json"])
    #expect(unwritable.exitCode == 6 && unwritable.output.contains("t.csv/p.json"), "\(unwritable.output)")
    let same = try await check(["t.csv", "--rules", "good.yaml", "--profile", "r.json", "--report", "json=r.json"])
    #expect(same.exitCode == 2)
  }
}
