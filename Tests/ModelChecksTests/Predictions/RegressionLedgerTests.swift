import FoundationEssentials
import ModelChecks
import TestSupport
import Testing
import Verdict

/// Which rows became wrong, and which right.
@Suite struct RegressionLedgerTests {
  /// The candidate is newly wrong on b and d, and newly right on "c,1".
  private static let candidate = "id,y,p\na,1,0.9\nb,0,0.6\n\"c,1\",1,0.7\nd,1,0.2\ne,0,0.9\n"
  private static let baseline = "id,y,p\na,1,0.9\nb,0,0.1\n\"c,1\",1,0.2\nd,1,0.8\ne,0,0.9\n"

  private static func run(_ more: [(String, ConfigTree)]) async throws -> (finding: Finding, file: String?) {
    let fixture = try ModelFixture(["c.csv": candidate, "b.csv": baseline])
    let model = PredictionFixture.model([["metric": "accuracy", "at_least": "0"]], more)
    let finding = try await fixture.findings(model)[0]
    return (finding, try? String(contentsOf: URL(filePath: fixture.folder.path + "/ledger.csv"), encoding: .utf8))
  }

  @Test func theReportShowsTheFirstAndTheFileAll() async throws {
    let (finding, file) = try await Self.run([("ledger", "ledger.csv")])
    #expect(finding.outcome == .passed)
    #expect(
      finding.evidence.notes == [
        "newly wrong: 2 rows (b; d)", "newly right: 1 row (c,1)", "all of them: ledger.csv",
      ])
    #expect(file == "change,row,id\nnewly_wrong,2,b\nnewly_wrong,4,d\nnewly_right,3,\"c,1\"\n")
  }

  @Test func sensitiveIdsStayOutOfIt() async throws {
    let (finding, file) = try await Self.run([("ledger", "ledger.csv"), ("sensitive", ["id"])])
    #expect(finding.evidence.notes.first == "newly wrong: 2 rows (row 2; row 4)")
    #expect(file == "change,row\nnewly_wrong,2\nnewly_wrong,4\nnewly_right,3\n")
  }

  @Test func aFileThatCannotBeWrittenIsAnError() async throws {
    let (finding, _) = try await Self.run([("ledger", "no/such/folder/ledger.csv")])
    #expect(finding.outcome == .errored && finding.reason == .io)
  }
}
