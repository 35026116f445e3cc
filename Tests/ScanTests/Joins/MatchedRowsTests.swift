import TestSupport
import Testing

@testable import Scan

@Suite struct MatchedRowsTests {
  /// Two versions of one table: rows are dropped, added, changed and repeated.
  private static func tables(rows: Int, _ generator: inout SeededGenerator) -> (here: TestTable, there: TestTable) {
    func value() -> String? {
      Int.random(in: 0..<9, using: &generator) == 0 ? nil : "v\(Int.random(in: 0..<50, using: &generator))"
    }
    typealias Row = [String?]
    let base: [Row] = (0..<rows).map { ["id \($0)", "\($0 % 7)", value(), value()] }
    func version() -> [Row] {
      var version: [Row] = []
      for row in base {
        switch Int.random(in: 0..<30, using: &generator) {
        case 0: continue
        case 1: version += [row, row]
        case 2: version.append([row[0], row[1], value(), row[3]])
        case 3: version.append(["new \(Int.random(in: 0..<rows, using: &generator))", "0", value(), value()])
        case 4: version.append([nil, row[1], row[2], row[3]])
        default: version.append(row)
        }
      }
      return version.shuffled(using: &generator)
    }
    func table(_ rows: [Row]) -> TestTable {
      TestTable(columns: ["k", "l", "x", "y"].enumerated().map { index, name in (name, rows.map { $0[index] }) })
    }
    return (table(version()), table(version()))
  }

  /// The slow twin: dictionaries of first rows.
  private static func expected(_ here: TestTable, _ there: TestTable, _ key: [String]) -> Seen {
    var seen = Seen()
    func firsts(_ table: TestTable, _ repeated: inout [String]) -> [[String]: Int] {
      var firsts: [[String]: Int] = [:]
      for (row, key) in table.keys(key).enumerated() {
        guard let key else { continue }
        if let first = firsts[key] {
          repeated.append("\(table.line(of: row)) \(key) after \(table.line(of: first))")
        } else {
          firsts[key] = row
        }
      }
      return firsts
    }
    let (mine, theirs) = (firsts(here, &seen.repeatedHere), firsts(there, &seen.repeatedThere))
    for (key, row) in mine.sorted(by: { $0.value < $1.value }) {
      guard let other = theirs[key] else {
        seen.onlyHere.append("\(here.line(of: row)) \(key)")
        continue
      }
      seen.shared += 1
      var values: [String] = []
      for (index, name) in ["x", "y"].enumerated() {
        let (a, b) = (here.value(name, row), there.value(name, other))
        guard a != b else { continue }
        seen.mismatches[index] += 1
        values.append("\(index) \(a ?? "-") \(b ?? "-")")
      }
      if !values.isEmpty { seen.differing.append("\(here.line(of: row)) \(key) \(there.line(of: other)) \(values)") }
    }
    for (key, row) in theirs.sorted(by: { $0.value < $1.value }) where mine[key] == nil {
      seen.onlyThere.append("\(there.line(of: row)) \(key)")
    }
    return seen
  }

  /// What a comparison shows, as words.
  private struct Seen: Equatable {
    var shared = 0
    var mismatches = [0, 0]
    var onlyHere: [String] = []
    var onlyThere: [String] = []
    var repeatedHere: [String] = []
    var repeatedThere: [String] = []
    var differing: [String] = []

    var counts: [Int] {
      [shared] + mismatches + [onlyHere, onlyThere, repeatedHere, repeatedThere, differing].map(\.count)
    }

    var first: Seen {
      var first = self
      for path in [\Seen.onlyHere, \.onlyThere, \.repeatedHere, \.repeatedThere, \.differing] {
        first[keyPath: path] = Array(self[keyPath: path].prefix(10))
      }
      return first
    }

    init() {}

    init(_ match: RowMatch) {
      shared = match.shared
      mismatches = match.mismatches.isEmpty ? [0, 0] : match.mismatches.map(\.count)
      func words(_ rows: FirstRows<RowKey>) -> [String] {
        rows.first.map { place, row in
          let earlier = row.earlier.map { " after \($0.number)" } ?? ""
          return "\(place.number) \(row.values.compactMap { $0 })\(earlier)"
        }
      }
      (onlyHere, onlyThere) = (words(match.onlyHere), words(match.onlyThere))
      (repeatedHere, repeatedThere) = (words(match.repeatedHere), words(match.repeatedThere))
      differing = match.differing.first.map { place, row in
        let values = row.values.map { "\($0.column) \($0.here ?? "-") \($0.there ?? "-")" }
        return "\(place.number) \(row.key.compactMap { $0 }) \(row.other.number) \(values)"
      }
    }
  }

  private static func counts(_ match: RowMatch) -> [Int] {
    let mismatches = match.mismatches.isEmpty ? [0, 0] : match.mismatches.map(\.count)
    return [match.shared] + mismatches
      + [match.onlyHere, match.onlyThere, match.repeatedHere, match.repeatedThere].map(\.count)
      + [match.differing.count]
  }

