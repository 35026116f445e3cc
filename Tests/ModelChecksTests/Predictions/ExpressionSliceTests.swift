import ModelChecks
import TestSupport
import Testing
import Verdict

/// Slices by a condition over the columns.
@Suite struct ExpressionSliceTests {
  private static let file = "y,p,d,c\n1,0.9,100,a\n0,0.1,200,b\n1,0.2,2000,a\n0,0.1,3000,b\n1,0.9,,a\n"

  private static func findings(_ slices: ConfigTree) async throws -> [Finding] {
    try await TaskFixture.findings(
      "binary", [("label", "y"), ("score", "p"), ("slices", [slices])],
      [["metric": "accuracy", "at_least": "0.6", "slices": "all"]], candidate: file)
  }

  /// Four of five are right, and of the two long flights one; the row without a distance is in no slice.
  @Test func aConditionSelectsItsRows() async throws {
    let found = try await Self.findings(["name": "long-haul", "where": "d > 1500"])
    #expect(found.map(\.id.check) == ["predictions", "at_least", "at_least@long-haul"])
    #expect(found.map(\.outcome) == [.passed, .passed, .failed], "\(found.map(\.message))")
    #expect(found[2].message.contains("long-haul: accuracy is 0.5") && found[2].evidence.counts?.evaluated == 2)
    #expect(found[2].evidence.notes.contains { $0.contains("1 row it is unknown") }, "\(found[2].evidence.notes)")
  }

  @Test func aConditionGoesWithColumns() async throws {
    let found = try await Self.findings([["column": "c"], ["name": "short", "where": "d < 1500 and y >= 0"]])
    #expect(found.last?.outcome == .errored)
    var model: [(String, ConfigTree)] = [("label", "y"), ("score", "p"), ("min_rows", "1")]
    model.append(("slices", [[["column": "c"], ["name": "short", "where": "d < 1500"]]]))
    let small = try await TaskFixture.findings(
      "binary", model, [["metric": "accuracy", "at_least": "1", "slices": "all", "severity": "warn"]],
      candidate: Self.file)
    #expect(small.last?.outcome == .passed && small.last?.message == "holds in all 2 slices by c+short")
  }

  @Test func aSliceWithoutRowsFails() async throws {
    let found = try await Self.findings(["name": "moon", "where": "d > 300000"])
    #expect(found[2].outcome == .failed && found[2].message == "no row is in the slice \"moon\"", "\(found[2].message)")
  }

  private static let mistakes: [(ConfigTree, String)] = [
    (["name": "x", "where": "d >"], "expected"), (["name": "x", "where": "d + 1"], "this is a value, not a claim"),
    (["where": "d > 1"], "a slice by a condition has a name"),
    (["name": "x", "column": "d", "where": "d > 1"], "a slice by a condition has a name and nothing else"),
    (["name": "x"], "a name is for a slice by a condition"), (["bins": ["0", "1"]], "the key \"column\" is missing"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamed(slice: ConfigTree, headline: String) {
    let problems = TaskFixture.problems(
      "binary", [("label", "y"), ("score", "p"), ("slices", [slice])],
      [["metric": "accuracy", "at_least": "0.6", "slices": "all"]])
    #expect(problems.contains { $0.contains(headline) }, "\(problems)")
  }
}
