import TestSupport
import Testing

@testable import Scan

/// Decimals, times and JSON tokens.
@Suite struct ParquetTextTests {
  private func decimal(_ bytes: [UInt8], scale: Int) throws -> String {
    var text: [UInt8] = Array("x".utf8)
    try DecimalText.append(bytes, bytes.indices, scale: scale, to: &text)
    return String(decoding: text.dropFirst(), as: UTF8.self)
  }

  /// The slow twin: digits of the standard library, and a point among them.
  private func naive(_ value: some BinaryInteger, scale: Int) -> String {
    var digits = String(value.magnitude)
    if scale > 0 {
      digits = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale))
    }
    return (value < 0 ? "-" : "") + digits
  }

  @Test func decimalsOfUpTo128Bits() throws {
    var dice = SeededGenerator(seed: 5)
    let borders: [Int128] = [
      0, 1, -1, 9, 10, -10, 127, 128, -128, -129, 999_999_999, 1_000_000_000, .min, .max, 1 << 64,
    ]
    for round in 0..<3000 {
      let shift = Int128.random(in: 0...127, using: &dice)
      let value = round < borders.count ? borders[round] : Int128.random(in: .min ... .max, using: &dice) >> shift
      let scale = Int.random(in: 0...40, using: &dice)
      var bytes = (0..<16).map { UInt8(truncatingIfNeeded: value >> (8 * (15 - Int128($0)))) }
      if value >= -(1 << 40), value < 1 << 40 { bytes.removeFirst(Int.random(in: 0...10, using: &dice)) }
      #expect(try decimal(bytes, scale: scale) == naive(value, scale: scale))
      guard let small = Int64(exactly: value) else { continue }
      var text: [UInt8] = []
      DecimalText.append(small.magnitude, isNegative: small < 0, scale: scale, to: &text)
      #expect(String(decoding: text, as: UTF8.self) == naive(value, scale: scale))
    }
  }

  @Test func decimalsOfAnyWidth() throws {
    // 2^255 - 1 and -2^255.
    let largest = "57896044618658097711785492504343953926634992332820282019728792003956564819967"
    let smallest = "-57896044618658097711785492504343953926634992332820282019728792003956564819968"
    #expect(try decimal([0x7F] + [UInt8](repeating: 0xFF, count: 31), scale: 0) == largest)
    #expect(try decimal([0x80] + [UInt8](repeating: 0, count: 31), scale: 0) == smallest)
    #expect(try decimal([UInt8](repeating: 0xFF, count: 31) + [0xFE], scale: 3) == "-0.002")
    #expect(try decimal([], scale: 2) == "0.00")
    #expect(throws: PageFault.self) { try decimal([UInt8](repeating: 1, count: 513), scale: 0) }
  }

  @Test(arguments: [
    (0, StoredType.TimeUnit.millisecond, "00:00:00"), (86_399_999, .millisecond, "23:59:59.999"),
    (1, .microsecond, "00:00:00.000001"), (3_661_000_000_500, .nanosecond, "01:01:01.000000500"),
    (-1000, .millisecond, "-00:00:01"), (90_000_000, .millisecond, "25:00:00"),
  ]) func times(value: Int64, unit: StoredType.TimeUnit, expected: String) {
    var text: [UInt8] = []
    ClockText.appendTime(value, unit, to: &text)
    #expect(String(decoding: text, as: UTF8.self) == expected)
  }

  @Test func datesFollowEachOther() {
    // The slow twin counts days from 1600-01-01, which is 135140 days before 1970-01-01.
    var (year, month, day) = (1600, 1, 1)
    for number in -135_140...60_000 {
      var text: [UInt8] = []
      ClockText.appendDate(Int64(number), to: &text)
      let digits = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
      #expect(String(decoding: text, as: UTF8.self) == "\(year)-\(digits(month))-\(digits(day))")
      let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
      day += 1
      if day > [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] {
        (month, day) = (month + 1, 1)
      }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
  }

  @Test(arguments: [
    (0, StoredType.TimeUnit.microsecond, true, "1970-01-01T00:00:00Z"),
    (-1, .nanosecond, false, "1969-12-31T23:59:59.999999999"),
    (951_782_400_000, .millisecond, true, "2000-02-29T00:00:00Z"),
  ]) func timestamps(value: Int64, unit: StoredType.TimeUnit, isUTC: Bool, expected: String) {
    var text: [UInt8] = []
    ClockText.appendTimestamp(value, unit, isUTC: isUTC, to: &text)
    #expect(String(decoding: text, as: UTF8.self) == expected)
  }

  @Test func stringsOfJSON() {
    let bytes = Array("a\"\\\n\u{1}\u{7F}ü".utf8)
    var text: [UInt8] = []
    JSONText.appendString(bytes, bytes.indices, to: &text)
    #expect(String(decoding: text, as: UTF8.self) == "\"a\\\"\\\\\\n\\u0001\u{7F}ü\"")
  }

  @Test func numbersOfJSON() {
    func json(_ value: Double) -> String {
      var text: [UInt8] = []
      JSONText.appendNumber(Int64(bitPattern: value.bitPattern), bits: 64, to: &text)
      return String(decoding: text, as: UTF8.self)
    }
    #expect(
      [0.1, -2, .nan, .infinity, -.infinity].map(json) == ["0.1", "-2.0", "\"NaN\"", "\"Infinity\"", "\"-Infinity\""])
    var half: [UInt8] = []
    JSONText.appendNumber(0x3E00, bits: 16, to: &half)
    #expect(String(decoding: half, as: UTF8.self) == "1.5")
  }
}
