import TestSupport
import Testing

@testable import Scan

/// Timestamps are compared with all their digits: the oracle counts nanoseconds in 64 bits.
@Suite struct MomentTests {
  private static let reading = ColumnReading("t", as: .timestamp)

  /// The same points in time as a typed file and as a text file have them.
  private static func batches(_ nanoseconds: [Int64?]) -> [Batch] {
    let field = Field("t", .timestamp(.nanosecond, zone: "UTC"))
    let stored = StoredColumn.integers(
      Column(
        values: nanoseconds.map { $0 ?? 5 },
        states: nanoseconds.map { ($0 == nil ? CellState.null : .valid).rawValue }))
    guard case .text(let text) = stored.read(field.type, as: .string) else { return [] }
    return [(field, stored), (Field("t", .untyped), .texts(text)), (Field("t", .untyped), .texts(text.coded()))].map {
      field, stored in
      var batch = Batch()
      batch.rowCount = nanoseconds.count
      batch.add(field, stored, at: 0)
      batch.derived[reading] = stored.read(field.type, as: .timestamp)
      return batch
    }
  }

  private static func moment(_ nanoseconds: Int64) -> Moment {
    let rest = (nanoseconds % 1000 + 1000) % 1000
    return Moment((nanoseconds - rest) / 1000, nanoseconds: Int16(rest))
  }

  private static func verdicts(_ test: some RowTest, _ batch: Batch) -> [RowVerdict] {
    var verdicts = [RowVerdict](repeating: .unselected, count: batch.rowCount)
    test.judge(batch, into: &verdicts)
    return verdicts
  }

