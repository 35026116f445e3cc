import TestSupport
import Testing

/// A second pass shows in nothing but the verdict: neither threads, nor memory, nor the way the data comes change it.
@Suite struct SecondPassTests {
  private let work: TemporaryFolder

  init() throws {
    work = try TemporaryFolder()
    var generator = SeededGenerator(seed: 8)
    // Several chunks, so that sketches are merged.
    let rows = (0..<300_000).map { row in
      "\(row * 7919 % 250_000),\(Double.random(in: -3...9, using: &generator)),\(row % 5000)"
    }
    try work.write("id,amount,group\n" + rows.joined(separator: "\n") + "\n", to: "t.csv")
    try work.write(
      """
      columns:
        id: {distinct: {at_least: 250000}, median: {between: [124000, 126000]}}
        amount: {type: number, median: {between: [2.97, 3.03]}, quantile: {at: 99%, at_least: 8.87}}
        group: {distinct: {equals: 5000}, checks: [{distinct: {at_most: 5000, exact: never}, id: guess}]}
      """, to: "rules.yaml")
  }

  private func config(_ source: String) -> String {
    "version: 1\ndata:\n  t: {source: \"\(source)\", rules: rules.yaml}\n"
  }

  private func run(_ options: String, after: String = "") async throws -> String {
    let command = "\(after) cupel run --verbose --now 2026-01-01T00:00:00Z \(options)"
    let run = try await CupelBinary.command(["sh", "-c", command], in: work.path)
    #expect(run.exitCode == 5, "\(run.output)\(run.error)")
    return run.output
  }

  @Test func theVerdictIsTheSameHoweverTheDataComes() async throws {
    try work.write(config("t.csv"), to: "cupel.yaml")
    let expected = try await run("--threads 1")
    #expect(expected.contains("passed: id.distinct: the column has 250000 different values"), "\(expected)")
    #expect(expected.contains("inconclusive: group.guess"), "\(expected)")
    #expect(expected.contains("passed: group.distinct: the column has 5000 different values"), "\(expected)")
    for threads in ["2", "5"] { #expect(try await run("--threads \(threads)") == expected) }
    #expect(try await run("--max-memory 1MB") == expected)
    // What comes through a pipe is asked everything at once, and says the same.
    try work.write(config("-"), to: "cupel.yaml")
    #expect(try await run("< t.csv").contains("the column has 250000 different values"))
    #expect(try await run("< t.csv") == expected)
    try work.write(config("pipe"), to: "cupel.yaml")
    #expect(try await run("", after: "mkfifo pipe; cat t.csv > pipe &") == expected)
  }
}
