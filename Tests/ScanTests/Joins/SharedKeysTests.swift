import TestSupport
import Testing

@testable import Scan

@Suite struct SharedKeysTests {
  private static func table(_ rows: Int, of count: Int, _ generator: inout SeededGenerator) -> TestTable {
    func column() -> [String?] {
      (0..<rows).map { _ in
        let number = Int.random(in: 0..<count, using: &generator)
        return number % 7 == 0 ? nil : "v\(number)"
      }
    }
    return TestTable(columns: [("a", column()), ("b", column())])
  }

  private static func shared(
    _ here: TestTable, _ there: [TestTable], _ keys: KeyedRows.Specification, _ resources: ScanResources
  ) async throws -> SharedKeys {
    var others: [KeyedRows] = []
    for table in there { others.append(try await keys.summary(of: table.parts, resources)) }
    return try await SharedKeys.Specification(keys, with: others, of: there.indices.map { "t\($0)" }).summary(
      of: here.parts, resources)
  }

  /// What dictionaries of first rows say, as words.
  private static func expected(
    _ here: TestTable, _ there: [TestTable], _ columns: [String], nullsAreValues: Bool
  ) -> (counts: [Int], rows: [String]) {
    func keys(_ table: TestTable) -> [[String?]?] {
      (0..<table.rowCount).map { row in
        let values = columns.map { table.value($0, row) }
        let isKey = nullsAreValues ? values.contains { $0 != nil } : !values.contains { $0 == nil }
        return isKey ? values : nil
      }
    }
    let firsts = there.map { table -> [[String?]: Int] in
      var firsts: [[String?]: Int] = [:]
      for (row, key) in keys(table).enumerated() {
        if let key, firsts[key] == nil { firsts[key] = table.line(of: row) }
      }
      return firsts
    }
    var counts = there.map { _ in 0 }
    var rows: [String] = []
    for (row, key) in keys(here).enumerated() {
      guard let key else { continue }
      let places = firsts.map { $0[key] }
      guard places.contains(where: { $0 != nil }) else { continue }
      for (index, place) in places.enumerated() where place != nil { counts[index] += 1 }
      rows.append("\(here.line(of: row)) \(key) \(places)")
    }
    let present = keys(here).count { $0 != nil }
    return ([here.rowCount, here.rowCount - present, present, rows.count] + counts, rows)
  }

  private static func seen(_ found: SharedKeys) -> (counts: [Int], rows: [String]) {
    let summary = found.summary
    let rows = zip(summary.first, found.others).map { row, places in
      "\(row.place.number) \(row.values) \(places.map { $0?.number })"
    }
    return ([summary.rows, summary.nulls, summary.evaluated, summary.violating] + found.counts, rows)
  }

  @Test(arguments: [true, false], [["a"], ["a", "b"]])
  func agreesWithDictionaries(nullsAreValues: Bool, columns: [String]) async throws {
    var generator = SeededGenerator(seed: 51)
    let keys = KeyedRows.Specification(key: columns, values: [], nullsAreValues: nullsAreValues)
    for round in 0..<40 {
      let count = Int.random(in: 2...40, using: &generator)
      let here = Self.table(Int.random(in: 0...300, using: &generator), of: count, &generator)
      let there = (0..<(1 + round % 3)).map { _ in
        Self.table(Int.random(in: 0...60, using: &generator), of: count, &generator)
      }
      let resources = ScanResources(threads: 1 + round % 4, memory: [1, 40_000, 256 << 20][round % 3])
      let found = Self.seen(try await Self.shared(here, there, keys, resources))
      let expected = Self.expected(here, there, columns, nullsAreValues: nullsAreValues)
      #expect(found.counts == expected.counts)
      #expect(found.rows == Array(expected.rows.prefix(10)))
    }
  }

  @Test(arguments: [1, 300_000, 256 << 20], [1, 3])
  func theMemoryAndTheThreadsDoNotMatter(memory: Int, threads: Int) async throws {
    var generator = SeededGenerator(seed: 52)
    let here = Self.table(15_000, of: 20_000, &generator)
    let there = [Self.table(15_000, of: 20_000, &generator), Self.table(9000, of: 30_000, &generator)]
    let keys = KeyedRows.Specification(key: ["a"], values: [])
    let found = Self.seen(
      try await Self.shared(here, there, keys, ScanResources(threads: threads, memory: memory)))
    let expected = Self.expected(here, there, ["a"], nullsAreValues: false)
    #expect(found.counts == expected.counts && expected.counts[3] > 1000)
    #expect(found.rows == Array(expected.rows.prefix(10)))
  }

  /// A number is the same whatever it is stored as, beside a null as well.
  @Test func typesMeet() async throws {
    let keys = KeyedRows.Specification(key: ["a", "b"], values: [], nullsAreValues: true)
    let here = TestTable(columns: [("a", ["1", "2"]), ("b", [nil, "x"])])
    var batch = Batch()
    batch.add(Field("a", .float(bits: 64)), .numbers(Column(values: [1, 3], states: [1, 1])), at: 0)
    batch.add(Field("b", .untyped), .texts(TextColumn(bytes: [], starts: [0, 0], ends: [-1, -1])), at: 1)
    batch.lines = [0, 1]
    #expect(CellState.valid.rawValue == 1)
    let other = try await keys.summary(of: [[batch]])
    let found = try await SharedKeys.Specification(keys, with: [other], of: ["t"]).summary(of: here.parts)
    #expect(found.summary.violating == 1 && found.summary.first.first?.values == ["1", nil])
  }
}
