import Scan
import Testing

@Suite struct DecimalNumberTests {
  /// In their order; what stands in one list is one number.
  private static let ascending: [[String]] = [
    ["-1e400"], ["-9007199254740993", "-9007199254740993.000"], ["-9007199254740992"], ["-10", "-1e1"], ["-1.5"],
    ["-0.1", "-.1", "-1e-1"], ["-1e-400"], ["0", "-0", "0.00", "0e9", "+0"], ["1e-400"], ["0.09"],
    ["0.1", "00.10", "+.1", "10e-2"], ["0.10000000000000001"], ["1", "1.", "1E0", "0.1e+1"], ["9"],
    ["10", "1e1", "010"], ["9007199254740992"], ["9007199254740993", "9007199254740.993e3"],
    ["99999999999999999999999999999999999999.99"], ["1e400", "10e399"],
  ]

  @Test func theOrderIsThatOfTheNumbers() throws {
    let numbers = try Self.ascending.enumerated().flatMap { rank, texts in
      try texts.map { (rank, try #require(DecimalNumber($0), "\($0)")) }
    }
    for (rank, number) in numbers {
      for (otherRank, other) in numbers {
        #expect((number < other) == (rank < otherRank), "\(number) \(other)")
        #expect((number == other) == (rank == otherRank), "\(number) \(other)")
      }
      #expect(DecimalNumber(number.description) == number)
    }
  }

  @Test(arguments: ["", "-", ".", "e5", "1e", "1e+", "nan", "inf", "1x", " 1", "1 ", "1.2.3", "--1", "0x10", "１"])
  func whatIsNoNumberIsNone(text: String) {
    #expect(DecimalNumber(text) == nil)
  }

  @Test func aDecimalIsWrittenWithItsScale() {
    func text(_ number: String, _ scale: Int) -> String? { DecimalNumber(number)?.text(scale: scale) }
    #expect(text("0.1", 2) == "0.10" && text("1e22", 0) == "1" + String(repeating: "0", count: 22))
    #expect(text("-5e-2", 2) == "-0.05" && text("-0", 2) == "0.00" && text("0.001", 2) == nil)
    #expect(text("1200", 2) == "1200.00" && text("1e999999999999999999999", 2) == nil)
  }
}
