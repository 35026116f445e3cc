import TestSupport
import Testing

@testable import Scan

@Suite struct CanonicalTextTests {
  private static func canonical(_ text: String, as type: ValueType) -> String {
    var bytes = Array(("before" + text).utf8)
    CanonicalText.rewrite(&bytes, from: 6, as: type)
    return String(decoding: bytes.dropFirst(6), as: UTF8.self)
  }

  @Test(
    arguments: [
      (ValueType.number, ["1", "1.0", "01", "+1", "1e0", "10e-1", "1.", "0.1E1"], "1"),
      (.number, ["0", "-0", "0.0", "-0.00", "0e7", "000"], "0"), (.number, ["nan", "NaN", "-nan"], "nan"),
      (.number, ["0.5", ".5", "0.50", "5e-1"], "0.5"), (.number, ["-inf", "-Infinity", "-INF"], "-inf"),
      (.integer, ["007", "7", "+7"], "7"), (.integer, ["9007199254740993"], "9007199254740993"),
      (.boolean, ["true", "TRUE", "1"], "true"), (.boolean, ["False", "0"], "false"),
      (.time, ["07:30", "07:30:00", "07:30:00.000"], "07:30:00"), (.time, ["07:30:00.50", "07:30:00,5"], "07:30:00.5"),
      (
        .timestamp,
        [
          "2024-01-01T00:00:00Z", "2024-01-01T00:00:00", "2024-01-01 00:00", "2024-01-01T01:00:00+01:00",
          "2023-12-31T23:59:60Z", "2024-01-01T00:00:00.000000000z", "2024-01-01",
        ], "2024-01-01T00:00:00Z"
      ),
      (
        .timestamp, ["2024-01-01T00:00:00.000000001Z", "2024-01-01 02:00:00.0000000010+02"],
        "2024-01-01T00:00:00.000000001Z"
      ),
      (.date, ["2024-01-01"], "2024-01-01"), (.string, ["01"], "01"),
    ] as [(ValueType, [String], String)])
  func oneValueHasOneText(type: ValueType, texts: [String], expected: String) {
    for text in texts { #expect(Self.canonical(text, as: type) == expected, "\(text)") }
  }

  @Test(arguments: ValueType.allCases)
  func whatIsNoValueStaysAsItIs(type: ValueType) {
    for text in ["", "x", "1 ", " 1", "1_000", "24:00", "2024-02-30T00:00:00Z", "--1", "1e", "."] {
      #expect(Self.canonical(text, as: type) == text)
    }
  }

  /// Texts are equal exactly when their numbers are, and a canonical text is its own.
  @Test func numbersAreEqualWhenTheirTextsAre() {
    var generator = SeededGenerator(seed: 3)
    func number() -> String {
      var text = ["", "", "-", "+"].randomElement(using: &generator) ?? ""
      func digits(_ most: Int) {
        for _ in 0..<Int.random(in: 0...most, using: &generator) {
          text.append("00127".randomElement(using: &generator) ?? "0")
        }
      }
      digits(3)
      if Bool.random(using: &generator) { text += "." }
      digits(3)
      if Int.random(in: 0..<4, using: &generator) == 0 {
        text += ["e1", "E-2", "e+0"].randomElement(using: &generator) ?? ""
      }
      return text
    }
    var equal = 0
    for _ in 0..<40_000 {
      let (a, b) = (number(), number())
      let (x, y) = (Self.canonical(a, as: .number), Self.canonical(b, as: .number))
      #expect(Self.canonical(x, as: .number) == x)
      guard let first = DecimalNumber(a), let second = DecimalNumber(b) else { continue }
      #expect((x == y) == (first == second), "\(a) is \(x), \(b) is \(y)")
      if first == second { equal += 1 }
    }
    #expect(equal > 100)
  }

  // MARK: - Keys

  private static func keys(_ texts: [String], as type: ValueType?) -> [UInt8] {
    let types = type.map { ["a": $0] } ?? [:]
    return BatchKeys(
      ["a"], TestTable(columns: [("a", texts)]).batch(0..<texts.count), BatchKeys.Form(types: types)
    ).bytes
  }

  @Test func keysOfADeclaredTypeAreThoseOfTheValues() {
    #expect(Self.keys(["1.0", "x", "01"], as: .number) == Array("1x1".utf8))
    #expect(Self.keys(["1.0", "x", "01"], as: .string) == Array("1.0x01".utf8))
    #expect(Self.keys(["1.0", "x", "01"], as: nil) == Array("1.0x01".utf8))
  }

  /// A number and a point in time have the same key in any file, when the rules say what they are.
  @Test func typesMeet() {
    func keys(_ stored: StoredType, _ values: StoredColumn, _ type: ValueType) -> String {
      var batch = Batch()
      batch.fields = [Field("a", stored)]
      batch.slots = ["a": 0]
      batch.stored = [values]
      batch.rowCount = values.rowCount
      let form = BatchKeys.Form(joinsTypes: true, types: ["a": type])
      return String(decoding: BatchKeys(["a"], batch, form).bytes, as: UTF8.self)
    }
    let valid = [CellState.valid.rawValue]
    func text(_ text: String) -> StoredColumn {
      .texts(TextColumn(bytes: Array(text.utf8), starts: [0], ends: [Int32(text.utf8.count)]))
    }
    let tiny = keys(.float(bits: 64), .numbers(Column(values: [1e-5], states: valid)), .number)
    #expect(tiny == keys(.untyped, text("0.00001"), .number))
    #expect(tiny == keys(.decimal(precision: 9, scale: 6), text("0.000010"), .number))
    let moment = keys(
      .timestamp(.millisecond, zone: nil), .integers(Column(values: [500], states: valid)), .timestamp)
    #expect(moment == "1970-01-01T00:00:00.5Z")
    #expect(moment == keys(.untyped, text("1970-01-01 01:00:00.500+01:00"), .timestamp))
    #expect(
      keys(.date, .integers(Column(values: [1], states: valid)), .timestamp)
        == keys(.untyped, text("1970-01-02T00:00"), .timestamp))
    #expect(
      keys(.time(.microsecond), text("07:30:00.500000"), .time) == keys(.untyped, text("07:30:00.5"), .time))
  }
}
