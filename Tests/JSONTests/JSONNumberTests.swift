import TestSupport
import Testing

@testable import JSON

@Suite struct JSONNumberTests {
  private func number(_ literal: String) throws -> JSONNumber {
    try #require(try JSONParser.parse(literal).numberValue)
  }

  @Test(arguments: [
    ("1", "1.0"), ("1", "1e0"), ("1", "10E-1"), ("0", "-0"), ("0", "0e99999999999999999999"), ("120", "1.2e2"),
    ("0.5", "5e-1"),
    ("9223372036854775807", "9223372036854775807.000"), ("-9223372036854775808", "-9.223372036854775808e18"),
    ("1e999", "2e999"), ("100000000000000000000", "1e20"),
  ])
  func equal(left: String, right: String) throws {
    #expect(try number(left) == number(right))
    #expect(try !(number(left) < number(right)) && !(number(right) < number(left)))
  }

  @Test(arguments: [
    ("1", "2"), ("-1", "1"), ("9007199254740992", "9007199254740993"), ("9223372036854775806", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775807"), ("0.1", "0.2"), ("1e300", "1e999"),
    ("9007199254740992", "9007199254740993.0"), ("1e20", "100000000000000000001"),
    ("-1.00000000000000000001e20", "-1e20"), ("99999999999999999999", "1e20"), ("1.5e21", "1500000000000000000001"),
  ])
  func ordered(less: String, greater: String) throws {
    #expect(try number(less) != number(greater))
    #expect(try number(less) < number(greater))
    #expect(try !(number(greater) < number(less)))
  }

  /// Of spellings of one double, those of one number are equal to each other and to no other.
  @Test func equalityIsAnEquivalence() throws {
    let spellings = [
      "1e20", "100000000000000000000", "100000000000000000001", "1.00000000000000000001e20", "10e19",
      "100000000000000000000.5",
      "0.9999999999999999999999", "1", "1.0000000000000000000001", "1.0", "0.1", "0.10000000000000000000001", "1e999",
      "2e999", "0", "-0", "0.0", "1e-999", "-2e-999",
    ]
    let numbers = try spellings.map { try number($0) }
    for a in numbers {
      #expect(a == a)
      for b in numbers {
        #expect((a == b) == (b == a))
        #expect((a == b) == (a.canonical == b.canonical), "\(a.literal) \(b.literal)")
        #expect(!(a == b && (a < b || b < a)), "\(a.literal) \(b.literal)")
        for c in numbers where a == b && b == c { #expect(a == c, "\(a.literal) \(b.literal) \(c.literal)") }
      }
    }
    #expect(numbers[0] == numbers[1] && numbers[0] == numbers[4] && numbers[2] == numbers[3])
    #expect(numbers[0] != numbers[2] && numbers[7] == numbers[9] && numbers[6] != numbers[7])
  }

  @Test(
    arguments: [
      ("42", 42), ("-7.0", -7), ("1.5e1", 15), ("-0", 0), ("9223372036854775807", Int64.max),
      ("-9223372036854775808", Int64.min),
      ("9223372036854775808", nil), ("0.5", nil), ("1e19", nil), ("1e-1", nil), ("1e999", nil), ("1e400", nil),
      ("1000e-3", 1),
      ("0.00000000000000000001e20", 1), ("1e-99999999999999999999", nil),
    ] as [(String, Int64?)])
  func knowsExactIntegers(literal: String, expected: Int64?) throws {
    #expect(try number(literal).int64 == expected)
    #expect(try number(literal).literal == literal)
  }

  /// The fast path against the standard library.
  @Test func readsDoublesExactly() throws {
    var documents = GeneratedJSON(seed: 7)
    var random = SeededGenerator(seed: 8)
    for _ in 0..<20_000 {
      let short =
        "\(Int64.random(in: -999_999_999...999_999_999, using: &random))."
        + "\(UInt32.random(in: 0...9_999_999, using: &random))e\(Int.random(in: -30...30, using: &random))"
      for literal in [short, documents.double().description] {
        #expect(try number(literal).double.bitPattern == Double(literal)?.bitPattern, "\(literal)")
      }
    }
  }

  @Test func flagsWhatIsNotFinite() throws {
    #expect(try JSONParser.parse("1e999").isNaNOrInfinity)
    // Beyond 64 bits, where neighbours are the same double.
    #expect(try number("12345678901234567890123") != number("12345678901234567890124"))
    #expect(try number("12345678901234567890123") < number("12345678901234567890124"))
    #expect(try number("-12345678901234567890124") < number("-12345678901234567890123"))
    #expect(try number("100000000000000000000") == number("1e20"))
    #expect(JSONNumber(Double.nan) != JSONNumber(Double.nan))
    #expect(JSONNumber(Double.infinity) == JSONNumber(Double.infinity))
  }
}
