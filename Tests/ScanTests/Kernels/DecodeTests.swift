import TestSupport
import Testing

@testable import Scan

@Suite struct DecodeTests {
  /// What Swift makes of the text, where both grammars agree: no hexadecimal, and no number that is too large.
  private static func expected(_ text: String) -> Double? {
    let letters = Set(text.lowercased().unicodeScalars.filter(\.properties.isAlphabetic))
    if letters.contains("x") || letters.contains("p") { return nil }
    guard let value = Double(text) else { return nil }
    return value.isInfinite && letters.isDisjoint(with: ["n"]) ? nil : value
  }

  private static func expectAgreement(_ text: String) {
    let wanted = expected(text)
    for level in VectorLevel.allCases {
      let found = level.run { Literal.number(text) }
      let agree = found?.bitPattern == wanted?.bitPattern || (found?.isNaN == true && wanted?.isNaN == true)
      if !agree { Issue.record("\(level), \(text): \(found as Double?) instead of \(wanted as Double?)") }
    }
  }

  @Test(arguments: [
    "0", "-0", "+0", "1", "+5", "-5", "+-5", "-+5", "++5", "--5", "0.1", ".5", "-.5", "+.5", "5.", ".", "-", "+", "",
    "1e5", "1E5", "1e+5", "1e-5", "1e", "1e+", "e5", "1e400", "-1e400", "+1e400", "1e-400", "5e-324", "2e-324",
    "1.7976931348623157e308", "1.7976931348623159e308", "1.8e308", "nan", "NaN", "-nan", "inf", "-inf", "+inf",
    "Infinity",
    "-infinity", "infin", " 1", "1 ", "1\t", "1,5", "1_000", "0x10", "0x1p3", "1f", "١", "9007199254740993",
    "9223372036854775808", "123456789012345678901234567890", "0.30000000000000004", "1..2", "1.2.3", "1e5.5", "$5",
    "5%",
    "2.2250738585072011e-308", "179769313486231580793728971405301e276",
  ])
  func numbersAgreeWithSwift(text: String) { Self.expectAgreement(text) }

