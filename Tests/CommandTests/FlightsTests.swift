import Foundation
import JSON
import TestSupport
import Testing
import XML

/// The demo's two runs on real data: one passes, the other fails for the right reasons.
@Suite struct FlightsTests {
  private func run(_ config: String) async throws -> (exit: Int32, checks: [JSONValue], xml: [UInt8]) {
    let work = try TemporaryFolder()
    let result = try await CupelBinary.run(
      [
        "run", "--config", "fixtures/flights/\(config).yaml", "--report", "json=\(work.path)/r.json", "--report",
        "junit=\(work.path)/r.xml",
      ], in: Repository.root)
    let report = try JSONParser.parse(Array(try work.text("r.json").utf8))
    return (result.exitCode, report["checks"]?.arrayValue ?? [], Array(try work.text("r.xml").utf8))
  }

  private func outcomes(_ checks: [JSONValue], _ outcome: String) -> [String: JSONValue] {
    let found = checks.filter { $0["outcome"]?.stringValue == outcome && $0["severity"]?.stringValue == "block" }
    return Dictionary(found.map { ($0["id"]?.stringValue ?? "", $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func theGoodVariantPasses() async throws {
    let (exit, checks, xml) = try await run("cupel")
    #expect(exit == 0)
    #expect(outcomes(checks, "failed").isEmpty && outcomes(checks, "errored").isEmpty)
    #expect(checks.count > 80)
    let drift = checks.filter { $0["kind"]?.stringValue == "drift" && $0["outcome"]?.stringValue == "passed" }
    #expect(drift.count == 15, "fourteen columns and the whole of them are as in January")
    try XMLSchemaValidator(xsd: Array(try Repository.text("rules/junit.xsd").utf8)).validate(xml)
  }

  /// The counts are those of the ledger that the damage was written from, not of a run.
  @Test func theBrokenVariantFailsForTheRightReasons() async throws {
    let (exit, checks, xml) = try await run("broken")
    #expect(exit == 1)
    #expect(outcomes(checks, "errored").isEmpty)
    let failed = outcomes(checks, "failed")
    let ledger = try Repository.text("fixtures/flights/data/broken-damage.csv").split(separator: "\n").dropFirst()
    var damaged: [String: Int] = [:]
    for line in ledger {
      damaged[String(line.split(separator: ",", omittingEmptySubsequences: false)[2]), default: 0] += 1
    }
    func violating(_ id: String) -> Int64? { failed[id]?["counts"]?["violating"]?.int64Value }
    #expect(violating("data.flights.distance.between") == damaged["distance"].map(Int64.init))
    #expect(violating("data.flights.flight_id.unique") == damaged["flight_id"].map(Int64.init))
    #expect(violating("data.flights.tailnum.matches") == damaged["tailnum"].map(Int64.init))
    #expect(violating("data.flights.time_hour.type") == damaged["time_hour"].map(Int64.init))
    #expect(violating("data.flights.sched_dep_time.between") == damaged["sched_dep_time"].map(Int64.init))
    let carriers = (violating("data.flights.carrier.required") ?? 0) + (violating("data.flights.carrier.in") ?? 0)
    #expect(carriers == Int64(damaged["carrier"] ?? -1))
    // What a person would name: summer's delays, and the winds of winter.
    let drifted = failed.keys.filter { $0.hasSuffix(".drift") }.sorted()
    #expect(drifted == ["air_time", "arr_delay", "dep_delay"].map { "data.summer.\($0).drift" })
    #expect(failed.keys.contains("models.delay.roc_auc.max_regression"))
    #expect(failed.keys.contains("endpoints.delay-api.late-departure.outputs"))
    try XMLSchemaValidator(xsd: Array(try Repository.text("rules/junit.xsd").utf8)).validate(xml)
  }
}
