import Foundation
import ModelChecks
import TestSupport
import Testing
import Verdict

/// Several classes, by the scores of all of them.
@Suite struct MulticlassScoreTests {
  private static let head = "id,y,p_b,p_a,p_c\n"
  private static let rows = "1,a,0.25,0.5,0.25\n2,b,0.5,0.25,0.25\n3,c,0.5,0.25,0.25\n"

  /// By hand: the classes that came have 1/2, 1/2 and 1/4, so the log loss is (2 log 2 + log 4) / 3 = 4 log 2 / 3; the
  /// third row is called b.
  private static let gates = [
    TaskFixture.gate("log_loss", is: 4 * log(2) / 3), TaskFixture.gate("accuracy", is: 2.0 / 3),
    TaskFixture.gate(["name": "top_k_accuracy", "k": "3"], is: 1),
  ]

  private static let columns: [ConfigTree] = ["p_*", ["a": "p_a", "b": "p_b", "c": "p_c"]]

  @Test(arguments: columns)
  func scoresAreNamedByAPatternOrOneByOne(columns: ConfigTree) async throws {
    let found = try await TaskFixture.findings(
      "multiclass", [("label", "y"), ("scores", columns)], Self.gates, candidate: Self.head + Self.rows)
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .passed], "\(found.map(\.message))")
  }

  /// By hand, of the grades 1, 2 and 10: the miss is two grades wide, 4 of 26 / 4 by chance; by text 10 would stand beside 1.
  /// Names have the order of the config, and none without it.
  @Test func weightsFollowTheOrderOfTheClasses() async throws {
    let gate = TaskFixture.gate(["name": "cohen_kappa", "weights": "quadratic"], is: 1 - 4 / (26.0 / 4))
    let columns: [(String, ConfigTree)] = [("label", "y"), ("prediction", "p")]
    func found(_ file: String, _ more: [(String, ConfigTree)] = []) async throws -> [Finding] {
      try await TaskFixture.findings("multiclass", columns + more, [gate], candidate: file)
    }
    let grades = "y,p\n1,1\n2,2\n10,10\n10,1\n"
    #expect(try await found(grades).last?.outcome == .passed)
    let names = "y,p\nlow,low\nmid,mid\nhigh,high\nhigh,low\n"
    let ordered = try await found(names, [("classes", ["low", "mid", "high"])])
    #expect(ordered.last?.outcome == .passed, "\(ordered.map(\.message))")
    let unordered = try await found(names)
    #expect(unordered.last?.outcome == .errored && unordered.last?.message.contains("an order of the classes") == true)
  }

  @Test func scoresStandInOrderOrInLists() async throws {
    let classes: (String, ConfigTree) = ("classes", ["b", "a", "c"])
    let several = try await TaskFixture.findings(
      "multiclass", [("label", "y"), ("scores", ["p_b", "p_a", "p_c"]), classes], Self.gates,
      candidate: Self.head + Self.rows)
    #expect(several.allSatisfy { $0.outcome == .passed }, "\(several.map(\.message))")
    let lists = "id,y,p\n1,a,\"[0.25,0.5,0.25]\"\n2,b,\"[0.5, 0.25, 0.25]\"\n3,c,\"[0.5,0.25,0.25]\"\n"
    let found = try await TaskFixture.findings(
      "multiclass", [("label", "y"), ("scores", "p"), classes], Self.gates, candidate: lists)
    #expect(found.allSatisfy { $0.outcome == .passed }, "\(found.map(\.message))")
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var rows: String
    var message: String
    /// Of the predictions, and of the log loss.
    var outcomes: [Outcome]
    var testDescription: String { message }
  }

  @Test(arguments: [
    Bad(rows: "1,d,0.5,0.25,0.25\n", message: "a label that is no class: \"d\"", outcomes: [.errored, .skipped]),
    Bad(rows: "1,a,0.5,0.25,\n", message: "no value in \"p_c\"", outcomes: [.errored, .skipped]),
    Bad(rows: "1,a,0.5,0.25,nan\n", message: "NaN in \"p_c\"", outcomes: [.errored, .skipped]),
    Bad(rows: "1,a,0.5,0.25,0.5\n", message: "sum to 1.25", outcomes: [.passed, .errored]),
    Bad(rows: "1,a,1.5,0,-0.5\n", message: "lies between 0 and 1", outcomes: [.passed, .errored]),
  ])
  func badScoresAreNoPass(bad: Bad) async throws {
    let found = try await TaskFixture.findings(
      "multiclass", [("label", "y"), ("scores", "p_*")], [["metric": "log_loss", "at_most": "9"]],
      candidate: Self.head + bad.rows)
    #expect(found.map(\.outcome) == bad.outcomes, "\(found.map(\.message))")
    #expect(found.contains { $0.message.contains(bad.message) }, "\(found.map(\.message))")
  }

  @Test func modelsOfOtherClassesAreNotCompared() async throws {
    let found = try await TaskFixture.findings(
      "multiclass", [("label", "y"), ("scores", "p_*"), ("id", "id")],
      [["metric": "log_loss", "max_regression": "9 absolute"]], candidate: "id,y,p_a,p_b,p_c\n1,a,0.5,0.25,0.25\n",
      baseline: "id,y,p_a,p_b\n1,a,0.5,0.5\n")
    #expect(found.map(\.outcome) == [.errored, .skipped, .skipped])
    #expect(found[0].message.contains("the classes a, b, c, and the baseline of a, b"), "\(found)")
  }

  @Test func aPatternThatMatchesNothingFails() async throws {
    let found = try await TaskFixture.findings(
      "multiclass", [("label", "y"), ("scores", "q_*")], [["metric": "log_loss", "at_most": "9"]],
      candidate: Self.head + Self.rows)
    #expect(found[0].outcome == .failed && found[0].message.contains("no column \"q_*\""), "\(found[0].message)")
  }

  @Test func theConfigSaysWhatIsMissing() {
    let gate: ConfigTree = ["metric": "log_loss", "at_most": "1"]
    #expect(
      TaskFixture.problems("multiclass", [("label", "y"), ("prediction", "k")], [gate]) == [
        "log_loss cannot be computed from the columns of the candidate: the metric needs probabilities, and these rows "
          + "have predictions only"
      ])
    #expect(
      TaskFixture.problems("multiclass", [("label", "y"), ("scores", "p")], [gate]) == [
        "nothing says which class each score is of"
      ])
    #expect(
      TaskFixture.problems("multiclass", [("label", "y"), ("score", "p"), ("prediction", "k")], [gate]).first
        == "a multiclass model has no score")
    #expect(
      TaskFixture.problems("binary", [("label", "y_*"), ("score", "p")], [gate]).first
        == "the label of a binary model is one column")
  }
}