  private static func match(
    _ here: TestTable, _ there: TestTable, _ key: [String], _ resources: ScanResources
  ) async throws -> MatchedRows {
    let columns = ["x", "y"]
    let rows = try await KeyedRows.Specification(key: key, values: columns).summary(of: there.parts, resources)
    return try await MatchedRows.Specification(
      key: key, columns: columns, [.text, .text], with: rows, of: "there"
    ).summary(of: here.parts, resources)
  }

  @Test(arguments: [["k"], ["k", "l"]])
  func agreesWithDictionaries(key: [String]) async throws {
    var generator = SeededGenerator(seed: 41)
    for round in 0..<60 {
      let (here, there) = Self.tables(rows: Int.random(in: 0...300, using: &generator), &generator)
      let resources = ScanResources(threads: 1 + round % 4, memory: [1, 40_000, 256 << 20][round % 3])
      let found = try await Self.match(here, there, key, resources)
      let expected = Self.expected(here, there, key)
      #expect(Self.counts(found.match) == expected.counts)
      #expect(Seen(found.match) == expected.first)
      #expect(found.here.rows == here.rowCount && found.there.rows == there.rowCount)
      #expect(found.here.keys == here.keys(key).count { $0 != nil })
    }
  }

  @Test(arguments: [1, 200_000, 2_000_000, 256 << 20], [1, 3])
  func theMemoryAndTheThreadsDoNotMatter(memory: Int, threads: Int) async throws {
    var generator = SeededGenerator(seed: 42)
    let (here, there) = Self.tables(rows: 15_000, &generator)
    let found = try await Self.match(here, there, ["k"], ScanResources(threads: threads, memory: memory))
    let expected = Self.expected(here, there, ["k"])
    #expect(Self.counts(found.match) == expected.counts)
    #expect(Seen(found.match) == expected.first)
  }

  /// Large values and many keys in one partition make it look in parts.
  @Test func valuesThatOutgrowTheMemory() async throws {
    let long = String(repeating: "long ", count: 2000)
    let rows = (0..<2000).map { "\($0)" }
    let here = TestTable(columns: [("k", rows), ("x", rows.map { $0 + long }), ("y", rows)])
    let there = TestTable(columns: [("k", rows), ("x", rows.map { $0 == "77" ? long : $0 + long }), ("y", rows)])
    let found = try await Self.match(here, there, ["k"], ScanResources(memory: 1 << 10))
    #expect(Self.counts(found.match) == [2000, 1, 0, 0, 0, 0, 0, 1])
    #expect(found.match.differing.first.first?.place.number == 79)
  }

  @Test(
    arguments: [
      ("1.50", "1.5", true, true), ("1", "2", false, false), ("0.1", "0.10000001", false, true),
      ("-0", "0", true, true), ("+007", "7", true, true), ("1e3", "1000", true, true), ("nan", "NaN", true, true),
      ("inf", "inf", true, true), ("inf", "1", false, false), ("x", "1", false, false), (".5", "0.5", true, true),
      ("9007199254740993", "9007199254740992", false, true), (".", "0", false, false), ("", "", true, true),
    ] as [(String, String, Bool, Bool)])
  func numbersAreComparedAsNumbers(here: String, there: String, exactly: Bool, nearly: Bool) {
    let (a, b) = (Array(here.utf8), Array(there.utf8))
    guard a != b else { return }
    #expect(ValueComparison.number(tolerance: nil).holds(a, b) == exactly)
    #expect(ValueComparison.number(tolerance: .absolute(1)).holds(a, b) == (nearly || here == "1"))
    #expect(ValueComparison.number(tolerance: .relative(1e-6)).holds(a, b) == nearly)
    #expect(!ValueComparison.text.holds(a, b))
  }

  /// Differences of integers have no rounding, however long these are.
  @Test(
    arguments: [
      ("9007199254740993", "9007199254740992", 0.5, false), ("9007199254740993", "9007199254740992", 1, true),
      ("100000000000000000000000000000000001", "100000000000000000000000000000000000", 0, false),
      ("100000000000000000000000000000000001", "100000000000000000000000000000000000", 1, true),
      ("-3", "4", 7, true), ("-3", "4", 6.9, false),
    ] as [(String, String, Double, Bool)])
  func integersLieApartByTheirDifference(here: String, there: String, distance: Double, holds: Bool) {
    let comparison = ValueComparison.number(tolerance: .absolute(distance))
    #expect(comparison.holds(Array(here.utf8), Array(there.utf8)) == holds)
    #expect(comparison.holds(Array(there.utf8), Array(here.utf8)) == holds)
  }

  @Test(
    arguments: [
      (ValueType.boolean, "TRUE", "1", true), (.boolean, "true", "0", false),
      (.timestamp, "2020-01-01T00:00:00Z", "2020-01-01 01:00:00+01:00", true),
      (.timestamp, "2020-01-01T00:00:00.000000001Z", "2020-01-01T00:00:00.000000002Z", false),
      (.timestamp, "x", "y", false), (.date, "2020-01-01", "2020-01-02", false),
    ] as [(ValueType, String, String, Bool)])
  func otherValuesAreComparedAsTheyRead(type: ValueType, here: String, there: String, same: Bool) {
    #expect(ValueComparison.reading(type).holds(Array(here.utf8), Array(there.utf8)) == same)
  }
}
