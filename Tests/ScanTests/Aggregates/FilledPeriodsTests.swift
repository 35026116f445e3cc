import TestSupport
import Testing

@testable import Scan

@Suite struct FilledPeriodsTests {
  private static func filled(
    _ days: [Int64], from first: Int64? = nil, to last: Int64? = nil, every count: Int64 = 1
  ) -> FilledPeriods {
    let reading = ColumnReading("a", as: .date)
    let period = Period(length: count * Instant.perDay, from: 0)
    var filled = FilledPeriods.Specification(reading, period, from: first, to: last).empty
    filled.update(TestTable(columns: [("a", days.map { Literal.text($0, as: .date) })]).batch(0..<days.count))
    return filled
  }

  /// The slow twin: a set of days.
  @Test(arguments: 0..<100)
  func gapsAreWhatASetLacks(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let days = (0..<Int.random(in: 1...80, using: &generator)).map { _ in
      Int64.random(in: -150...150, using: &generator)
    }
    let (first, last) = (
      Bool.random(using: &generator) ? -120 : nil as Int64?, Bool.random(using: &generator) ? 90 : nil as Int64?
    )
    let inside = Set(days.filter { $0 >= first ?? .min && $0 <= last ?? .max })
    let found = Self.filled(days, from: first, to: last)
    guard let low = first ?? inside.min(), let high = last ?? inside.max() else {
      #expect(found.span == nil && found.gaps.isEmpty)
      return
    }
    #expect(found.span == low...high)
    #expect(Set(found.gaps.flatMap { Array($0) }) == Set(low...high).subtracting(inside))
    // Each gap is as long as it can be.
    for (gap, next) in zip(found.gaps, found.gaps.dropFirst()) { #expect(gap.upperBound + 1 < next.lowerBound) }
  }

  @Test func tooManyPeriodsAreNotHeld() {
    #expect(!Self.filled((0..<10_000).map { $0 * 64 }).isOverfull)
    let many = Self.filled((0..<10_001).map { $0 * 64 })
    #expect(many.isOverfull && many.gaps.isEmpty && many.counts.evaluated == 10_001)
    #expect(!Self.filled((0..<10_001).map { $0 * 64 }, from: 0, to: 5).isOverfull)
  }
}
