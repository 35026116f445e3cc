import TestSupport
import Testing

@testable import Scan

/// Whatever is answered from statistics is what reading the rows would have said.
@Suite struct ChunkStatisticsTests {
  typealias Value = KnownTable.Value

  static let types: [StoredType] = [
    .integer(bits: 64, isSigned: true), .integer(bits: 8, isSigned: true), .integer(bits: 64, isSigned: false),
    .integer(bits: 32, isSigned: false), .boolean, .date, .timestamp(.second, zone: nil),
    .timestamp(.millisecond, zone: "UTC"), .timestamp(.microsecond, zone: nil), .timestamp(.nanosecond, zone: nil),
    .decimal(precision: 18, scale: 2), .decimal(precision: 9, scale: 0), .float(bits: 64), .text,
  ]

  /// A value of a type near a number.
  private static func value(_ type: StoredType, near base: Int64, _ dice: inout SeededGenerator) -> Value {
    let value = base &+ Int64.random(in: -2...2, using: &dice)
    switch type {
    case .boolean: return .integer(value & 1)
    case .integer(8, _): return .integer(Int64(Int8(truncatingIfNeeded: value)))
    case .integer(32, _): return .integer(Int64(UInt32(truncatingIfNeeded: value)))
    case .float: return .number(Int.random(in: 0..<9, using: &dice) == 0 ? .nan : Double(value))
    case .text: return .text(["", "a", "1", "2024-01-31", "true"].randomElement(using: &dice) ?? "")
    case .timestamp(let unit, _) where Bool.random(using: &dice): return .integer(value / 50 &* unit.ticksPerDay)
    default: return .integer(value)
    }
  }

  /// A table of every type whose chunks have values close to each other, and what may be known of them.
  private static func table(_ dice: inout SeededGenerator) -> KnownTable {
    let borders = (0..<6).reduce(into: [0]) { borders, _ in
      borders.append(borders[borders.count - 1] + Int.random(in: 1...12, using: &dice))
    }
    let bases: [Int64] = [0, 1, 3, -1, 100, 1 << 53, .max - 2, .min + 2, 1 << 32]
    let columns = types.indices.map { index in
      KnownTable.Column(
        field: Field("c\(index)", types[index]),
        values: zip(borders, borders.dropFirst()).flatMap { start, end in
          let base = bases.randomElement(using: &dice) ?? 0
          let nulls = [0, 0, 0, 3, 10].randomElement(using: &dice) ?? 0
          let isConstant = Int.random(in: 0..<4, using: &dice) == 0
          let first = value(types[index], near: base, &dice)
          return (start..<end).map { _ -> Value in
            if Int.random(in: 0..<10, using: &dice) < nulls { return .null }
            return isConstant ? first : value(types[index], near: base, &dice)
          }
        })
    }
    // Some chunks share the statistics of all their rows.
    var statistics: [ChunkStatistics?] = []
    while statistics.count < borders.count - 1 {
      let first = statistics.count
      let last = min(borders.count - 1, first + Int.random(in: 1...2, using: &dice))
      let rows = borders[first]..<borders[last]
      var known: [String: ColumnStatistics] = [:]
      for column in columns { known[column.field.name] = column.statistics(of: rows, using: &dice) }
      for part in first..<last {
        statistics.append(ChunkStatistics(rowCount: rows.count, columns: known, isCounted: part == first))
      }
    }
    var table = KnownTable(columns, borders: borders, statistics: statistics)
    for (start, end) in zip(borders, borders.dropFirst()) {
      for first in stride(from: start, to: end, by: KnownTable.batchRows) where Bool.random(using: &dice) {
        let rows = first..<min(first + KnownTable.batchRows, end)
        var known: [String: ColumnStatistics] = [:]
        for column in columns { known[column.field.name] = column.statistics(of: rows, using: &dice) }
        table.parts[first] = ChunkStatistics(rowCount: rows.count, columns: known)
      }
    }
    return table
  }

