import DataChecks
import Scan
import TestSupport
import Testing
import Verdict

/// Rows of checks that no row answers by itself: beside the row before, in another dataset, after a look at all of them.
@Suite struct WrittenJudgementsTests {
  private static func limits(_ checks: (String, Tree)...) -> Tree { .mapping(checks) }

  private static let rules: Tree = [
    "columns": [
      "n": [
        "type": "integer",
        "checks": [
          ["increasing": "true"], ["decreasing": "strictly", "group_by": "code", "allow": "100%"],
          ["sequential": "true", "id": "stepwise"], ["increasing": "strictly", "id": "some", "where": "n > 3"],
        ],
      ],
      "code": [
        "references": "codes.code",
        "checks": [["references": "codes.code", "id": "small", "where": "n < 5"], ["spellings": "consistent"]],
      ],
      "text": [
        "mixed_types": ["at_most": "0%"], "length_outliers": ["at_most": "0%", "inner": "50%", "factor": "1"],
        "checks": [
          ["mixed_types": ["at_most": "0%"], "id": "mixed_groups", "group_by": "code"],
          ["spellings": "consistent", "id": "spelled_groups", "group_by": "n", "where": "n > 0"],
        ],
      ],
      "wide": ["type": "string", "truncated": ["at_most": "0 rows"]],
    ],
    "foreign_keys": [["columns": ["code", "n"], "dataset": "codes"]],
    "groups": [["by": "code", "as_in": "codes", "vanished": "allow"]],
    "lag": [["event": "from", "load": "to", "at_most": "1h"]],
  ]

  private static func row(_ row: Int, _ generator: inout SeededGenerator) -> String {
    let n = ["\(Int.random(in: 0...9, using: &generator))", "\(row)", "", "x"].randomElement(using: &generator) ?? ""
    let code = ["a", "b", "B", "c.", "c", ""].randomElement(using: &generator) ?? ""
    let text = ["1", "2.5", "7", "7", "yes", "YES!", "2020-01-01", "", String(repeating: "y", count: 30)]
    let wide = ["", "x", String(repeating: "w", count: 127)].randomElement(using: &generator) ?? ""
    let hours = (0..<2).map { _ in Int.random(in: 10...12, using: &generator) }
    let times = hours.map { "2020-01-01T\($0):00:00Z" }.joined(separator: ",")
    return "\(row),\(n),\(code),\(text.randomElement(using: &generator) ?? ""),\(wide),\(times)"
  }

  private static func tables(rows: Int, _ generator: inout SeededGenerator) -> (here: [String], codes: String) {
    let codes = (0..<12).map { "\(["a", "b", "c"].randomElement(using: &generator) ?? ""),\($0 % 7)\n" }
    return ((0..<rows).map { row($0, &generator) }, "code,n\n" + codes.joined())
  }

  /// What is written is what the finding counts, in the order of the table, and no row is on both sides.
  @Test(arguments: [256 << 20, 1 << 14], [1, 3])
  func violatingRowsAndTheOthersAreTheTable(memory: Int, threads: Int) async throws {
    var generator = SeededGenerator(seed: 41)
    var judged: Set<String> = []
    for _ in 0..<8 {
      let (rows, codes) = Self.tables(rows: Int.random(in: 1...150, using: &generator), &generator)
      var tables = Neighbours(
        "row,n,code,text,wide,from,to\n" + rows.map { $0 + "\n" }.joined(), ("codes", codes))
      (tables.memory, tables.threads) = (memory, threads)
      for finding in try await tables.findings(Self.rules) where finding.judgesRows && finding.kind != "type" {
        let id = String(finding.id.description.dropFirst("data.t.".count))
        // A group of which nothing can be told keeps none of the others from being judged.
        let isGrouped = finding.id.check.hasSuffix("_groups")
        guard finding.outcome == .passed || finding.outcome == .failed || isGrouped else { continue }
        let violating = try #require(try await tables.written(Self.rules, id, violating: true), "\(id)")
        let others = try #require(try await tables.written(Self.rules, id, violating: false), "\(id)")
        #expect(rows.filter(Set(violating).contains) == violating, "\(id)")
        // Rows that a condition cannot read are on neither side.
        #expect(rows.filter(Set(others).contains) == others, "\(id)")
        #expect(Set(others).isDisjoint(with: violating), "\(id)")
        if let counted = finding.evidence.counts?.violating, !isGrouped {
          #expect(violating.count == counted, "\(id): \(finding.message)")
        }
        if !violating.isEmpty { judged.insert(finding.id.check) }
      }
    }
    #expect(
      judged == [
        "increasing", "decreasing", "stepwise", "some", "references", "small", "spellings", "mixed_types",
        "mixed_groups", "spelled_groups", "length_outliers", "truncated", "foreign_key code+n", "groups code",
        "lag from+to",
      ])
  }

  @Test(arguments: [256 << 20, 1 << 14])
  func rowsThatAreNotTheSame(memory: Int) async throws {
    let rules: Tree = ["same_rows_as": ["dataset": "there", "key": ["id"], "columns": ["v"]]]
    var tables = Neighbours(
      "id,v,w\n1,a,1\n2,b,1\n3,c,1\n1,a,2\n,x,1\n4,d,1\n", ("there", "id,v\n1,a\n2,B\n4,d\n5,e\n"))
    tables.memory = memory
    // 3 is only here, 2 has another value, 1 comes again; 5 is no row of this table.
    #expect(try await tables.written(rules, "same_rows_as", violating: true) == ["2,b,1", "3,c,1", "1,a,2"])
    #expect(try await tables.written(rules, "same_rows_as", violating: false) == ["1,a,1", ",x,1", "4,d,1"])
  }

  @Test func theOrderIsThatOfTheWholeTable() async throws {
    // Chunks are about a megabyte: the violating pairs lie across them and within.
    let pad = String(repeating: "x", count: 100)
    let rows = (0..<60_000).map { "\($0 % 10_007),\(pad)" }
    let tables = Neighbours("n,pad\n" + rows.map { $0 + "\n" }.joined())
    let rules: Tree = ["columns": ["n": ["type": "integer", "sequential": "true"]]]
    let expected = rows.indices.filter { $0 > 0 && $0 % 10_007 == 0 }.map { rows[$0] }
    #expect(try await tables.written(rules, "n.sequential", violating: true) == expected)
  }

  @Test func whatCannotBeToldIsAnError() async throws {
    let rules: Tree = ["columns": ["a": ["references": "codes.code", "spellings": "consistent"]]]
    for codes in ["code,x\n", "code,x\n,1\n"] {
      let tables = Neighbours("a,b\nx,1\n", ("codes", codes))
      await #expect(throws: ScanError.self) { try await tables.written(rules, "a.references", violating: true) }
    }
    let many = Neighbours("a,b\n" + (0..<10_001).map { "t\($0),1\n" }.joined(), ("codes", "code,x\n1,1\n"))
    await #expect(throws: ScanError.self) { try await many.written(rules, "a.spellings", violating: true) }
    let absent = Neighbours("a,b\nx,1\n", ("codes", nil))
    await #expect(throws: ScanError.self) { try await absent.written(rules, "a.references", violating: true) }
  }
}
