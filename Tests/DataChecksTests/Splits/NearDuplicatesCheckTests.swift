import DataChecks
import Testing
import Verdict

@Suite struct NearDuplicatesCheckTests {
  private static let text = "a lamp stands in the corner of the room and nobody lights it"

  private static func rules(_ further: (String, Tree)...) -> Tree {
    ["near_duplicates": [.mapping([("columns", ["t"]), ("id", "near")] + further)]]
  }

  @Test func theOtherRowIsNamed() async throws {
    let csv = "t,i\nsomething else that is not like it,1\n\(Self.text),2\n,3\n\(Self.text) now,4\n"
    let finding = try await Gate.finding("near", Self.rules(), on: csv)
    #expect(finding.outcome == .failed)
    #expect(finding.message == "1 of 3 rows are at least 90% alike to an earlier row (33.3%)")
    #expect(finding.evidence.counts?.all == [4, 1, 3, 1])
    #expect(finding.evidence.samples.map(\.line) == [5])
    // 55 different pieces of the 60 characters, and four more of the longer text: 55 of 59.
    #expect(finding.evidence.samples.map(\.value) == ["93.2% alike to t.csv, line 3"])
    #expect(try await Gate.finding("near", Self.rules(("similarity", "94%")), on: csv).outcome == .passed)
    #expect(try await Gate.finding("near", Self.rules(("allow", "1 row")), on: csv).outcome == .passed)
    #expect(try await Gate.finding("near", Self.rules(("where", "i != 2")), on: csv).outcome == .passed)
  }

  @Test func otherSplitsAreLookedAt() async throws {
    let tables = Neighbours(
      "t\n\(Self.text)\nsomething else\nsomething else\n", ("u", "i,t\n1,nothing like it\n"),
      ("v", "t\n\(Self.text) now\n"))
    let finding = try await tables.finding("near", Self.rules(("with", ["u", "v"])))
    #expect(finding.message == "1 of 3 rows are at least 90% alike to a row of u or v (33.3%)")
    #expect(finding.evidence.samples.map(\.value) == ["93.2% alike to v: v.csv, line 2"])
    let written = try await tables.written(Self.rules(("with", ["u", "v"])), "near", violating: true)
    #expect(written == [Self.text])
    let within = try await tables.written(Self.rules(), "near", violating: true)
    #expect(within == ["something else"])
  }

  @Test(
    arguments: [
      ("t\n", Optional("t\nx\n"), Reason.nothingToEvaluate), ("t,b\n,1\n", "t\nx\n", .nothingToEvaluate),
      ("t\nx\n", "t\n", .nothingToEvaluate), ("t\nx\n", "t,b\n,1\n", .nothingToEvaluate), ("t\nx\n", "b\nx\n", .io),
      ("t\nx\n", nil, .io),
    ] as [(String, String?, Reason)])
  func whereNothingCanBeToldNothingPasses(here: String, there: String?, reason: Reason) async throws {
    let finding = try await Neighbours(here, ("u", there)).finding("near", Self.rules(("with", "u")))
    #expect(finding.outcome == .errored && finding.reason == reason, "\(finding.message)")
  }

  @Test func aSimilarityByChanceIsAProblem() {
    #expect(Gate.problems(Self.rules(("similarity", "20%"))).count == 1)
    #expect(Gate.problems(Self.rules(("similarity", "0.9"))).count == 1)
  }

  @Test func noTextIsShown() async throws {
    let rules: Tree = [
      "near_duplicates": [["columns": ["t"], "id": "near"]], "columns": ["t": ["sensitive": "true"]],
    ]
    let finding = try await Gate.finding("near", rules, on: "t\n\(Self.text)\n\(Self.text)\n")
    #expect(finding.outcome == .failed && !"\(finding)".contains("lamp"))
  }
}
