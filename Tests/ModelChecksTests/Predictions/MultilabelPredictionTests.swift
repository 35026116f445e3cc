import ModelChecks
import TestSupport
import Testing
import Verdict

/// Rows with any number of labels each.
@Suite struct MultilabelPredictionTests {
  /// By hand, of the labels {a}, {a, b}, {} and the calls {a}, {a}, {c}: two of nine decisions are wrong, all of a row are
  /// right in one of three rows.
  private static let gates = [
    TaskFixture.gate("hamming_loss", is: 2.0 / 9), TaskFixture.gate("accuracy", is: 1.0 / 3),
  ]

  @Test func labelsStandInColumnsOfTheirOwn() async throws {
    let found = try await TaskFixture.findings(
      "multilabel", [("label", "y_*"), ("prediction", "k_*")], Self.gates,
      candidate: "y_a,y_b,y_c,k_c,k_a,k_b\n1,0,0,0,1,0\ntrue,true,false,0,1,0\n0,0,0,1,0,0\n")
    #expect(found.map(\.outcome) == [.passed, .passed, .passed], "\(found.map(\.message))")
  }

  @Test(arguments: [
    ("y,k\na,a\na|b,a\n,c\n", nil), ("y,k\na,a\na; b,a\n,c\n", ";"),
    ("y,k\n\"[\"\"a\"\"]\",a\n\"[\"\"a\"\",\"\"b\"\"]\",a\n[],\"[\"\"c\"\"]\"\n", nil),
  ])
  func labelsStandInOneColumn(file: String, delimiter: String?) async throws {
    var keys: [(String, ConfigTree)] = [("label", "y"), ("prediction", "k"), ("classes", ["a", "b", "c"])]
    if let delimiter { keys.append(("delimiter", .quoted(delimiter))) }
    let found = try await TaskFixture.findings("multilabel", keys, Self.gates, candidate: file)
    #expect(found.map(\.outcome) == [.passed, .passed, .passed], "\(found.map(\.message))")
  }

  @Test func scoresReachTheThreshold() async throws {
    let found = try await TaskFixture.findings(
      "multilabel", [("label", "y_*"), ("scores", "p_*"), ("threshold", "0.4")],
      [TaskFixture.gate("hamming_loss", is: 0.25), TaskFixture.gate("coverage_error", is: 1.5)],
      candidate: "y_a,y_b,p_a,p_b\n1,0,0.9,0.4\n1,1,0.4,0.5\n")
    #expect(found.map(\.outcome) == [.passed, .passed, .passed], "\(found.map(\.message))")
  }

  @Test func anUnknownLabelIsAnError() async throws {
    let found = try await TaskFixture.findings(
      "multilabel", [("label", "y"), ("prediction", "k"), ("classes", ["a", "b"])], Self.gates,
      candidate: "y,k\na,a\na|d,a\n")
    #expect(found[0].outcome == .errored && found[0].message.contains("\"d\", which is no label"))
    #expect(
      TaskFixture.problems("multilabel", [("label", "y"), ("prediction", "k")], Self.gates) == [
        "nothing says which labels there are"
      ])
  }

  @Test func columnsWithoutAPartnerAreAnError() async throws {
    let found = try await TaskFixture.findings(
      "multilabel", [("label", "y_*"), ("prediction", "k_*")], Self.gates, candidate: "y_a,y_b,k_a,k_c\n1,0,1,0\n")
    #expect(found[0].outcome == .errored && found[0].message == "there is no prediction of \"b\"")
  }
}