  @Test func whatIsAnsweredIsWhatIsRead() async throws {
    var dice = SeededGenerator(seed: 41)
    var (answers, questions) = ([String: Int](), [String: Int]())
    for round in 0..<60 {
      let table = Self.table(&dice)
      var requirements = RandomRequirements(table, dice)
      let probes = requirements.probes
      dice = requirements.dice
      let specifications = probes.map(\.specification)
      var known = Scanner(table, ScanResources(threads: round % 2 == 0 ? 1 : 3))
      var unknown = Scanner(table.unknown)
      let (found, expected) = (try await known.scan(specifications), try await unknown.scan(specifications))
      for (index, probe) in probes.enumerated() {
        let (found, expected) = (probe.seen(found[index]), probe.seen(expected[index]))
        if found != expected { Issue.record("\(probe.specification): \(found), not \(expected)") }
        for case .some(let statistics) in table.statistics {
          questions[probe.name, default: 0] += 1
          if probe.specification.summary(from: statistics) != nil { answers[probe.name, default: 0] += 1 }
        }
      }
    }
    // The test would prove nothing if nothing were answered, or everything.
    for kind in ["PresenceTest", "CastTest", "RangeTest", "MembershipTest", "ExpressionTest"] {
      let (answered, asked) = (answers[kind] ?? 0, questions[kind] ?? 0)
      #expect(answered > asked / 50 && answered < asked * 9 / 10, "\(kind): \(answered) of \(asked)")
    }
    for kind in ["RowCount", "DuplicateKeys", "ColumnCensus"] { #expect(answers[kind] == nil) }
  }

  /// Expressions whose truths are known: every row has one of them.
  @Test func theTruthsOfRowsAreAmongThosePossible() async throws {
    var dice = SeededGenerator(seed: 42)
    var known = 0
    for _ in 0..<1000 {
      let table = Self.table(&dice)
      var requirements = RandomRequirements(table, dice)
      let expression = requirements.truth(depth: 3)
      dice = requirements.dice
      for (index, statistics) in table.statistics.enumerated() {
        guard let statistics else { continue }
        let possible = expression.truths(by: statistics)
        if possible.count < 3 { known += 1 }
        var batch = Batch()
        let rows = table.borders[index]..<table.borders[index + 1]
        for (slot, column) in table.columns.enumerated() { batch.add(column.field, column.stored(rows), at: slot) }
        let truths = Set(expression.truths(batch))
        #expect(truths.isSubset(of: possible), "\(expression): \(truths) are not among \(possible)")
      }
    }
    #expect(known > 1000)
  }

  private static func integers(_ low: Int64, _ high: Int64) -> StoredColumn {
    .integers(Column(values: [low, high], states: [CellState.valid.rawValue, CellState.valid.rawValue]))
  }

  private static func rows(_ column: ColumnStatistics) -> ChunkStatistics {
    ChunkStatistics(rowCount: 10, columns: ["a": column])
  }

  @Test func onlyWhatNobodyViolatesIsAnswered() {
    let integers = StoredType.integer(bits: 64, isSigned: true)
    let some = Self.rows(ColumnStatistics(integers, nullCount: 3, extremes: Self.integers(1, 4)))
    let counts = ViolationSummary(rows: 10, nulls: 3)
    #expect(counts.evaluated == 7 && counts.violating == 0)
    #expect(RangeTest("a", as: .integer, .integer(1, 4)).summary(from: some) == counts)
    #expect(RangeTest("a", as: .number, .number(1, nil)).summary(from: some) == counts)
    #expect(RangeTest("a", as: .integer, .integer(2, 4)).summary(from: some) == nil)
    #expect(RangeTest("a", as: .number, .number(nil, 3.9)).summary(from: some) == nil)
    #expect(RangeTest("b", as: .integer, .integer(1, 4)).summary(from: some) == nil)
    #expect(MembershipTest("a", as: .integer, .integers([4, 3, 2, 1, 1, 9])).summary(from: some) == counts)
    #expect(MembershipTest("a", as: .integer, .integers([1, 2, 4, 4])).summary(from: some) == nil)
    #expect(MembershipTest("a", as: .integer, .integers([0, 5]), isNegated: true).summary(from: some) == counts)
    #expect(MembershipTest("a", as: .integer, .integers([0, 4]), isNegated: true).summary(from: some) == nil)
    #expect(CastTest("a", as: .number).summary(from: some) == counts)
    #expect(CastTest("a", as: .date).summary(from: some) == nil)
    #expect(PresenceTest("a").summary(from: some) == nil)
    let all = Self.rows(ColumnStatistics(integers, nullCount: 0, extremes: Self.integers(.min, .max)))
    #expect(PresenceTest("a").summary(from: all) == ViolationSummary(rows: 10))
    #expect(MembershipTest("a", as: .integer, .integers([.min, .max])).summary(from: all) == nil)
    let none = Self.rows(ColumnStatistics(integers, nullCount: 10))
    #expect(RangeTest("a", as: .integer, .integer(5, 4)).summary(from: none) == ViolationSummary(rows: 10, nulls: 10))
    #expect(PresenceTest("a").summary(from: none) == nil)
  }

  /// What a function makes of a range lies between what it makes of the ends and of where it turns.
  @Test func functionsOfARangeAreAnswered() {
    let integers = StoredType.integer(bits: 64, isSigned: true)
    let some = Self.rows(ColumnStatistics(integers, nullCount: 0, extremes: Self.integers(-3, 2)))
    let a = RowExpression.column(ColumnReading("a", as: .integer))
    func truths(_ value: RowExpression, _ comparison: RowExpression.Comparison, _ limit: Int64) -> Set<Truth> {
      RowExpression.comparison(comparison, value, .integer(limit)).truths(by: some)
    }
    let size = RowExpression.call("abs", [.integer], [a])
    #expect(truths(size, .lessOrEqual, 3) == [.yes] && truths(size, .less, 3) == [.yes, .no])
    #expect(truths(size, .greaterOrEqual, 0) == [.yes] && truths(size, .greater, 0) == [.yes, .no])
    let turned = RowExpression.call("-", [.integer], [a])
    #expect(truths(turned, .lessOrEqual, 3) == [.yes] && truths(turned, .less, -2) == [.no])
    let sum = RowExpression.call("+", [.integer, .integer], [a, .integer(10)])
    #expect(truths(sum, .greaterOrEqual, 7) == [.yes] && truths(sum, .greater, 12) == [.no])
    let product = RowExpression.call("*", [.integer, .integer], [a, turned])
    #expect(truths(product, .greaterOrEqual, -9) == [.yes] && truths(product, .lessOrEqual, 6) == [.yes])
    // What may be beyond 64 bits, and functions that turn anywhere, prove nothing.
    let beyond = RowExpression.call("+", [.integer, .integer], [a, .integer(.max)])
    #expect(truths(beyond, .greater, 0).contains(.unknown))
    #expect(truths(.call("%", [.integer, .integer], [a, .integer(2)]), .less, 100).contains(.unknown))
    let none = Self.rows(ColumnStatistics(integers, nullCount: 10))
    #expect(RowExpression.between(size, .integer(0), .integer(9)).truths(by: none) == [.unknown])
    #expect(RowExpression.between(size, .integer(0), .integer(3)).truths(by: some) == [.yes])
    #expect(RowExpression.between(size, .integer(4), .integer(5)).truths(by: some) == [.no])
  }

  /// NaN is in no statistics and in no range.
  @Test func floatsAndTextsAreAnsweredByTheirNullsAlone() {
    let floats = Self.rows(ColumnStatistics(.float(bits: 64), nullCount: 0))
    #expect(RangeTest("a", as: .number, .number(nil, nil)).summary(from: floats) == nil)
    #expect(CastTest("a", as: .number).summary(from: floats) == ViolationSummary(rows: 10))
    #expect(CastTest("a", as: .integer).summary(from: floats) == nil)
    let texts = Self.rows(ColumnStatistics(.text, nullCount: 0))
    #expect(PresenceTest("a").summary(from: texts) == ViolationSummary(rows: 10))
    #expect(CastTest("a", as: .string).summary(from: texts) == nil)
    #expect(MembershipTest("a", as: .string, .texts(["x"])).summary(from: texts) == nil)
  }

  /// Between two midnights there are other times, between two whole decimals others; bounds the wrong way round say
  /// nothing.
  @Test func boundsProveNothingWhereTheReadingIsNotInOrder() {
    let day: Int64 = 86_400_000_000
    let times = ColumnStatistics(.timestamp(.microsecond, zone: nil), nullCount: 0, extremes: Self.integers(0, day))
    #expect(times.integers(as: .date) == nil)
    #expect(times.integers(as: .timestamp) == 0...day)
    let decimals = TextColumn(bytes: Array("1.002.00".utf8), starts: [0, 4], ends: [4, 8])
    let column = ColumnStatistics(.decimal(precision: 9, scale: 2), nullCount: 0, extremes: .texts(decimals))
    #expect(column.integers(as: .integer) == nil)
    #expect(column.numbers == 1...2)
    let unsigned = StoredType.integer(bits: 64, isSigned: false)
    #expect(ColumnStatistics(unsigned, nullCount: 0, extremes: Self.integers(5, -1)).integers(as: .integer) == nil)
    #expect(ColumnStatistics(unsigned, nullCount: 0, extremes: Self.integers(5, -1)).numbers == 5...0x1p64)
    #expect(ColumnStatistics(unsigned, nullCount: 0, extremes: Self.integers(-1, 5)).numbers == nil)
    #expect(ColumnStatistics(.date, nullCount: 0, extremes: Self.integers(2, 1)).integers(as: .date) == nil)
  }

  @Test func aConditionThatSelectsNothingIsAnswered() {
    let column = ColumnStatistics(.integer(bits: 64, isSigned: true), nullCount: 2, extremes: Self.integers(-5, 0))
    let statistics = Self.rows(column)
    let a = RowExpression.column(ColumnReading("a", as: .integer))
    let b = RowExpression.column(ColumnReading("b", as: .number))
    let claim = RowExpression.comparison(.less, b, .number(3))
    #expect(
      ExpressionTest(claim, when: .comparison(.greater, a, .number(0))).summary(from: statistics)
        == ViolationSummary(rows: 10, unselected: 10))
    #expect(ExpressionTest(claim, when: .comparison(.greaterOrEqual, a, .number(0))).summary(from: statistics) == nil)
    #expect(ExpressionTest(claim).summary(from: statistics) == nil)
  }
}
