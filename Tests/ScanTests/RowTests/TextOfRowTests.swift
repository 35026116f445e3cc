import TestSupport
import Testing

@testable import Scan

/// The tests on what texts are made of, against Swift's own strings.
@Suite struct TextOfRowTests {
  private static let pieces = [
    "a", "Z", "5", " ", "\t", "\u{A0}", "\u{3000}", "-", "…", "é", "日", "😀", "٣", "\u{85}", "ⅷ", "\u{200B}", "~",
  ]

  private static func verdicts(_ test: some RowTest, _ values: [String?]) -> [RowVerdict] {
    let batch = TestTable(columns: [("a", values)]).batch(0..<values.count)
    var verdicts = [RowVerdict](repeating: .unselected, count: values.count)
    test.judge(batch, into: &verdicts)
    return verdicts
  }

  @Test func agreeWithStrings() {
    var generator = SeededGenerator(seed: 42)
    let values = (0..<3000).map { _ in
      (0..<Int.random(in: 0...4, using: &generator)).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
        .joined()
    }
    func expect(_ test: some RowTest, _ holds: (Substring.UnicodeScalarView) -> Bool) {
      let expected = values.map { holds($0[...].unicodeScalars) ? RowVerdict.holds : .violated }
      #expect(Self.verdicts(test, values) == expected)
      #expect(Self.verdicts(test, [nil]) == [.null])
    }
    expect(ASCIITest("a")) { $0.allSatisfy(\.isASCII) }
    expect(TrimmedTest("a")) {
      $0.first?.properties.isWhitespace != true && $0.last?.properties.isWhitespace != true
    }
    expect(WordTest("a")) { $0.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil } }
  }

  /// Of texts the order of bytes is that of scalars.
  @Test func rangesOfTextsAreThoseOfScalars() {
    var generator = SeededGenerator(seed: 43)
    let values = (0..<60).map { _ in
      (0..<Int.random(in: 0...3, using: &generator)).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
        .joined()
    }
    for limit in values {
      let bytes = Array(limit.utf8)
      func isBelow(_ value: String) -> Bool {
        value.unicodeScalars.map(\.value).lexicographicallyPrecedes(limit.unicodeScalars.map(\.value))
      }
      let low = Self.verdicts(RangeTest("a", as: .string, .text(bytes, below: nil)), values)
      #expect(low == values.map { isBelow($0) ? .violated : .holds })
      let high = Self.verdicts(RangeTest("a", as: .string, .text(nil, below: bytes)), values)
      #expect(high == values.map { isBelow($0) ? .holds : .violated })
    }
  }

  @Test func multiplesOfStoredNumbers() {
    var batch = Batch()
    let valid = CellState.valid.rawValue
    func verdicts(_ type: StoredType, _ column: StoredColumn, _ step: String) -> [RowVerdict] {
      batch = Batch()
      batch.add(Field("a", type), column, at: 0)
      var verdicts = [RowVerdict](repeating: .unselected, count: column.rowCount)
      if let step = DecimalStep(step) { MultipleTest("a", as: .number, of: step).judge(batch, into: &verdicts) }
      return verdicts
    }
    let doubles = StoredColumn.numbers(
      Column(values: [0.15, 0.1 + 0.2, .nan, 1e300, 0], states: [valid, valid, valid, valid, 0]))
    #expect(verdicts(.float(bits: 64), doubles, "0.05") == [.holds, .violated, .violated, .holds, .null])
    let floats = StoredColumn.numbers(Column(values: [Double(Float(0.15)), 0.15], states: [valid, valid]))
    #expect(verdicts(.float(bits: 32), floats, "0.05") == [.holds, .holds])
    let integers = StoredColumn.integers(Column(values: [-1, 4, .max], states: [valid, valid, valid]))
    #expect(verdicts(.integer(bits: 64, isSigned: true), integers, "2") == [.violated, .holds, .violated])
    #expect(verdicts(.date, integers, "2") == [.malformed, .malformed, .malformed])
  }
}
