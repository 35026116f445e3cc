import DataChecks
import Testing
import Verdict

@Suite struct ForeignKeysCheckTests {
  private static let rules: Tree = [
    "foreign_keys": [["columns": ["a", "b"], "dataset": "u", "to": ["x", "y"], "id": "pair"]]
  ]

  @Test func pairsAreLookedUpTogether() async throws {
    let there = ("u", Optional("y,x,z\n1,p,0\n2,q,0\n"))
    #expect(try await Neighbours("a,b\np,1\nq,2\n", there).finding("pair", Self.rules).outcome == .passed)
    let finding = try await Neighbours("a,b\np,1\np,2\n,2\nq,1\n", there).finding("pair", Self.rules)
    #expect(finding.outcome == .failed)
    #expect(finding.message == "2 of 3 rows have a key that is not in u (x, y) (66.7%)")
    #expect(finding.evidence.counts?.all == [4, 1, 3, 2])
    #expect(finding.evidence.samples.map(\.line) == [3, 5])
    #expect(finding.evidence.samples.map(\.value) == ["a = \"p\", b = \"2\"", "a = \"q\", b = \"1\""])
    let allowed: Tree = [
      "foreign_keys": [["columns": ["a", "b"], "dataset": "u", "to": ["x", "y"], "allow": "70%", "where": "a = 'p'"]]
    ]
    let some = try await Neighbours("a,b\np,1\np,2\nr,2\n", there).finding("\"foreign_key a+b\"", allowed)
    #expect(some.outcome == .passed && some.evidence.counts?.all == [2, 0, 2, 1])
  }

  @Test func namesMayBeTheSame() async throws {
    let rules: Tree = ["foreign_keys": [["columns": ["a", "b"], "dataset": "u"]]]
    let finding = try await Neighbours("a,b\n1,2\n", ("u", "b,a\n2,1\n")).finding("\"foreign_key a+b\"", rules)
    #expect(finding.outcome == .passed)
  }

  @Test(
    arguments: [
      ("a,b\n1,\n,2\n", Optional("x,y\n1,2\n"), Reason.nothingToEvaluate),
      ("a,b\n", "x,y\n1,2\n", .nothingToEvaluate),
      ("a,b\n1,2\n", "x,y\n", .nothingToEvaluate), ("a,b\n1,2\n", "x,y\n1,\n,2\n", .nothingToEvaluate),
      ("a,b\n1,2\n", "x\n1\n", .io), ("a,b\n1,2\n", nil, .io),
    ] as [(String, String?, Reason)])
  func whereNothingCanBeToldNothingPasses(here: String, there: String?, reason: Reason) async throws {
    let finding = try await Neighbours(here, ("u", there)).finding("pair", Self.rules)
    #expect(finding.outcome == .errored && finding.reason == reason, "\(finding.message)")
  }

  @Test func theRulesAreChecked() throws {
    let rules: Tree = [
      "foreign_keys": [
        ["columns": ["a", "a"], "dataset": "u"], ["columns": ["a"], "dataset": "u", "to": ["x", "y"]],
        ["columns": ["a"]], ["columns": ["a", "b"], "dataset": "u", "to": ["x", "x"]],
      ]
    ]
    #expect(
      Gate.problems(rules).map(\.headline) == [
        "expected a list of different columns", "\"to\" has 2 columns and \"columns\" 1",
        "the key \"dataset\" is missing here", "expected a list of different columns",
      ])
  }

  @Test func sensitiveColumnsAreHidden() async throws {
    let other: Tree = ["columns": ["y": ["sensitive": "true"]]]
    let tables = Neighbours("a,b\n8675309,5551212\n", ("u", "x,y\n8675309,1\n"), rules: ["u": other])
    let finding = try await tables.finding("pair", Self.rules)
    #expect(finding.outcome == .failed)
    #expect(!"\(finding)".contains("8675309") && !"\(finding)".contains("5551212"))
  }
}
