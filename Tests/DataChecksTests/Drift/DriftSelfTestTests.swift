import DataChecks
import Language
import TestSupport
import Testing
import Verdict

/// Of every column that drift judges it is told how few rows of it must change.
@Suite struct DriftSelfTestTests {
  /// `a` is uniform in 0..<1000, each value as often as any other; `b` is one of four words; `id` names rows.
  private static func table(_ rows: Int) -> String {
    let words = ["north", "south", "east", "west"]
    return "id,a,b\n" + (0..<rows).map { "r\($0),\(($0 * 389) % 1000),\(words[$0 % 4])\n" }.joined()
  }

  private func tested(_ rule: Tree, rows: Int = 2000) async throws -> [Finding] {
    let folder = try TemporaryFolder()
    for name in ["t", "before"] { try folder.write(Self.table(rows), to: name) }
    var tables = Neighbours(Self.table(rows), ("before", Self.table(rows)))
    tables.baseline = "before"
    var problems = Problems()
    let subject = SelfTest(of: try tables.subject(["drift": rule], in: folder.path, &problems), .everything)
    try #require(problems.isEmpty, "\(problems)")
    let found = await subject.evaluate(.everything, in: RunContext(workingDirectory: "/", environment: [:], now: 0))
    #expect(found.map(\.id) == subject.checks.map(\.id))
    return found.filter { $0.kind == "drift" }
  }

  /// The share that a message names.
  private func share(_ finding: Finding) throws -> Double {
    let words = finding.message.split(separator: " ")
    try #require(words.starts(with: ["red", "from"]), "\(finding.message)")
    return try #require(Double(words[2].dropLast()))
  }

  @Test func everyJudgedColumnHasACaseWithItsShare() async throws {
    let found = try await tested("all")
    #expect(found.map { $0.id.column ?? "" } == ["id", "a", "b"])
    // What the check leaves out cannot turn red.
    #expect(found.map(\.outcome) == [.skipped, .passed, .passed], "\(found.map(\.message))")
    for finding in found.dropFirst() {
      // 2% of new values are as far as a distance of 0.1, and the interval adds what 2,000 rows leave open.
      let share = try share(finding)
      #expect(share > 2 && share < 12, "\(finding.message)")
      #expect(finding.message.contains(" more rows like it turns it red: "))
      #expect(finding.evidence.notes.count == 2, "\(finding.evidence.notes)")
    }
  }

  @Test func aLaxerLimitTakesMoreRows() async throws {
    var shares: [Double] = []
    for limit in ["0.1", "0.97"] {
      let rule: Tree = [
        "columns": "b", "distance": ["at_most": .scalar(limit)], "unseen": ["at_most": "100%"],
        "nulls": ["at_most": "100%"],
      ]
      let found = try await tested(rule)
      #expect(found.map(\.outcome) == [.passed], "\(found.map(\.message))")
      shares.append(try share(found[0]))
    }
    #expect(shares[0] < 12 && shares[1] > 90, "\(shares)")
  }

  /// The whole makes a claim of its own where a share of the columns may drift.
  @Test func aShareIsACaseOfItsOwn() async throws {
    let found = try await tested(["columns": ["a", "b"], "share": ["at_most": "60%"]])
    #expect(found.map { $0.id.column ?? "" } == ["", "a", "b"])
    #expect(found.map(\.outcome) == [.passed, .passed, .passed], "\(found.map(\.message))")
    #expect(found[0].message.contains("2 of 2 columns drifted"))
  }

  /// A limit that no change of the column reaches guards nothing.
  @Test func aRuleThatNothingTurnsRedFails() async throws {
    let found = try await tested([
      "columns": "a", "method": "wasserstein", "distance": ["at_most": "1e12"], "unseen": ["at_most": "100%"],
      "nulls": ["at_most": "100%"],
    ])
    #expect(found.map(\.outcome) == [.failed], "\(found.map(\.message))")
    #expect(found[0].message.hasPrefix("it stays green after each of "))
  }
}