  @Test func numbersAgreeWithSwiftOnRandomTexts() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<50_000 {
      let double = Double(bitPattern: generator.next())
      // Swift writes the payload of a NaN, which no file has.
      if !double.isNaN { Self.expectAgreement("\(double)") }
      let length = Int.random(in: 1...12, using: &generator)
      Self.expectAgreement(String((0..<length).compactMap { _ in "0123456789..eE+-".randomElement(using: &generator) }))
      let digits = (0..<25).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
      Self.expectAgreement("0." + digits + "e" + String(Int.random(in: -330...310, using: &generator)))
    }
  }

  /// Decimals of the lengths that are parsed in vectors, with every number of digits behind the point.
  @Test func decimalsAgreeWithSwift() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<100_000 {
      let length = Int.random(in: 1...22, using: &generator)
      var text = (0..<length).map { _ in "0123456789".randomElement(using: &generator) ?? "0" }
      if Bool.random(using: &generator) { text.insert(".", at: Int.random(in: 0...length, using: &generator)) }
      if Int.random(in: 0..<20, using: &generator) == 0 {
        text[Int.random(in: 0..<text.count, using: &generator)] = ".e-+:a /".randomElement(using: &generator) ?? "e"
      }
      Self.expectAgreement((Bool.random(using: &generator) ? "-" : "") + String(text))
    }
  }

  /// Exactly between two doubles, and next to there, where the last digit decides.
  @Test func decimalsBetweenTwoDoublesAgreeWithSwift() {
    var generator = SeededGenerator(seed: 10)
    for _ in 0..<20_000 {
      // An odd number of 54 bits, halved so often that its decimals still have at most 19 digits.
      let odd = UInt64.random(in: 1 << 53..<1 << 54, using: &generator) | 1
      let halvings = Int.random(in: 0...3, using: &generator)
      let digits = (0..<halvings).reduce(odd) { product, _ in product * 5 }
      for digits in [digits - 1, digits, digits + 1] {
        var text = Array(String(digits))
        if halvings > 0 { text.insert(".", at: text.count - halvings) }
        Self.expectAgreement((Bool.random(using: &generator) ? "-" : "") + String(text))
      }
    }
  }

  /// Numbers are read many at once, wherever there are some, and other texts beside them one by one.
  @Test(arguments: VectorLevel.allCases)
  func manyNumbersAreReadAsEach(level: VectorLevel) {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<50 {
      var texts: [String?] = []
      while texts.count < 1000 {
        // Runs of one kind, longer and shorter than what is read at once.
        let kind = Int.random(in: 0..<5, using: &generator)
        for _ in 0..<Int.random(in: 1...300, using: &generator) {
          let number = Double.random(in: -1000...1000, using: &generator)
          texts.append([nil, "no number", "\(Int(number))", "\(number)", "1e\(Int(number) / 50)"][kind])
        }
      }
      let batch = level.run { TestTable(columns: [("a", texts)]).batch(0..<texts.count) }
      let found = batch.numbers(ColumnReading("a", as: .number))
      for (row, text) in texts.enumerated() {
        let wanted = text.flatMap { Literal.number($0) }
        let state: CellState = text == nil ? .null : wanted == nil ? .malformed : .valid
        #expect(found.states[row] == state.rawValue, "\(text ?? "null")")
        if let wanted { #expect(found.values[row].bitPattern == wanted.bitPattern, "\(text ?? "null")") }
      }
    }
  }

  /// The types nest: whatever reads as an integer is a number too, and the same one.
  @Test func everyIntegerIsANumber() {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<20_000 {
      let length = Int.random(in: 1...19, using: &generator)
      let text = String((0..<length).compactMap { _ in "0123456789+-".randomElement(using: &generator) })
      guard let integer = Literal.integer(text, as: .integer) else { continue }
      #expect(Literal.number(text) == Double(integer), "\(text)")
    }
  }

  @Test(arguments: ValueType.allCases.filter { $0 != .string })
  func aNullStaysANullAndAnEmptyTextIsMalformed(type: ValueType) {
    let table = TestTable(columns: [("a", [nil, "", "1", "no value", nil])])
    let states: [UInt8]
    switch table.batch(0..<5).derived[ColumnReading("a", as: type)] {
    case .number(let column)?: states = column.states
    case .integer(let column)?: states = column.states
    default: states = []
    }
    #expect(states[0] == 0 && states[4] == 0)
    #expect(states[1] == 2 && states[3] == 2)
  }

  @Test func literalsReadAsTheDataDoes() {
    #expect(Literal.integer("true", as: .boolean) == 1)
    #expect(Literal.integer("1970-01-02", as: .date) == 1)
    #expect(Literal.integer("00:01", as: .time) == 60_000_000_000)
    #expect(Literal.integer("1970-01-02", as: .timestamp) == 86_400_000_000)
    #expect(Literal.integer("1970-01-01T00:00:01Z", as: .timestamp) == 1_000_000)
    #expect(Literal.integer("1", as: .string) == nil)
    #expect(Literal.integer("1", as: .number) == nil)
  }

  /// Where a null begins means nothing, and nothing is read there.
  @Test func nullsMayBeginAnywhere() {
    for count in [1, 8, 200] {
      let starts = (0..<count).map { $0 % 2 == 0 ? Int32.min + Int32($0) : 0 }
      let ends = (0..<count).map { $0 % 2 == 0 ? Int32(-1) : 2 }
      let column = TextColumn(bytes: Array("42".utf8), starts: starts, ends: ends)
      guard case .number(let numbers) = column.decoded(as: .number) else {
        Issue.record("no numbers")
        return
      }
      #expect(numbers.states == (0..<count).map { $0 % 2 == 0 ? CellState.null.rawValue : CellState.valid.rawValue })
      #expect(numbers.values.enumerated().allSatisfy { $0.offset % 2 == 0 || $0.element == 42 })
    }
  }
}
