import Testing

@testable import Scan

/// What typed files hold and text files do not: floats of 32 bits, long integers, dates far from 1970.
@Suite struct StoredValuesTests {
  private static let valid = CellState.valid.rawValue

  private static func batch(_ columns: (StoredType, StoredColumn)...) -> Batch {
    var batch = Batch()
    for (slot, (type, values)) in columns.enumerated() { batch.add(Field(["a", "b"][slot], type), values, at: slot) }
    batch.lines = (0..<batch.rowCount).map { Int32($0) }
    return batch
  }

  private static func numbers(_ values: [Double]) -> StoredColumn {
    .numbers(Column(values: values, states: values.map { _ in valid }))
  }

  private static func integers(_ values: [Int64]) -> StoredColumn {
    .integers(Column(values: values, states: values.map { _ in valid }))
  }

  private static let narrow = batch((.float(bits: 32), numbers([0.1, 0.2, 0.3].map { Double(Float($0)) })))

  private static func verdicts(_ test: some RowTest, _ batch: Batch) -> [RowVerdict] {
    var verdicts = [RowVerdict](repeating: .null, count: batch.rowCount)
    test.judge(batch, into: &verdicts)
    return verdicts
  }

  // MARK: - Floats of 32 bits

  @Test func membersAreComparedInTheWidthOfTheColumn() {
    let some = MembershipTest("a", as: .number, .numbers([0.1, 0.3]))
    #expect(Self.verdicts(some, Self.narrow) == [.holds, .violated, .holds])
    #expect(Self.verdicts(MembershipTest("a", as: .number, .numbers([1e300])), Self.narrow)[0] == .violated)
    let wide = Self.batch((.float(bits: 64), Self.numbers([0.1, Double(Float(0.1))])))
    #expect(Self.verdicts(some, wide) == [.holds, .violated])
  }

  @Test func statisticsAreComparedInTheWidthOfTheColumn() {
    let value = Double(Float(0.1))
    let statistics = ChunkStatistics(
      rowCount: 2,
      columns: ["a": ColumnStatistics(.float(bits: 32), nullCount: 0, extremes: Self.numbers([value, value]))])
    #expect(MembershipTest("a", as: .number, .numbers([0.1])).summary(from: statistics)?.evaluated == 2)
    #expect(MembershipTest("a", as: .number, .numbers([0.1]), isNegated: true).summary(from: statistics) == nil)
  }

  @Test func numbersHaveTheWidthOfTheirColumn() {
    let (narrow, wide) = (StoredType?.some(.float(bits: 32)), StoredType?.some(.float(bits: 64)))
    for number in [0.1, -0.3, 0, 1e-40, 16_777_217, 3.4e38] {
      #expect(narrow.nearest(number) == Double(Float(number)) && wide.nearest(number) == number)
      #expect(narrow.shortest(Double(Float(number))) == Double("\(Float(number))"))
      for up in [true, false] {
        let next = narrow.next(narrow.nearest(number), up: up)
        #expect(next == Double(Float(next)) && (up ? next > narrow.nearest(number) : next < narrow.nearest(number)))
        #expect(StoredType?.none.next(number, up: up) == (up ? number.nextUp : number.nextDown))
      }
    }
    #expect(narrow.nearest(1e300) == 1e300 && narrow.next(1e300, up: true) == 1e300.nextUp)
    #expect(narrow.nearest(-.infinity) == -.infinity && narrow.shortest(.infinity) == .infinity)
  }

  @Test func observedMembersAreThoseOfTheWidth() {
    var found = ObservedMembers.Specification(MembershipTest("a", as: .number, .numbers([0.1, 0.4]))).empty
    found.update(Self.narrow)
    #expect(found.missing == [1] && found.others == ["0.2", "0.3"])
  }

  @Test func leadersAreWrittenAsInTheirWidth() {
    var counts = ValueCounts.Specification("a").empty
    counts.update(Self.narrow)
    #expect(counts.leaders == ["0.1", "0.2", "0.3"])
  }

  // MARK: - The most frequent values

  /// In the order of their texts in any file, and not in that of their bytes.
  @Test func leadersHaveOneOrder() {
    let values: [Int64] = [256, 1, 3, 10]
    var counts = ValueCounts.Specification("a").empty
    counts.update(Self.batch((.integer(bits: 64, isSigned: true), Self.integers(values))))
    var texts = ValueCounts.Specification("a").empty
    texts.update(TestTable(columns: [("a", values.map { "\($0)" })]).batch(0..<4))
    #expect(counts.leaders == ["1", "10", "256", "3"] && counts.leaders == texts.leaders)
  }

  // MARK: - Keys that are equal across types

  @Test func largeFloatsHaveTheKeysOfIntegers() {
    func keys(_ type: StoredType, _ values: StoredColumn) -> [UInt8] {
      BatchKeys(["a"], Self.batch((type, values)), .joined).bytes
    }
    let large: UInt64 = 10_000_000_000_000_000_000
    #expect(
      keys(.float(bits: 64), Self.numbers([1e19]))
        == keys(.integer(bits: 64, isSigned: false), Self.integers([Int64(bitPattern: large)])))
    #expect(keys(.float(bits: 64), Self.numbers([1e20])) == Array("100000000000000000000".utf8))
    #expect(keys(.float(bits: 64), Self.numbers([-1e20])) == Array("-100000000000000000000".utf8))
  }

  @Test func groupsAreTheSameAcrossTypes() {
    let rows: [Int32] = [0, 1, 2]
    let floats = BatchGroups(
      RowScope(by: ["a"]), Self.batch((.float(bits: 64), Self.numbers([1, 2.5, 1]))), among: rows)
    let texts = BatchGroups(
      RowScope(by: ["a"]), TestTable(columns: [("a", ["1", "2.5", "1"])]).batch(0..<3), among: rows)
    #expect(floats.groups == texts.groups && floats.rows == [[0, 2], [1]])
  }

  // MARK: - Dates farther from 1970 than 64 bits of microseconds reach

  private static let far: Int64 = 200_000_000

  @Test func aFarDateHasALag() {
    let batch = Self.batch(
      (.date, Self.integers([Self.far, -Self.far, Self.far, 0])), (.date, Self.integers([0, 0, Self.far, 1])))
    let readings = ["a", "b"].map { ColumnReading($0, as: .date) }
    let test = LagTest(from: readings[0], to: readings[1], atMost: Instant.perDay)
    #expect(Self.verdicts(test, batch) == [.violated, .violated, .holds, .holds])
  }

  @Test func aFarDateIsCountedAsOne() {
    var periods = FilledPeriods.Specification(ColumnReading("a", as: .date), Period(length: Instant.perDay)).empty
    periods.update(Self.batch((.date, Self.integers([0, Self.far, 2]))))
    var others = FilledPeriods.Specification(ColumnReading("a", as: .date), Period(length: Instant.perDay)).empty
    others.update(Self.batch((.date, Self.integers([-Self.far]))))
    periods.merge(others)
    #expect(periods.farCount == 2 && periods.counts.malformed == 0 && periods.counts.evaluated == 4)
  }
}
