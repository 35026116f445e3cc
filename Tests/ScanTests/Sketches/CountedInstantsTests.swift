import TestSupport
import Testing

@testable import Scan

/// Texts read as instants by the kernel, and by its slow twin.
@Suite struct CountedInstantsTests {
  /// What a text is as an instant, by the parsers that read one text.
  private static func instant(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    return parseTimestamp(bytes.span) ?? parseDate(bytes.span).map { $0 * 86_400_000_000 }
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// A text that is an instant, or nearly one.
  private static func text(_ random: inout SeededGenerator) -> String {
    func number(_ range: ClosedRange<Int>) -> String { two(Int.random(in: range, using: &random)) }
    func one(of texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }
    let year = String(String(10_000 + Int.random(in: 0...9999, using: &random)).dropFirst())
    let date = one(of: [year, "2024", "2023", "1900", "2000"]) + "-\(number(0...13))-\(number(0...32))"
    let time = one(of: ["T", " ", "t"]) + "\(number(0...24)):\(number(0...60))"
    let rest =
      one(of: ["", ":\(number(0...61))", ":59", ":60"]) + one(of: ["", ".5", ",25", ".123456789", ".1234567891", "."])
    let zone = one(of: ["", "Z", "z", "+01:30", "-11:59", "+24:00", "+0130", "-05", "+01:60", "x"])
    return one(of: [date, date + time + rest + zone, date + time + ":00Z"])
  }

  /// Whatever the kernel reads is what its twin reads, and both refuse the same.
  @Test func agreeWithTheParsersOfOneText() throws {
    var random = SeededGenerator(seed: 5)
    var (read, refused) = (0, 0)
    for _ in 0..<40_000 {
      let text = Self.text(&random)
      let found = CountedInstants(CountedTexts([text]))
      let expected = Self.instant(text)
      #expect(found?.numbers.values == expected.map { [Double($0)] }, "\(text)")
      if expected == nil { refused += 1 } else { read += 1 }
    }
    #expect(read > 5000 && refused > 5000)
  }

  /// Where texts are counted without a look at each, the census is that of all their readings.
  @Test func theCensusIsThatOfEachText() throws {
    let texts = [
      "2026-01-31", "2026-01-31T10:00:00", "2026-01-31 10:00:00.250", "2026-01-31T10:00:00+02:00", "2026-12-31",
    ]
    let found = try #require(CountedInstants(CountedTexts(texts)))
    var (quick, slow) = (TypeCensus(), TypeCensus())
    let dates = try #require(found.dates)
    quick.count(dates: dates, timestamps: found.numbers.values.count - dates)
    slow.update(CountedTexts(texts))
    #expect(quick == slow && dates == 2)
    // A form that few have is read, and its census is made text by text.
    let leap = try #require(CountedInstants(CountedTexts(texts + ["2024-02-29"])))
    #expect(leap.dates == nil && leap.numbers.values.last == 1_709_164_800_000_000)
  }

  /// Nulls are no values, and of a dictionary only what occurs has to be an instant.
  @Test func nullsAndEntriesThatDoNotOccurAreLeftOut() throws {
    var column = TextColumn()
    for text in ["2026-01-01", "never", "2026-01-02"] {
      column.starts.append(Int32(column.bytes.count))
      column.bytes += Array(text.utf8)
      column.ends.append(Int32(column.bytes.count))
    }
    #expect(CountedInstants(CountedTexts(column)) == nil)
    column.codes = [0, 2, -1, 2]
    let found = try #require(CountedInstants(CountedTexts(column)))
    #expect(found.numbers.values == [1_767_225_600_000_000, 1_767_312_000_000_000] && found.numbers.counts == [1, 2])
    #expect(CountedInstants(CountedTexts([])) == nil)
  }
}
