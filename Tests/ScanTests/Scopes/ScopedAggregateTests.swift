import TestSupport
import Testing

@testable import Scan

/// An aggregate of a part of a table is that aggregate of a table that is the part.
@Suite struct ScopedAggregateTests {
  /// The number of a row is less than 3.
  private static let condition = RowExpression.comparison(
    .less, .column(ColumnReading("number", as: .number)), .number(3))

  private static let scopes = [RowScope(where: condition)] + grouping
  private static let grouping = [
    RowScope(by: ["city"]), RowScope(where: condition, by: ["mixed"]), RowScope(by: ["mixed", "city"]),
    RowScope(by: ["nulls"]),
  ]

  /// The parts of a table, found one row at a time.
  private static func parts(of table: TestTable, _ scope: RowScope) -> (parts: [RowGroup: [Batch]], others: Int) {
    var parts: [RowGroup: [Batch]] = scope.groups.isEmpty ? [RowGroup(): []] : [:]
    var others = 0
    for row in 0..<table.rowCount {
      let values = Dictionary(uniqueKeysWithValues: table.columns.map { ($0.name, $0.values[row]) })
      if let condition = scope.condition, RowInterpreter(row: values).value(condition)?.truth != true {
        others += 1
        continue
      }
      let group = RowGroup(scope.groups.map { values[$0] ?? nil }.map { $0.map(shown) })
      parts[group, default: []].append(table.batch(row..<row + 1))
    }
    return (parts, others)
  }

  /// A long value is told by its beginning and its hash.
  private static func shown(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count > 120 else { return text }
    return "\(Batch.display(bytes[...])) #\(Murmur3.hash(bytes.span).h1)"
  }

  private func check<Specification: AggregateSpecification, Seen: Equatable>(
    _ specification: Specification, _ seen: (Specification.Result) -> Seen
  ) async throws {
    try await check(specification, in: Self.scopes, { ScopedAggregate.Specification($0, in: $1) }, seen)
  }

  private func check<
    Specification: AggregateSpecification, Scoped: AggregateSpecification, Seen: Equatable
  >(
    _ specification: Specification, in scopes: [RowScope], _ scoped: (Specification, RowScope) -> Scoped,
    _ seen: (Specification.Result) -> Seen
  ) async throws where Scoped.Result: GroupedResults {
    var generator = SeededGenerator(seed: 7)
    for round in 0..<60 {
      let table = AggregateCase.table(rows: Int.random(in: 0...80, using: &generator), &generator)
      for scope in scopes {
        let border = Int.random(in: 0...table.rowCount, using: &generator)
        let resources = ScanResources(threads: 1 + round % 3, memory: [1, 3000, 256 << 20][round % 3])
        let found = try await scoped(specification, scope).summary(
          of: [table.batches(of: 7, in: 0..<border), table.batches(of: 64, in: border..<table.rowCount)], resources)
        let (parts, others) = Self.parts(of: table, scope)
        #expect(found.groups == parts.keys.sorted(), "round \(round), \(scope)")
        #expect(found.unselected == others)
        for (group, batches) in parts {
          let expected = seen(try await specification.summary(of: [batches]))
          let result = try #require(found.result(of: group) as? Specification.Result)
          #expect(seen(result) == expected, "round \(round), \(scope), \(group)")
        }
      }
    }
  }

  @Test func rowsAreCounted() async throws { try await check(RowCount.Specification()) { $0 } }

  @Test func violationsAreFoundWhereTheyStand() async throws {
    try await check(Violations.Specification(RangeTest("number", as: .number, .number(0, 2)))) { $0.summary }
    try await check(Violations.Specification(LengthTest("city", atLeast: 2, atMost: 9))) { $0.summary }
    try await check(Violations.Specification(CastTest("mixed", as: .integer))) { $0.summary }
  }

  @Test func keysRepeatWithinTheirPart() async throws {
    try await check(DuplicateKeys.Specification(["city", "mixed"])) { $0.summary }
  }

  private struct Seen: Equatable {
    var summary: ViolationSummary
    var repeatedKeys: Int
    var spread: [Double]
    var leaders: [String]?

    init(_ keys: DuplicateKeys) {
      (summary, repeatedKeys) = (keys.summary, keys.repeatedKeys)
      (spread, leaders) = ([keys.entropy.lowerBound, Double(keys.greatestCount.lowerBound)], keys.leaders)
    }
  }

  /// The keys of all groups together are those of each by itself.
  @Test func keysOfGroupsMayShareTheirMemory() async throws {
    for keys in [
      DuplicateKeys.Specification(["city", "mixed"]), .frequencies(of: ["number"]),
      .frequencies(of: ["city"], beside: ["mixed"]),
      DuplicateKeys.Specification(["city", "mixed"], nullsAreValues: true),
    ] {
      try await check(keys, in: Self.grouping, { GroupedKeys.Specification(base: $0, scope: $1) }, Seen.init)
    }
  }

