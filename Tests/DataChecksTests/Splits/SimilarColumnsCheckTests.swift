import DataChecks
import TestSupport
import Testing
import Verdict

@Suite struct SimilarColumnsCheckTests {
  private static func finding(_ csv: String, _ further: (String, Tree)...) async throws -> Finding {
    try await Gate.finding("similar_columns", ["similar_columns": .mapping(further)], on: csv)
  }

  private static func table(_ header: String, rows: Int = 1000, _ cells: (Int) -> String) -> String {
    header + "\n" + (0..<rows).map { cells($0) + "\n" }.joined()
  }

  @Test func edgesOfTheShare() async throws {
    let csv = Self.table("a,b") { "v\($0 % 7),v\($0 < 990 ? $0 % 7 : 9)" }
    let finding = try await Self.finding(csv)
    #expect(finding.outcome == .failed)
    #expect(finding.message == "\"a\" and \"b\" are equal in 99% of the rows")
    #expect(try await Self.finding(csv, ("equal", "99.1%")).outcome == .passed)
    #expect(try await Self.finding(csv, ("ignore", ["b"])).outcome == .errored)
  }

  /// A number in another unit is the same number.
  @Test func numbersInAnotherUnitCorrelate() async throws {
    let csv = Self.table("km,miles,noise") { "\($0 % 83),\(-2 * ($0 % 83) + 7),\($0 * 7919 % 1009)" }
    let finding = try await Self.finding(csv)
    #expect(finding.outcome == .failed)
    #expect(finding.message == "\"km\" and \"miles\" correlate by -1")
  }

  /// Flags that are hardly ever set are equal almost everywhere, and yet not the same.
  @Test func chanceIsNoLikeness() async throws {
    let csv = Self.table("a,b") { "\($0 % 200 == 0),\($0 % 250 == 1)" }
    #expect(try await Self.finding(csv).outcome == .passed)
  }

  /// Nulls that both have are nothing in common.
  @Test func missingValuesAreLeftOut() async throws {
    let csv = Self.table("a,b,c") { "\($0 < 20 ? "x\($0)" : ""),\($0 < 20 ? "y\($0)" : ""),\($0)" }
    #expect(try await Self.finding(csv).outcome == .passed)
  }

  @Test(
    arguments: [
      ("a,b\n", Reason.nothingToEvaluate), ("a,b\n1,2\n", .nothingToEvaluate), ("a,b\n1,\n2,\n", .nothingToEvaluate),
    ])
  func whereNothingCanBeToldNothingPasses(csv: String, reason: Reason) async throws {
    let finding = try await Self.finding(csv)
    #expect(finding.outcome == .errored && finding.reason == reason, "\(finding.message)")
  }

  @Test(arguments: [("equal", "0.99"), ("equal", "40%"), ("correlation", "1.1"), ("correlation", "0.2")])
  func limitsAreChecked(key: String, value: String) {
    #expect(Gate.problems(["similar_columns": .mapping([(key, .scalar(value))])]).count == 1)
  }
}
