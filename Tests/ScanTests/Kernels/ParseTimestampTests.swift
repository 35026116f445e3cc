import TestSupport
import Testing

@testable import Scan

@Suite struct ParseTimestampTests {
  private static func parse(_ text: String) -> Int64? { parseTimestamp(Array(text.utf8).span) }

  /// Seconds by `date -u -d … +%s`, microseconds by hand.
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01 00:00", 0), ("1970-01-01T00:00:01.5Z", 1_500_000),
      ("1969-12-31T23:59:59.999999Z", -1), ("2013-01-31T23:59:00Z", 1_359_676_740_000_000),
      ("2013-01-31T23:59:00+02:00", 1_359_669_540_000_000), ("2013-01-31T23:59:00-0530", 1_359_696_540_000_000),
      ("2013-01-31T23:59:00+01", 1_359_673_140_000_000), ("2000-02-29 12:34:56", 951_827_696_000_000),
      ("2016-12-31T23:59:60Z", 1_483_228_800_000_000), ("2013-01-31T23:59:00,25z", 1_359_676_740_250_000),
      ("2013-01-31T23:59:00.1234567Z", 1_359_676_740_123_456), ("0000-01-01T00:00Z", -62_167_219_200_000_000),
      ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999), ("2013-01-31T23:59Z", 1_359_676_740_000_000),
      ("2013-01-31T23:59:00-00:00", 1_359_676_740_000_000),
    ] as [(String, Int64)])
  func reads(text: String, micros: Int64) { #expect(Self.parse(text) == micros) }

  @Test(arguments: [
    "2013-01-31", "2013-01-31T", "2013-01-31T24:00:00", "2013-01-31T23:60:00", "2013-01-31T23:59:61",
    "2013-02-30T00:00",
    "2013-01-31T23:59:0", "2013-01-31T23:59:", "2013-01-31T23:59:00.", "2013-01-31T23:59:00.Z", "2013-01-31T23:59:00+",
    "2013-01-31T23:59:00+1", "2013-01-31T23:59:00+24:00", "2013-01-31T23:59:00+01:60", "2013-01-31T23:59:00+01:0",
    "2013-01-31T23:59:00+001", "2013-01-31T23:59:00ZZ", "2013-01-31T23:59:00 Z", "2013-01-31_23:59:00", "1359676740",
    "2013-01-31T23:59:00.5.5", "2013-01-31T2a:59:00", "", "2013-01-31T23:59:00+0a:00",
  ])
  func rejects(text: String) { #expect(Self.parse(text) == nil) }

  /// Written from its parts, read as their sum.
  @Test func agreesWithArithmetic() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<20_000 {
      let day = Int.random(in: 1...28, using: &generator)
      let date = NaiveCalendar.text(
        Int.random(in: 0...9999, using: &generator), Int.random(in: 1...12, using: &generator), day)
      guard let days = parseDate(Array(date.utf8).span) else {
        Issue.record("\(date) is a day")
        continue
      }
      let second = Int.random(in: 0..<86400, using: &generator)
      let micros = Int.random(in: 0..<1_000_000, using: &generator)
      let offset = Int.random(in: -1439...1439, using: &generator)
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      let time = [second / 3600, second / 60 % 60, second % 60].map(two).joined(separator: ":")
      let fraction = String(String(1_000_000 + micros).dropFirst())
      let zone = (offset < 0 ? "-" : "+") + two(abs(offset) / 60) + ":" + two(abs(offset) % 60)
      let expected = (days * 86400 + Int64(second) - Int64(offset) * 60) * 1_000_000 + Int64(micros)
      #expect(Self.parse("\(date)T\(time).\(fraction)\(zone)") == expected)
    }
  }
}