  @Test func rowsThatRepeatAKeyOfTheirGroupAreKnown() async throws {
    var generator = SeededGenerator(seed: 9)
    var keys = DuplicateKeys.Specification(["city"])
    keys.details = .places
    for _ in 0..<20 {
      let batches = AggregateCase.table(rows: 80, &generator).batches(of: 9)
      for scope in Self.grouping {
        let shared = try await GroupedKeys.Specification(base: keys, scope: scope).summary(of: [batches])
        #expect(
          shared.places == (try await ScopedAggregate.Specification(keys, in: scope).summary(of: [batches]).places))
      }
    }
  }

  @Test(arguments: [1, 256 << 20])
  func foreignKeysOfGroupsDoToo(memory: Int) async throws {
    let there = TestTable(columns: [("name", ["Oslo", "", "town 1", "town 7", nil])])
    let lookup = try await LookupKeys.Specification(["name"]).summary(
      of: [there.batches(of: 2)], ScanResources(memory: memory))
    let keys = ForeignKeys.Specification(["city"], in: lookup, of: "there")
    #expect(keys.growsWithData == (memory == 1))
    #expect(
      (keys.scoped(to: RowScope(by: ["mixed"])) is GroupedKeys<ForeignKeys.Specification>.Specification)
        == (memory == 1))
    try await check(keys, in: Self.grouping, { ScopedAggregate.Specification($0, in: $1) }, \.summary)
    guard memory == 1 else { return }
    try await check(keys, in: Self.grouping, { GroupedKeys.Specification(base: $0, scope: $1) }, \.summary)
  }

  /// Aggregates of one scope share its rows: each is what it is by itself.
  @Test(arguments: [1, 3])
  func aScanFindsTheRowsOfAScopeOnce(threads: Int) async throws {
    var generator = SeededGenerator(seed: 8)
    let table = AggregateCase.table(rows: 900, &generator)
    let bytes = table.csv
    let scopes = Self.scopes + [nil] + Self.scopes
    let specifications = scopes.map { scope -> [any AggregateSpecification] in
      let keys = DuplicateKeys.Specification(["city"])
      let bases: [any AggregateSpecification] = [
        RowCount.Specification(), keys, Violations.Specification(LengthTest("city", atLeast: 2, atMost: 9)),
        Violations.Specification(RangeTest("number", as: .number, .number(0, 2))),
      ]
      return bases.map { base in scope.map { base.scoped(to: $0) } ?? base }
    }
    func scan(_ specifications: [any AggregateSpecification]) async throws -> [String] {
      let reader = try CSVReader(ChoppedSource(bytes, piece: .max), dialect: CSVDialect(), blockBytes: 2000)
      var scanner = Scanner(reader, ScanResources(threads: threads))
      return try await scanner.scan(specifications).map(Self.words)
    }
    let together = try await scan(specifications.flatMap { $0 })
    var alone: [String] = []
    for specification in specifications.flatMap({ $0 }) { alone += try await scan([specification]) }
    #expect(together == alone)
    #expect(Set(alone).count > 20)
  }

  /// What can be seen of an aggregate, group by group.
  private static func words(_ aggregate: any Aggregate) -> String {
    func words(_ aggregate: any Aggregate) -> String {
      switch aggregate {
      case let rows as RowCount: "\(rows.rows)"
      case let keys as DuplicateKeys: "\(keys.summary)"
      case let found as Violations<LengthTest>: "\(found.summary)"
      case let found as Violations<RangeTest>: "\(found.summary)"
      default: "\(type(of: aggregate))"
      }
    }
    guard let parts = aggregate as? any GroupedResults else { return words(aggregate) }
    return "\(parts.unselected) \(parts.groups.map { "\($0.values) \(words(parts.result(of: $0)))" })"
  }

  @Test func codedAndTypedColumnsAreCutLikePlainOnes() throws {
    let texts = TextColumn(
      bytes: Array("abc".utf8), starts: [0, 1, 2], ends: [1, 2, 3], codes: [2, -1, 0, 2, 1])
    var batch = Batch()
    batch.add(Field("code", .text), .texts(texts), at: 0)
    batch.add(
      Field("whole", .integer(bits: 64, isSigned: true)),
      .integers(Column(values: [7, 8, 7, 7, 9], states: [1, 1, 1, 1, 0])), at: 1)
    batch.firstRow = 100
    let one = BatchGroups(RowScope(by: ["code"]), batch, among: [0, 1, 2, 3, 4])
    #expect(one.groups.map(\.values) == [["c"], [nil], ["a"], ["b"]])
    #expect(one.rows == [[0, 3], [1], [2], [4]])
    let two = BatchGroups(RowScope(by: ["whole", "code"]), batch, among: [0, 2, 3])
    #expect(two.groups.map { $0.values.last ?? nil } == ["c", "a"])
    #expect(two.rows == [[0, 3], [2]])
    let part = batch.selecting([1, 3])
    #expect((0..<2).map { part.display("code", row: $0) } == [nil, "c"])
    #expect((0..<2).map { part.place($0).number } == [101, 103])
  }

  /// What looks at every entry of a coded column must not do so for each of many groups.
  @Test func fewRowsTakeNoEntriesOfOthersWithThem() throws {
    let entries = (0..<100).map { Int32($0) }
    let texts = TextColumn(
      bytes: [UInt8](repeating: 0x61, count: 101), starts: entries, ends: entries.map { $0 + 1 },
      codes: entries.reversed() + [-1])
    var batch = Batch()
    batch.add(Field("code", .text), .texts(texts), at: 0)
    guard case .texts(let few)? = batch.selecting([1, 100, 98]).stored("code")?.values else {
      Issue.record("no texts")
      return
    }
    #expect(few.ends.count == 3 && few.codes == nil)
    #expect((0..<3).map { few.range($0) } == [98..<99, nil, 1..<2])
  }

  @Test func moreGroupsThanTheLimitAreNotTold() async throws {
    let values = (0...RowScope.groupLimit).map { String($0) as String? }
    for count in [RowScope.groupLimit, RowScope.groupLimit + 1] {
      let table = TestTable(columns: [("a", Array(values.prefix(count)))])
      let scoped = ScopedAggregate<RowCount.Specification>.Specification(
        RowCount.Specification(), in: RowScope(by: ["a"]))
      let found = try await scoped.summary(of: [
        table.batches(of: 1000, in: 0..<2000), table.batches(of: 999, in: 2000..<count),
      ])
      #expect((found.excess == .count) == (count > RowScope.groupLimit))
      #expect(found.groups.count == (found.excess == nil ? count : 0))
    }
  }
}
