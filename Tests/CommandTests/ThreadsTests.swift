import TestSupport
import Testing

/// Datasets are read side by side; nobody can tell from the result how many at once.
@Suite struct ThreadsTests {
  @Test func theResultIsTheSameForAnyNumber() async throws {
    let work = try TemporaryFolder()
    var config = "version: 1\ndata:\n"
    for (index, month) in ["january", "february", "july", "broken", "nowhere"].enumerated() {
      let source = "\(Repository.root)/fixtures/flights/data/\(month).csv"
      config +=
        "  d\(index): {source: \"\(source)\", rules: \"\(Repository.root)/fixtures/flights/rules/flights.yaml\"}\n"
    }
    try work.write(config, to: "cupel.yaml")
    var results: Set<String> = []
    for threads in ["1", "2", "3", "16"] {
      let run = try await CupelBinary.run(
        ["run", "--threads", threads, "--now", "2026-01-01T00:00:00Z", "--report", "json=r.json"], in: work.path)
      #expect(run.exitCode == 3)
      results.insert(run.output + (try work.text("r.json")))
    }
    #expect(results.count == 1)
    #expect(try await CupelBinary.run(["run", "--threads", "0"], in: work.path).exitCode == 2)
  }
}
