import TestSupport
import Testing

@Suite struct InferTests {
  /// What was inferred from a table holds for it, whatever stands in it.
  @Test func theRulesHoldForTheirTable() async throws {
    var dice = SeededGenerator(seed: 77)
    let kinds: [[String]] = [
      ["1", "-2", "03"], ["0.5", "1e3", ""], ["true", "FALSE"], ["2024-02-29", ""], ["2024-02-29T10:00Z"],
      ["x: y", "# z", "\"a, \"\"b\"\"\"", "null"], ["", ""], ["${HOME}", "'", "- a"], ["nan", "inf", "1"],
    ]
    for round in 0..<12 {
      let work = try TemporaryFolder()
      let columns = (0..<Int.random(in: 1...6, using: &dice)).map { _ in kinds.randomElement(using: &dice) ?? ["1"] }
      let names = columns.indices.map { ["a", "b c", "\"d:e\"", "#f", "g.h", "no"][$0] }
      let rows = (0..<[1, 3, 150][round % 3]).map { _ in
        columns.map { $0.randomElement(using: &dice) ?? "" }.joined(separator: ",") + ",end"
      }
      try work.write((names.joined(separator: ",") + ",last\n" + rows.joined(separator: "\n") + "\n"), to: "t.csv")
      let inferred = try await CupelBinary.run(["data", "infer", "t.csv", "-o", "rules.yaml"], in: work.path)
      try #require(inferred.exitCode == 0, "\(inferred)")
      let checked = try await CupelBinary.run(["data", "check", "t.csv", "--rules", "rules.yaml"], in: work.path)
      #expect(checked.exitCode == 0, "\(checked.output)")
      let again = try await CupelBinary.run(["data", "infer", "t.csv", "-o", "rules.yaml"], in: work.path)
      #expect(again.exitCode == 2)
    }
  }
}
