import DataChecks
import Testing
import Verdict

@Suite struct OutlierRowsCheckTests {
  private static func finding(_ csv: String, _ further: (String, Tree)..., types: Tree = [:]) async throws -> Finding {
    let rules: Tree = ["outlier_rows": .mapping(further), "columns": types]
    return try await Gate.finding("outlier_rows", rules, on: csv)
  }

  /// The numbers 1 to 101 have the median 51 and quartiles at 26 and 76: a scale of 50 / 1.349.
  private static func table(_ further: String = "") -> String {
    "a,b,id\n" + (1...101).map { "\($0),\(102 - $0),r\($0)\n" }.joined() + further
  }

  @Test func farRowsAreListed() async throws {
    let finding = try await Self.finding(Self.table("9000,51,far\n,-9000,low\n,,none\n"), ("columns", "all"))
    #expect(finding.outcome == .failed)
    #expect(finding.message == "2 of 103 rows lie farther than 6 from the middle (1.94%)")
    #expect(finding.evidence.counts?.all == [104, 1, 103, 2])
    #expect(finding.evidence.samples.map(\.value) == ["a = \"9000\", b = \"51\"", "a = (no value), b = \"-9000\""])
    #expect(finding.evidence.notes == ["columns without a scale, left out: \"id\""])
  }

  /// With one row more the quartiles of a are 26 and 77: 255 lies (255 - 51) / (51 / 1.349) = 5.396 from the middle, and
  /// its row, which lies in the middle of b, that over √2: 3.816. With 275 it is 4.190.
  @Test(arguments: [(255, Outcome.passed), (275, .failed)])
  func theDistanceIsTheRootOfTheMean(value: Int, outcome: Outcome) async throws {
    let finding = try await Self.finding(
      Self.table("\(value),51,x\n"), ("columns", ["a", "b"]), ("distance", "4"))
    #expect(finding.outcome == outcome, "\(finding.message)")
  }

  @Test(
    arguments: [
      ("a,b\n", Reason.nothingToEvaluate), ("a,b\n,\n,\n", .nothingToEvaluate), ("a,b\n1,1\n1,1\n1,1\n", .undefined),
      ("a,b\nx,1\n2,2\n", .undefined),
    ])
  func whereNothingCanBeToldNothingPasses(csv: String, reason: Reason) async throws {
    let finding = try await Self.finding(csv, ("columns", ["a", "b"]))
    #expect(finding.outcome == .errored && finding.reason == reason, "\(finding.message)")
  }

  @Test func theRowsCanBeWritten() async throws {
    let rules: Tree = ["outlier_rows": ["columns": "all"]]
    let tables = Neighbours(Self.table("9000,51,far\n"))
    #expect(try await tables.written(rules, "outlier_rows", violating: true) == ["9000,51,far"])
  }

  @Test func theRulesAreChecked() {
    #expect(Gate.problems(["outlier_rows": ["columns": "all", "distance": "0"]]).count == 1)
    #expect(Gate.problems(["outlier_rows": ["columns": ["a"], "ignore": ["b"]]]).count == 1)
    #expect(Gate.problems(["outlier_rows": ["distance": "5"]]).isEmpty)
  }
}
