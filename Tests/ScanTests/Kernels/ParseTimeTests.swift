import TestSupport
import Testing

@testable import Scan

@Suite struct ParseTimeTests {
  @Test(
    arguments: [
      ("00:00", 0), ("11:00", 39_600_000_000_000), ("11:00:00", 39_600_000_000_000),
      ("11:00:00.123456", 39_600_123_456_000), ("23:59:59.999999999", 86_399_999_999_999),
      ("07:05:09,5", 25_509_500_000_000), ("00:00:00.0000000019", 1),
    ])
  func readsTimesOfDay(text: String, nanoseconds: Int64) {
    #expect(Literal.integer(text, as: .time) == nanoseconds)
  }

  @Test(
    arguments: [
      "", "1", "7:30", "24:00", "24:00:00", "12:60", "12:00:60", "12:00:", "12:00:0", "12:00:00.", "12:00:00.x",
      "12-00",
      "12:00Z", "12:00:00Z", "12:00:00+01:00", "-1:00:00", " 12:00", "12:00 ", "12:00 PM", "2024-01-01T12:00:00",
      "1200",
      "12:00:00.1 ", "１２:00",
    ])
  func whatIsNoTimeOfDayIsNone(text: String) {
    #expect(Literal.integer(text, as: .time) == nil)
  }

  /// Every time that is written reads back, in the coarsest unit that has all its digits.
  @Test func whatIsWrittenReadsBack() {
    var generator = SeededGenerator(seed: 1)
    for unit in [1_000_000_000, 1_000_000, 1000, 1] as [Int64] {
      for _ in 0..<2000 {
        let time = Int64.random(in: 0..<86_400_000_000_000 / unit, using: &generator) * unit
        let text = Literal.text(time, as: .time)
        #expect(Literal.integer(text, as: .time) == time, "\(text)")
        #expect(text.utf8.count <= [8, 12, 15, 18][[1_000_000_000, 1_000_000, 1000, 1].firstIndex(of: unit) ?? 0])
      }
    }
  }
}
