import Language
import ModelChecks
import TestSupport
import Testing
import Verdict

/// A gate that names slices judges these alone, so that a slice has a bound of its own.
@Suite struct SliceChoiceTests {
  /// AA is right on 45 of 50 rows and HA on 20 of 40: 72 % of all rows.
  private static let rows =
    "id,y,p,carrier,d\n"
    + (0..<90).map { row in
      let isRight = row < 50 ? row < 45 : row < 70
      return "\(row),1,\(isRight ? "0.9" : "0.1"),\(row < 50 ? "AA" : "HA"),\(row)\n"
    }.joined()

  private static let slices: ConfigTree = [
    "carrier", ["name": "early", "where": "d < 50"], ["column": "d", "bins": ["0", "50", "90"]],
  ]

  private static func findings(_ gates: [ConfigTree]) async throws -> [Finding] {
    try await PredictionFixture.findings(rows, nil, gates, [("slices", slices), ("min_rows", "10")])
  }

  @Test func namedSlicesAreJudgedAlone() async throws {
    let found = try await Self.findings([
      ["metric": "accuracy", "at_least": "0.7"],
      ["metric": "accuracy", "at_least": "0.9", "slices": "early", "id": "early"],
      ["metric": "accuracy", "at_least": "0.5", "slices": ["carrier", "d"], "id": "others"],
    ])
    #expect(
      found.dropFirst().map(\.id.check) == ["at_least", "early@early", "others@carrier", "others@d"])
    #expect(found.allSatisfy { $0.outcome == .passed }, "\(found.map(\.message))")
    let strict = try await Self.findings([
      ["metric": "accuracy", "at_least": "0.91", "slices": ["early"]],
      ["metric": "accuracy", "at_least": "0.6", "slices": ["carrier", "d"], "id": "others"],
    ])
    #expect(strict.dropFirst().map(\.outcome) == [.failed, .failed, .failed])
    #expect(strict[1].message.contains("accuracy is 0.9,"), "\(strict[1].message)")
    #expect(strict[2].message.contains("carrier = HA"), "\(strict[2].message)")
  }

  /// What discovered slices need, gates of other slices do not.
  @Test func namedSlicesNeedNothingOfDiscoveredOnes() throws {
    func problems(_ choice: ConfigTree) -> [Diagnostic] {
      let model = PredictionFixture.model(
        [
          ["metric": "accuracy", "at_least": "0.5", "confidence": "95%", "slices": "discovered"],
          ["metric": "ece", "at_most": "0.9", "slices": choice],
        ], [("slices", [["discover": "true"], ["name": "early", "where": "d < 50"]])])
      return ModelFixture.decode(["delay": model]).problems
    }
    #expect(problems("early").isEmpty)
    #expect(problems("all").contains { $0.headline == "a discovered slice says nothing without an interval" })
  }

  @Test func allIsAllRowsAndEverySlice() async throws {
    let found = try await Self.findings([["metric": "accuracy", "at_least": "0.5", "slices": "all"]])
    #expect(
      found.dropFirst().map(\.id.check) == ["at_least", "at_least@carrier", "at_least@early", "at_least@d"])
  }

  @Test(
    arguments: [
      (["carrrier"] as ConfigTree, "no slices are called \"carrrier\"", "did you mean \"carrier\"?"),
      ("al", "no slices are called \"al\"", "did you mean \"all\"?"),
      (["all", "carrier"], "all are all, so no other is named beside them", nil),
      (["carrier", "carrier"], "the slices by carrier are named twice", nil),
      ([], "no slice is judged", nil),
      ("early", "no gate judges the slices by carrier, so they check nothing", nil),
    ] as [(ConfigTree, String, String?)])
  func mistakesAreNamed(choice: ConfigTree, headline: String, label: String?) throws {
    let model = PredictionFixture.model(
      [["metric": "accuracy", "at_least": "0.5", "slices": choice]], [("slices", Self.slices)])
    let problem = try #require(ModelFixture.decode(["delay": model]).problems.first)
    #expect(problem.headline == headline && problem.label == label && problem.location != nil, "\(problem)")
  }
}
