import TestSupport
import Testing

@testable import Scan

@Suite struct ForeignKeysTests {
  /// The slow twin: a set of all keys.
  private static func expected(_ tables: JoinTables, _ columns: [String], _ targets: [String]) -> ViolationSummary {
    var summary = ViolationSummary()
    let known = Set(tables.there.keys(targets).compactMap { $0 })
    for (row, key) in tables.here.keys(columns).enumerated() {
      summary.rows += 1
      guard let key else {
        summary.nulls += 1
        continue
      }
      summary.evaluated += 1
      guard !known.contains(key) else { continue }
      summary.violating += 1
      guard summary.first.count < 10 else { continue }
      summary.first.append(ViolatingRow(place: RowPlace(number: tables.here.line(of: row)), values: key))
    }
    return summary
  }

  /// The same of the frequencies, which are told of no more than 384 different keys, and where one comes twice.
  private static func check(
    _ found: ViolationSummary, _ tables: JoinTables, _ columns: [String], _ targets: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var plain = found
    plain.values = ViolatingValues()
    #expect(plain == expected(tables, columns, targets), sourceLocation: sourceLocation)
    let known = Set(tables.there.keys(targets).compactMap { $0 })
    var counts: [[String]: Int] = [:]
    for case let key? in tables.here.keys(columns) where !known.contains(key) { counts[key, default: 0] += 1 }
    let most = counts.values.sorted(by: >)
    let shown = counts.count > 384 || most.first ?? 0 < 2 ? [] : most.prefix(5)
    #expect(found.values.mostFrequent.map(\.rows) == Array(shown), sourceLocation: sourceLocation)
    #expect(
      found.values.mostFrequent.allSatisfy { counts[$0.values.compactMap { $0 }] == $0.rows && $0.isExact },
      sourceLocation: sourceLocation)
  }

  @Test(arguments: [(["a"], ["x"]), (["a", "b"], ["x", "y"]), (["b", "a"], ["x", "y"]), (["b"], ["y"])])
  func agreesWithASet(columns: [String], targets: [String]) async throws {
    var generator = SeededGenerator(seed: 21)
    for round in 0..<60 {
      let rows = Int.random(in: 0...400, using: &generator)
      let tables = JoinTables(rows: rows, of: Int.random(in: 1...60), &generator)
      let resources = ScanResources(threads: 1 + round % 4, memory: [1, 30_000, 256 << 20][round % 3])
      let found = try await tables.foreign(columns, to: targets, resources)
      Self.check(found.summary, tables, columns, targets)
      #expect(found.lookup.rows == rows)
      #expect(found.lookup.keys == tables.there.keys(targets).count { $0 != nil })
    }
  }

  /// Whether the look-up fits into memory, and how much of it is on disk, changes nothing.
  @Test(arguments: [1, 100_000, 1_000_000, 256 << 20], [1, 3])
  func theMemoryAndTheThreadsDoNotMatter(memory: Int, threads: Int) async throws {
    var generator = SeededGenerator(seed: 22)
    let tables = JoinTables(rows: 20_000, of: 25_000, &generator)
    let found = try await tables.foreign(["a"], to: ["x"], ScanResources(threads: threads, memory: memory))
    Self.check(found.summary, tables, ["a"], ["x"])
    #expect(found.summary.violating > 1000)
    #expect((found.lookup.set == nil) == (memory <= 1_000_000))
  }

  /// Keys that grow from row to row are kept in a form of their own.
  @Test(arguments: [1, 256 << 20])
  func growingNumbersAreKeysLikeAnyOther(memory: Int) async throws {
    let numbers = (0..<9000).map { String($0 * 3) }
    let others = (0..<9000).map { String($0 * 2) }
    var generator = SeededGenerator(seed: 0)
    var tables = JoinTables(rows: 0, of: 1, &generator)
    tables.here = TestTable(columns: [("a", numbers)])
    tables.there = TestTable(columns: [("x", others)])
    let summary = try await tables.foreign(["a"], to: ["x"], ScanResources(memory: memory)).summary
    #expect(summary == Self.expected(tables, ["a"], ["x"]))
    #expect(summary.violating == 6000)
  }

  private static func batch(_ type: StoredType, _ column: StoredColumn) -> Batch {
    var batch = Batch()
    batch.add(Field("k", type), column, at: 0)
    return batch
  }

  private static func texts(_ values: [String]) -> StoredColumn {
    var text = TextColumn()
    for value in values {
      text.starts.append(Int32(text.bytes.count))
      text.bytes += Array(value.utf8)
      text.ends.append(Int32(text.bytes.count))
    }
    return .texts(text)
  }

  /// Which keys of one column another one of another type has.
  @Test func typesMeetInTheShortestText() async throws {
    let valid = [UInt8](repeating: 1, count: 3)
    let untyped = Self.batch(.untyped, Self.texts(["1", "2.5", "-3"]))
    let floats = Self.batch(.float(bits: 64), .numbers(Column(values: [1, 2.5, -3], states: valid)))
    let decimals = Self.batch(.decimal(precision: 9, scale: 2), Self.texts(["1.00", "2.50", "-3.00"]))
    let tokens = Self.batch(
      .tokens,
      .tokens(TextColumn(bytes: Array("1.02.5-3".utf8), starts: [0, 3, 6], ends: [3, 6, 8]), kinds: [2, 2, 2]))
    let whole = Self.batch(
      .integer(bits: 64, isSigned: true), .integers(Column(values: [1, 4, -3], states: valid)))
    let unsigned = Self.batch(
      .integer(bits: 64, isSigned: false), .integers(Column(values: [1, 4, 5], states: valid)))
    for (batches, expected) in [
      ((untyped, floats), 0), ((floats, untyped), 0), ((decimals, floats), 0), ((tokens, decimals), 0),
      ((untyped, tokens), 0), ((whole, untyped), 1), ((floats, whole), 1), ((unsigned, whole), 1),
      ((unsigned, decimals), 2),
    ] {
      let lookup = try await LookupKeys.Specification(["k"]).summary(of: [[batches.1]])
      let found = try await ForeignKeys.Specification(["k"], in: lookup, of: "t").summary(of: [[batches.0]])
      #expect(found.summary.violating == expected, "\(batches.0.fields) in \(batches.1.fields)")
    }
  }

  @Test func largeWholeNumbersHaveNoExponent() async throws {
    let (valid, large): ([UInt8], Double) = ([1, 1], 10_000_000_000_000_000)
    let floats = Self.batch(.float(bits: 64), .numbers(Column(values: [large, 1e300], states: valid)))
    let whole = Self.batch(
      .integer(bits: 64, isSigned: true), .integers(Column(values: [Int64(large), 7], states: valid)))
    let lookup = try await LookupKeys.Specification(["k"]).summary(of: [[whole]])
    let found = try await ForeignKeys.Specification(["k"], in: lookup, of: "t").summary(of: [[floats]])
    #expect(found.summary.first.map(\.values) == [["1e+300"]])
  }

  @Test func timesMeetWhateverTheirUnit() async throws {
    let valid: [UInt8] = [1, 1]
    let millis = Self.batch(
      .timestamp(.millisecond, zone: "UTC"), .integers(Column(values: [1500, 0], states: valid)))
    let nanos = Self.batch(
      .timestamp(.nanosecond, zone: "UTC"), .integers(Column(values: [1_500_000_000, 0], states: valid)))
    let texts = Self.batch(.untyped, Self.texts(["1970-01-01T00:00:01.5Z", "1970-01-01T00:00:00Z"]))
    for (here, there) in [(millis, nanos), (nanos, millis), (millis, texts), (texts, nanos)] {
      let lookup = try await LookupKeys.Specification(["k"]).summary(of: [[there]])
      let found = try await ForeignKeys.Specification(["k"], in: lookup, of: "t").summary(of: [[here]])
      #expect(found.summary.violating == 0)
    }
  }

  @Test(
    arguments: [
      ("1.50", "1.5"), ("1.0", "1"), ("-0.0", "-0"), ("1.05", "1.05"), ("07:30:00.500Z", "07:30:00.5Z"),
      ("1.0e+20", "1.0e+20"), ("10", "10"), ("nan", "nan"), ("x.0Zx", "x.0Zx"), (".", ""),
    ] as [(String, String)])
  func zerosBehindThePointGo(text: String, trimmed: String) {
    var bytes = Array("0.00|\(text)".utf8)
    bytes.trimFraction(from: 5)
    #expect(String(decoding: bytes, as: UTF8.self) == "0.00|" + trimmed)
  }
}
