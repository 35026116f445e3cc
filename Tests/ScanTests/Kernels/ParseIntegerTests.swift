import TestSupport
import Testing

@testable import Scan

@Suite struct ParseIntegerTests {
  private static func parse(_ text: String) -> Int64? { parseInteger(Array(text.utf8).span) }

  @Test(arguments: [
    "0", "-0", "+0", "5", "+5", "-5", "007", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "-9223372036854775809", "18446744073709551616", "99999999999999999999999", "", "+", "-", "+-5", "--5", "5-", " 5",
    "5 ",
    "5.0", "1e3", "0x10", "1_000", "1,000", "٣", "/", ":", "000000000000000000000000000000000001",
  ])
  func agreesWithSwift(text: String) { #expect(Self.parse(text) == Int64(text), "\(text)") }

  @Test func agreesWithSwiftOnRandomTexts() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<50_000 {
      let length = Int.random(in: 1...21, using: &generator)
      let text = String((0..<length).compactMap { _ in "0123456789999-+a".randomElement(using: &generator) })
      #expect(Self.parse(text) == Int64(text), "\(text)")
      let number = Int64.random(in: .min ... .max, using: &generator)
      #expect(Self.parse("\(number)") == number)
    }
  }
}
