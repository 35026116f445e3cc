import Foundation
import TestSupport
import Testing

/// The flights of the demo get the same findings whether they are stored as CSV or as Parquet.
@Suite struct FlightsAgreementTests {
  /// Of every finding its outcome and its counts.
  private static func findings(_ path: String) async throws -> [String: [String]] {
    let work = try TemporaryFolder()
    let rules = Repository.root + "/fixtures/flights/rules/flights.yaml"
    _ = try await CupelBinary.run(
      ["data", "check", path, "--rules", rules, "--report", "json=report.json"], in: work.path)
    let json = try JSONSerialization.jsonObject(with: Data(try work.text("report.json").utf8))
    let document = try #require(json as? [String: Any])
    let findings = try #require(document["checks"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: findings.map { finding in
        let counts = finding["counts"] as? [String: Any] ?? [:]
        let shown = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return ("\(finding["id"] ?? "")", ["\(finding["outcome"] ?? "")"] + shown)
      })
  }

  @Test(arguments: ["flights", "broken"])
  func findingsAreTheSame(name: String) async throws {
    let folder = try await PythonTables.write("write_flights_tables.py")
    let csv = try await Self.findings(Repository.root + "/fixtures/flights/data/\(name).csv")
    let parquet = try await Self.findings(folder.path + "/\(name).parquet")
    #expect(csv.count > 50 && csv.keys.sorted() == parquet.keys.sorted())
    for (id, finding) in csv {
      // A time that is none makes the whole column text in Parquet, which is what its type check says there.
      if name == "broken", id.contains("time_hour") { continue }
      #expect(parquet[id] == finding, "\(id)")
    }
  }
}