  @Test func limitsAndMembersAreComparedToTheNanosecond() {
    var dice = SeededGenerator(seed: 6)
    for base in [0, -86_400_000_000_000, 1_704_067_200_123_456_000] as [Int64] {
      for _ in 0..<40 {
        let values: [Int64?] = (0..<50).map { _ in
          Int.random(in: 0..<9, using: &dice) == 0 ? nil : base + Int64.random(in: -1500...1500, using: &dice)
        }
        let limits = (0..<2).map { _ in base + Int64.random(in: -1500...1500, using: &dice) }.sorted()
        let members = Set(values.compactMap { $0 }.prefix(5))
        for batch in Self.batches(values) {
          let range = RangeTest(Self.reading, .moment(Self.moment(limits[0]), Self.moment(limits[1])))
          #expect(
            Self.verdicts(range, batch)
              == values.map { $0.map { limits[0]...limits[1] ~= $0 ? .holds : .violated } ?? .null })
          let membership = MembershipTest("t", as: .timestamp, .moments(members.map(Self.moment)))
          #expect(
            Self.verdicts(membership, batch)
              == values.map { $0.map { members.contains($0) ? .holds : .violated } ?? .null })
        }
      }
    }
  }

  /// A column beside another that counts microseconds or nanoseconds, in a typed file and in text: in expressions, and what
  /// is loaded after it happened.
  @Test(arguments: [1, 1000] as [Int64]) func columnsAreComparedToTheNanosecond(unit: Int64) {
    let other = ColumnReading("u", as: .timestamp)
    var dice = SeededGenerator(seed: 7)
    for base in [0, -86_400_000_000_000, 1_704_067_200_123_456_000] as [Int64] {
      let values = (0..<200).map { _ in base + Int64.random(in: -1500...1500, using: &dice) }
      let others = values.map { value in
        let near = Bool.random(using: &dice) ? value : base + Int64.random(in: -1500...1500, using: &dice)
        return Self.moment(near).microseconds * 1000 + (unit == 1 ? Int64(Self.moment(near).nanoseconds) : 0)
      }
      for batch in Self.batches(values.map { $0 }) {
        var batch = batch
        let field = Field("u", .timestamp(unit == 1 ? .nanosecond : .microsecond, zone: "UTC"))
        let stored = StoredColumn.integers(
          Column(values: others.map { $0 / unit }, states: others.map { _ in CellState.valid.rawValue }))
        batch.add(field, stored, at: 1)
        batch.derived[other] = stored.read(field.type, as: .timestamp)
        func truths(_ expression: RowExpression) -> [Bool] { expression.truths(batch).map { $0 == .yes } }
        let (t, u) = (RowExpression.column(Self.reading), RowExpression.column(other))
        #expect(truths(.comparison(.lessOrEqual, t, u)) == zip(values, others).map { $0 <= $1 })
        #expect(truths(.comparison(.less, u, t)) == zip(values, others).map { $1 < $0 })
        #expect(truths(.comparison(.equal, t, u)) == zip(values, others).map { $0 == $1 })
        #expect(truths(.membership(t, [u, .integer(7)])) == zip(values, others).map { $0 == $1 || $0 == 7000 })
        let middle = Self.moment(base).microseconds
        #expect(
          truths(.between(t, .integer(middle), u)) == zip(values, others).map { base...max(base, $1) ~= $0 && $0 <= $1 }
        )
        let lag = Self.verdicts(LagTest(from: Self.reading, to: other, atMost: 1), batch)
        #expect(lag == zip(values, others).map { 0...1000 ~= $1 - $0 ? .holds : .violated })
      }
    }
  }

  @Test func keysAndCountsTellNanosecondsApart() throws {
    for batch in Self.batches([1, 2, 3, 2]) {
      let keys = BatchKeys(["t"], batch)
      let texts = (0..<4).map { row in
        Array(keys.bytes[Int(row == 0 ? 0 : keys.ends[row - 1])..<Int(keys.ends[row])])
      }
      #expect(Set(texts).count == 3 && texts[1] == texts[3])
      var distinct = DistinctValues.Specification("t").empty
      distinct.update(batch)
      #expect(distinct.interval == 3...3)
    }
  }

  @Test func orderAndExtremesSeeNanoseconds() {
    for batch in Self.batches([1, 2, 2, 1, 1001]) {
      for (relation, violating) in [
        (SuccessiveValues.Relation.ascending(strictly: false), 1), (.ascending(strictly: true), 2),
        (.descending(strictly: false), 2), (.step(1), 3),
      ] {
        var values = SuccessiveValues.Specification("t", as: .timestamp, relation).empty
        values.update(batch)
        #expect(values.summary.violating == violating, "\(relation)")
      }
      var extremes = Extremes.Specification(Self.reading).empty
      extremes.update(batch)
      #expect(extremes.moments == Moment(0, nanoseconds: 1)...Moment(1, nanoseconds: 1))
      #expect(extremes.integers == 0...1)
    }
  }

  @Test func statisticsProveNoMoreThanTheyKnow() {
    func known(_ unit: StoredType.TimeUnit, _ low: Int64, _ high: Int64) -> ClosedRange<Moment>? {
      let valid = CellState.valid.rawValue
      let extremes = StoredColumn.integers(Column(values: [low, high], states: [valid, valid]))
      return ColumnStatistics(.timestamp(unit, zone: nil), nullCount: 0, extremes: extremes).moments
    }
    #expect(known(.nanosecond, 1500, 2500) == Moment(1)...Moment(2, nanoseconds: 999))
    #expect(known(.microsecond, 1, 2) == Moment(1)...Moment(2))
    #expect(known(.millisecond, 1, 2) == Moment(1000)...Moment(2000))
  }

  @Test(
    arguments: [
      ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z", 0), ("2024-01-01", "2024-01-01T00:00:00Z", 0),
      ("2024-01-01T00:00:00.000000001Z", "2024-01-01T00:00:00.000000001Z", 1),
      ("2024-01-01 00:00:00.5000004+01:00", "2023-12-31T23:00:00.500000400Z", 400),
      ("2024-01-01T00:00:00.12345678999", "2024-01-01T00:00:00.123456789Z", 789),
      ("2024-01-01T00:00:00.1234+12:34", "2023-12-31T11:26:00.123400Z", 0),
      ("1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999999Z", 999),
    ])
  func literalsKeepNineDigits(text: String, shown: String, nanoseconds: Int16) {
    let moment = Literal.moment(text)
    #expect(moment?.nanoseconds == nanoseconds)
    #expect(moment?.text == shown)
  }

  @Test func neighboursAreANanosecondAway() {
    #expect(Moment(4, nanoseconds: 999).next == Moment(5))
    #expect(Moment(5).previous == Moment(4, nanoseconds: 999))
    #expect(Moment(5).next?.previous == Moment(5))
    #expect(Moment(.max, nanoseconds: 999).next == nil)
    #expect(Moment(.min).previous == nil)
  }

  @Test func textsThatAreNoTimestampsHaveNoDigits() {
    for text in ["", "no timestamp of twenty-seven", "2024-01-01T00:00:00 12345678", "123456789012345678901234567890"] {
      let column = TextColumn(bytes: Array(text.utf8), starts: [0], ends: [Int32(text.utf8.count)])
      var batch = Batch()
      batch.rowCount = 1
      batch.add(Field("t", .untyped), .texts(column), at: 0)
      #expect(batch.nanoseconds(Self.reading) == nil)
    }
  }
}
