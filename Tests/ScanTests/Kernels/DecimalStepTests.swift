import TestSupport
import Testing

@testable import Scan

@Suite struct DecimalStepTests {
  private static func divides(_ step: String, _ value: String) throws -> Bool {
    try #require(DecimalStep(step)).divides(Array(value.utf8).span)
  }

  @Test(
    arguments: [
      ("0.05", "0.15", true), ("0.05", "0.3", true), ("0.1", "0.30000000000000004", false), ("0.01", "1.005", false),
      ("0.01", "1.00500e1", true), ("0.5", "-2.5", true), ("3", "1e400", false), ("3", "3e400", true),
      ("7", "0e9", true),
      ("1000", "5e3", true), ("1000", "500", false), ("1e-7", "0.0000003", true), ("1e-7", "0.00000035", false),
      ("0.125", "1", true), ("64", "1e5", false), ("64", "1e6", true), ("1", "", false), ("1", "x", false),
      ("1", "1x", false), ("1", "1e", false), ("1", "nan", false), ("1", "+4", true), ("1", ".5", false),
      ("0.5", ".5", true), ("999999999999999999", "1999999999999999998", true), ("1", "1e-99999999999999999999", false),
      ("2", "123456789012345678901234567890", true), ("2", "123456789012345678901234567891", false),
    ] as [(String, String, Bool)])
  func knowsMultiples(step: String, value: String, isMultiple: Bool) throws {
    #expect(try Self.divides(step, value) == isMultiple)
  }

  @Test(arguments: ["0", "-1", "", "x", "nan", "1234567890123456789", "0.0"])
  func isAPositiveNumber(text: String) { #expect(DecimalStep(text) == nil) }

  /// The slow twin: both numbers as whole numbers of billionths.
  @Test func agreesWithWholeNumbers() throws {
    var generator = SeededGenerator(seed: 41)
    for _ in 0..<3000 {
      let (step, value) = (
        Int.random(in: 1...4000, using: &generator), Int.random(in: -90_000...90_000, using: &generator)
      )
      let (steps, values) = (Int.random(in: 0...6, using: &generator), Int.random(in: 0...6, using: &generator))
      func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { product, _ in product * 10 } }
      let expected = value * power(9 - values) % (step * power(9 - steps)) == 0
      #expect(
        try Self.divides(Self.text(step, steps), Self.text(value, values)) == expected,
        "\(value)e-\(values) \(step)e-\(steps)")
    }
  }

  private static func text(_ number: Int, _ places: Int) -> String {
    let digits = String(number.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return (number < 0 ? "-" : "") + padded.dropLast(places) + (places > 0 ? "." : "") + padded.suffix(places)
  }
}
