import DataChecks
import Testing
import Verdict

/// What a part of the rows does not tell is skipped, whatever the part would have said.
@Suite struct SampledPeersTests {
  private static let rules: Tree = [
    "columns": [
      "at": ["type": "timestamp", "gaps": ["every": "1h"], "freshness": ["at_most": "1h", "max_future": "2h"]],
      "n": ["type": "integer", "at_least": "0"],
    ],
    "rows_match": ["dataset": "there"],
    "aggregate_match": [["dataset": "there", "column": "n", "aggregate": "sum"]],
    "groups": [["by": "g", "as_in": "there"], ["by": "g", "as_in": "there", "vanished": "allow", "id": "new"]],
    "same_rows_as": ["dataset": "there", "key": ["n"]],
  ]

  private static func findings(sample: Double?) async throws -> [String: Finding] {
    let text = "at,n,g\n1970-01-01T00:00:00Z,1,a\n1970-01-01T01:00:00Z,2,b\n"
    var tables = Neighbours(text, ("there", text))
    tables.sample = sample
    return Dictionary(try await tables.findings(rules).map { ($0.kind, $0) }) { first, _ in first }
  }

  @Test func whatOnlyAllRowsTellIsSkipped() async throws {
    let all = try await Self.findings(sample: nil)
    let some = try await Self.findings(sample: 0.5)
    for (kind, words) in [
      ("gaps", "which periods have no value"), ("freshness", "which value is the newest"),
      ("rows_match", "how many there are"), ("aggregate_match", "what all of them add up to"),
      ("groups", "which groups have vanished"), ("same_rows_as", "which rows are only in the other dataset"),
    ] {
      #expect(all[kind]?.outcome == .passed, "\(kind): \(all[kind]?.message ?? "")")
      #expect(some[kind]?.outcome == .skipped && some[kind]?.reason == .requested, "\(kind)")
      #expect(some[kind]?.message == "a part of the rows does not tell \(words)", "\(some[kind]?.message ?? "")")
    }
    #expect(some["at_least"]?.outcome == .passed)
  }

  /// What a sample shows is there.
  @Test func newGroupsAreToldOfASampleToo() async throws {
    var tables = Neighbours("at,n,g\n1970-01-01,1,c\n", ("there", "at,n,g\n1970-01-01,1,a\n"))
    tables.sample = 0.5
    #expect(try await tables.finding("new", Self.rules).outcome == .failed)
  }
}
