import TestSupport
import Testing

@testable import Scan

@Suite struct ConflictingValuesTests {
  private static func table(_ rows: Int, of count: Int, _ generator: inout SeededGenerator) -> TestTable {
    func column(_ count: Int) -> [String?] {
      (0..<rows).map { _ in
        let number = Int.random(in: 0..<count, using: &generator)
        return number == 0 ? nil : "v\(number)"
      }
    }
    return TestTable(columns: [("a", column(count)), ("b", column(4)), ("y", column(4))])
  }

  /// The slow twin: for every row a look at all others.
  private static func expected(_ table: TestTable) -> (counts: [Int], rows: [String]) {
    func key(_ row: Int) -> [String?]? {
      let values = [table.value("a", row), table.value("b", row)]
      return table.value("y", row) == nil || values == [nil, nil] ? nil : values
    }
    let rows = (0..<table.rowCount).filter { key($0) != nil }
    var found: [String] = []
    for row in rows {
      guard
        let other = rows.first(where: { key($0) == key(row) && table.value("y", $0) != table.value("y", row) })
      else { continue }
      let words = (key(row) ?? []) + [table.value("y", row)]
      found.append("\(table.line(of: row)) \(words) \(table.line(of: other))")
    }
    let keys = Set(rows.compactMap { key($0) })
    let labels = Dictionary(grouping: rows) { key($0) ?? [] }.mapValues { Set($0.map { table.value("y", $0) }) }
    let conflicting = labels.values.count { $0.count > 1 }
    return (
      [table.rowCount, table.rowCount - rows.count, rows.count, found.count, conflicting, rows.count - keys.count],
      found
    )
  }

  private static func seen(_ found: ConflictingValues) -> (counts: [Int], rows: [String]) {
    let summary = found.summary
    let rows = summary.first.map { "\($0.place.number) \($0.values) \($0.earlier?.number ?? -1)" }
    let counts = [summary.rows, summary.nulls, summary.evaluated, summary.violating]
    return (counts + [found.conflictingKeys, found.repeatedRows], rows)
  }

  @Test func agreesWithAllPairs() async throws {
    var generator = SeededGenerator(seed: 61)
    for round in 0..<40 {
      let table = Self.table(
        Int.random(in: 0...150, using: &generator), of: Int.random(in: 1...30, using: &generator), &generator)
      let resources = ScanResources(threads: 1 + round % 4, memory: [1, 40_000, 256 << 20][round % 3])
      let found = try await ConflictingValues.Specification(of: "y", for: ["a", "b"]).summary(
        of: table.parts, resources)
      let expected = Self.expected(table)
      #expect(Self.seen(found).counts == expected.counts)
      #expect(Self.seen(found).rows == Array(expected.rows.prefix(10)))
    }
  }

  @Test(arguments: [1, 300_000], [1, 3])
  func theMemoryAndTheThreadsDoNotMatter(memory: Int, threads: Int) async throws {
    var generator = SeededGenerator(seed: 62)
    let table = Self.table(20_000, of: 20_000, &generator)
    let specification = ConflictingValues.Specification(of: "y", for: ["a", "b"])
    let expected = try await specification.summary(of: table.parts)
    let found = try await specification.summary(
      of: table.parts, ScanResources(threads: threads, memory: memory))
    #expect(Self.seen(found).counts == Self.seen(expected).counts)
    #expect(Self.seen(found).rows == Self.seen(expected).rows)
    #expect(expected.summary.violating > 100)
  }
}
