import TestSupport
import Testing

@testable import Scan

/// What is kept of groups takes as little memory as it can, and no more than there is.
@Suite struct GroupMemoryTests {
  /// What may be asked of groups, with a state that grows with its rows.
  private static let growing: [any AggregateSpecification] = [
    DistinctValues.Specification("v"), ValueCounts.Specification("v"), QuantileSketch.Specification("v"),
    LengthCounts.Specification("t"), PairSample.Specification("v", "g"), PairCounts.Specification("v", "g"),
    Violations.Specification(RangeTest("v", as: .number, .number(nil, -1))), NullSpellings.Specification("t"),
    KindCounts.Specification("t"), SpellingCounts.Specification("t"),
    ObservedMembers.Specification(MembershipTest("v", as: .number, .numbers([1]))),
    BracketedValues.Specification("v", [0...1e9]), Extremes.Specification(ColumnReading("t", as: .string)),
  ]

  private static func table(rows: Int) -> TestTable {
    let missing = ["NA", "N/A", "null", "None", "NaN"]
    let texts = (0..<rows).map { missing[$0 / 50 % 5] + String(repeating: "x", count: $0 % 50) }
    return TestTable(columns: [
      ("g", (0..<rows).map { String($0 % 7) }), ("v", (0..<rows).map { String($0) }), ("t", texts),
    ])
  }

  private func footprint(_ specification: some AggregateSpecification, rows: Int) async throws -> Int {
    try await specification.summary(of: [Self.table(rows: rows).batches(of: 1000)]).footprint
  }

  @Test(arguments: growing.indices)
  func aStateStartsSmallAndGrowsWithItsRows(index: Int) async throws {
    let few = try await footprint(Self.growing[index], rows: 3)
    let many = try await footprint(Self.growing[index], rows: 3000)
    #expect(few < 4096, "\(Self.growing[index])")
    #expect(few < many, "\(Self.growing[index])")
    // Nothing of so few rows takes much.
    #expect(many < 1 << 20, "\(Self.growing[index])")
  }

  @Test(arguments: growing.indices)
  func groupsTakeWhatEachOfThemTakes(index: Int) async throws {
    func check(_ specification: some AggregateSpecification) async throws {
      let table = Self.table(rows: 700)
      let grouped = ScopedAggregate.Specification(specification, in: RowScope(by: ["g"]))
      let parts = [table.batches(of: 100, in: 0..<300), table.batches(of: 100, in: 300..<700)]
      let found = try await grouped.summary(of: parts)
      let sum = found.groups.reduce(0) { $0 + found.result(of: $1).footprint }
      #expect(found.footprint >= sum && found.footprint < sum + 7 * 4096)
    }
    try await check(Self.growing[index])
  }

  private func scan(_ specifications: [any AggregateSpecification], memory: Int, threads: Int = 1) async throws
    -> [any Aggregate]
  {
    let rows = (0..<60_000).map { "\($0 % 600),\($0)\n" }.joined()
    let reader = try CSVReader(
      ChoppedSource(Array(("g,v\n" + rows).utf8), piece: .max), dialect: CSVDialect(), blockBytes: 20_000)
    var scanner = Scanner(reader, ScanResources(threads: threads, memory: memory))
    return try await scanner.scan(specifications)
  }

  @Test(arguments: [1, 3])
  func whatHoldsMostIsLetGo(threads: Int) async throws {
    let scope = RowScope(by: ["g"])
    let rows = ScopedAggregate.Specification(RowCount.Specification(), in: scope)
    let values = ScopedAggregate.Specification(DistinctValues.Specification("v"), in: scope)
    let all = try await scan([rows, values], memory: 64 << 20)
    let some = try await scan([rows, values], memory: 1 << 20, threads: threads)
    let (counts, distinct) = try (
      #require(some[0] as? ScopedAggregate<RowCount.Specification>),
      #require(some[1] as? ScopedAggregate<DistinctValues.Specification>)
    )
    #expect(counts.excess == nil && counts.groups.count == 600)
    guard case .memory(let groups, let limit)? = distinct.excess else {
      Issue.record("all of it fits")
      return
    }
    #expect(distinct.groups.isEmpty && distinct.footprint == 0 && limit == 1 << 20 && groups == 600)
    let complete = try #require(all[1] as? ScopedAggregate<DistinctValues.Specification>)
    #expect(complete.excess == nil && complete.groups == counts.groups)
    #expect(complete.groups.allSatisfy { (complete.result(of: $0) as? DistinctValues)?.estimate == 100 })
  }

  /// Keys go to disk: groups have one share beside each of those that grow.
  @Test func groupsShareWithKeys() {
    let scope = RowScope(by: ["g"])
    let grouped = [
      RowCount.Specification().scoped(to: scope), DistinctValues.Specification("v").scoped(to: scope),
    ]
    let keys: [any AggregateSpecification] = [DuplicateKeys.Specification(["v"]), DuplicateKeys.Specification(["g"])]
    #expect(grouped.memoryShares == 1)
    #expect(keys.memoryShares == 2)
    #expect((grouped + keys).memoryShares == 3)
    #expect([RowCount.Specification().scoped(to: RowScope())].memoryShares == 0)
  }
}
