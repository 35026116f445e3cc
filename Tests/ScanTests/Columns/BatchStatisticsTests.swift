import CKernels
import TestSupport
import Testing

@testable import Scan

/// Whatever follows from the statistics of a batch is what looking at its rows says.
@Suite struct BatchStatisticsTests {
  /// The answer without a look at the rows, and the one with it.
  private static func answers(_ test: some RowTest, _ batch: Batch) -> (
    known: ViolationSummary?, seen: ViolationSummary
  ) {
    func violations<Test: RowTest>(_ test: Test) -> (ViolationSummary?, ViolationSummary) {
      let specification = Violations.Specification(test)
      let asked = [any AggregateSpecification](repeating: specification, count: 3)
      var batch = batch
      let known = BatchStatistics(for: asked).statistics(of: &batch)
      var seen = specification.empty
      seen.update(batch)
      return (known.flatMap { specification.summary(from: $0)?.summary }, seen.summary)
    }
    return violations(test)
  }

  private static let tests: [any RowTest] = {
    var tests: [any RowTest] = []
    for (low, high) in [(0.0, 12.0), (-7, 100), (0.5, 0.5), (1, 3)] {
      tests.append(RangeTest("number", as: .number, .number(low, high)))
      tests.append(RangeTest("mixed", as: .integer, .integer(Int64(low), Int64(high))))
    }
    for column in ["city", "number", "mixed", "nulls"] {
      tests.append(PresenceTest(column))
      for type in ValueType.allCases { tests.append(CastTest(column, as: type)) }
      tests.append(ASCIITest(column))
      tests.append(TrimmedTest(column))
      tests.append(MembershipTest(column, as: .string, .texts(["a very long word"]), isNegated: true))
      tests.append(MembershipTest(column, as: .string, .texts(["Bonn", "1"]), isNegated: true))
      for lengths in [0...300, 1...6, 2...2] {
        tests.append(LengthTest(column, atLeast: lengths.lowerBound, atMost: lengths.upperBound))
      }
      for isNegated in [false, true] {
        tests.append(MembershipTest(column, as: .number, .numbers([1, 3, 99]), isNegated: isNegated))
        tests.append(MembershipTest(column, as: .integer, .integers([1, 2, 3]), isNegated: isNegated))
        tests.append(MembershipTest(column, as: .integer, .integers([77]), isNegated: isNegated))
      }
    }
    let number = RowExpression.column(ColumnReading("number", as: .number))
    tests.append(ExpressionTest(.comparison(.lessOrEqual, number, .number(12)), when: .not(.isNull(number))))
    return tests
  }()

  @Test func whatIsKnownIsWhatIsSeen() {
    var dice = SeededGenerator(seed: 31)
    var answered = 0
    for _ in 0..<80 {
      let table = AggregateCase.table(rows: Int.random(in: 0...40, using: &dice), &dice)
      for size in [1, 5, 40] {
        for batch in table.batches(of: size).flatMap({ [$0, $0.coded] }) {
          for test in Self.tests {
            let (known, seen) = Self.answers(test, batch)
            guard let known else { continue }
            answered += 1
            #expect(known == seen, "\(test)")
          }
        }
      }
    }
    #expect(answered > 10_000)
  }

  @Test func aReadingThatIsRarelyAskedForIsNotLookedAt() {
    let test = Violations.Specification(PresenceTest("a"))
    var batch = TestTable(columns: [("a", ["1"])]).batch(0..<1)
    #expect(BatchStatistics(for: [test, test]).statistics(of: &batch) == nil)
    #expect(BatchStatistics(for: [test, test, test]).statistics(of: &batch)?.columns["a"]?.nullCount == 0)
  }

  @Test func aDictionaryIsEnough() {
    let test = Violations.Specification(RangeTest("a", as: .number, .number(0, 9)))
    var batch = TestTable(columns: [("a", ["1", nil, "7", "1"])]).batch(0..<4).coded
    batch.derived = [:]
    let column = BatchStatistics(for: [test, test, test]).statistics(of: &batch)?.columns["a"]
    #expect(column?.numbers == 1...7 && batch.derived.isEmpty)
  }

  @Test func rangesAreThoseOfTheDefinition() {
    var dice = SeededGenerator(seed: 32)
    let specials: [Double] = [0, -0.0, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude]
    for round in 0..<4000 {
      let count = Int.random(in: 0...40, using: &dice)
      let kinds: [UInt8] = [[1], [0, 1], [0], [0, 1, 1, 1, 1, 2]][round % 4]
      let states = (0..<count).map { _ in kinds.randomElement(using: &dice) ?? 1 }
      let doubles = (0..<count).map { _ -> Double in
        if Int.random(in: 0..<60, using: &dice) == 0 { return .nan }
        return Bool.random(using: &dice)
          ? Double.random(in: -9...9, using: &dice) : specials.randomElement(using: &dice) ?? 0
      }
      let integers = (0..<count).map { _ in
        Int64.random(in: .min ... .max, using: &dice) >> Int64.random(in: 0...63, using: &dice)
      }
      let present = zip(doubles, states).filter { $0.1 == 1 }.map(\.0)
      let isKnown = !present.isEmpty && !states.contains(2) && !present.contains(where: \.isNaN)
      let level: VectorLevel = round % 8 < 4 ? .base : .avx512
      var (low, high) = (0.0, 0.0)
      #expect(level.run { ck_range_of_doubles(doubles, states, count, &low, &high) } == isKnown)
      if isKnown { #expect(low == present.min() && high == present.max()) }
      let whole = zip(integers, states).filter { $0.1 == 1 }.map(\.0)
      var (least, greatest) = (Int64(0), Int64(0))
      let isRange = level.run { ck_range_of_integers(integers, states, count, &least, &greatest) }
      #expect(isRange == (!whole.isEmpty && !states.contains(2)))
      if isRange { #expect(least == whole.min() && greatest == whole.max()) }
    }
  }
}

extension Batch {
  /// The same with a dictionary for every column of texts, which has an entry for each row.
  fileprivate var coded: Batch {
    var coded = self
    for (slot, field) in fields.enumerated() {
      guard case .texts(var texts) = stored[slot] else { continue }
      texts.codes = (0..<texts.rowCount).map { texts.isNull($0) ? -1 : Int32($0) }
      coded.stored[slot] = .texts(texts)
      coded.derived[ColumnReading(field.name, as: .string)] = .text(texts)
    }
    return coded
  }
}
