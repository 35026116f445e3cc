import TestSupport
import Testing

/// The first config's own run is green, whatever the table holds.
@Suite struct InitTests {
  static let tables: [String: String] = [
    "plain": "id,name\n1,Ada\n2,Grace\n",
    "hostile names": "a.b,\"c, d\",\"e\"\"f\",null,${HOME},yes,\"#x\"\n1,2,3,4,5,6,7\n",
    "hostile values": "a\n"
      + (0..<120).map { ["'", "\"\"\"\"", "null", "${HOME}", "a: b", "- x", "é", "*a"][$0 % 8] }.joined(separator: "\n")
      + "\n",
    "all null": "a,b\n,1\n,2\n",
    "not a number": "x\n1\nnan\ninf\n",
    "one column": "only\n1\n",
    "large integers": "x\n9223372036854775807\n-9223372036854775808\n",
    "dates": "d,t\n2013-01-01,2013-01-01T10:00:00Z\n2013-02-28,2013-01-01 10:00\n",
  ]

  @Test(arguments: tables.keys.sorted())
  func ownRunIsGreen(name: String) async throws {
    let work = try TemporaryFolder()
    try work.write(Self.tables[name] ?? "", to: "table.csv")
    let made = try await CupelBinary.run(["init", "table.csv"], in: work.path)
    #expect(made.exitCode == 0, "\(made.error)")
    let run = try await CupelBinary.run(["run"], in: work.path)
    let config = try work.text("cupel.yaml")
    #expect(run.exitCode == 0, "\(config)\n\(run.output)")
  }

  @Test(arguments: ["january", "february", "july", "flights"])
  func realDataToo(name: String) async throws {
    let work = try TemporaryFolder()
    let data = "\(Repository.root)/fixtures/flights/data/\(name).csv"
    let made = try await CupelBinary.run(["init", data], in: work.path)
    #expect(made.exitCode == 0, "\(made.error)")
    let run = try await CupelBinary.run(["run"], in: work.path)
    #expect(run.exitCode == 0, "\(run.output)")
  }
}
