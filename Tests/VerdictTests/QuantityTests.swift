import TestSupport
import Testing
import Verdict

@Suite struct QuantityTests {
  @Test(
    arguments: [
      (Quantity(1000), "1000"), (Quantity(0.1), "0.1"), (Quantity(-3), "-3"), (Quantity(0), "0"),
      (Quantity(0.01, .share), "1%"), (Quantity(0.001, .share), "0.1%"), (Quantity(0.29, .share), "29%"),
      (Quantity(1, .share), "100%"), (Quantity(0.07, .share), "7%"), (Quantity(0, .share), "0%"),
      (Quantity(1, .rows), "1 row"), (Quantity(0, .rows), "0 rows"), (Quantity(10, .rows), "10 rows"),
      (Quantity(999, .rows), "999 rows"), (Quantity(1000, .rows), "1,000 rows"),
      (Quantity(-1_234_567, .rows), "-1,234,567 rows"), (Quantity(1e18, .rows), "1,000,000,000,000,000,000 rows"),
      (Quantity(2.5, .rows), "2.5 rows"), (Quantity(1, .columns), "1 column"), (Quantity(2, .columns), "2 columns"),
      (Quantity(0.5, .seconds), "500ms"), (Quantity(30, .seconds), "30s"), (Quantity(300, .seconds), "5m"),
      (Quantity(7200, .seconds), "2h"), (Quantity(86400 * 7, .seconds), "7d"), (Quantity(0, .seconds), "0s"),
      (Quantity(0.9999999999, .seconds), "1s"), (Quantity(0.0005, .seconds), "0.5ms"),
      (Quantity(0, .bytes), "0B"), (Quantity(64e6, .bytes), "64MB"), (Quantity(1500, .bytes), "1.5KB"),
      (Quantity(999, .bytes), "999B"), (Quantity(999_999, .bytes), "1MB"), (Quantity(5e15, .bytes), "5000TB"),
    ] as [(Quantity, String)])
  func printsAsPeopleWriteIt(quantity: Quantity, text: String) { #expect(quantity.description == text) }

  /// A value that is there must not print as if it were not.
  @Test(arguments: [1e-9, 1e-12, 3e-300], [Quantity.Unit.share, .seconds, .none])
  func neverRoundsToZero(value: Double, unit: Quantity.Unit) {
    let text = Quantity(value, unit).description
    #expect(text.contains { ("1"..."9").contains($0) }, "\(text)")
  }

  @Test func plainNumbersReadBackAsTheSame() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      #expect(Double(Quantity.text(value)) == value)
      let whole = Double(Int64.random(in: -1_000_000...1_000_000, using: &generator))
      #expect(!Quantity.text(whole).contains("."))
    }
  }

  @Test func whatIsNoNumberIsSaid() {
    #expect(Quantity.text(.nan) == "nan")
    #expect(Quantity.text(.infinity) == "inf")
    #expect(Quantity(.nan, .seconds).description == "nans")
  }

  @Test(
    arguments: [
      (1.0 / 3, "0.333333"), (2.0 / 3 * 100, "66.6667"), (123_456_789, "123456789"), (0, "0"), (12.5, "12.5"),
      (-1.0 / 3, "-0.333333"),
    ] as [(Double, String)])
  func briefNumbersHaveSixDigits(value: Double, text: String) { #expect(Quantity.brief(value) == text) }
}
