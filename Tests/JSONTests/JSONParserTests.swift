import TestSupport
import Testing

@testable import JSON

@Suite struct JSONParserTests {
  /// Texts and what they mean, in the spirit of JSONTestSuite's y_ cases.
  static let accepted: [(String, JSONValue)] = [
    ("null", .null), (" true\r\n", true), ("false", false), ("0", 0), ("-0", 0), ("-1", -1), ("\t[ ]\n", []),
    ("123.456", 123.456), ("1E22", 1e22), ("1e+2", 100), ("20e-1", 2), ("-123.456e-78", -123.456e-78),
    ("5e-324", .number(JSONNumber(Double.leastNonzeroMagnitude))), ("1.7976931348623157e308", 1.7976931348623157e308),
    ("0.1", 0.1),
    ("123456789012345678", 123_456_789_012_345_678), ("-9223372036854775808", -9_223_372_036_854_775_808),
    (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9""#, "Aé"),
    (#""\uD83D\ude00""#, "😀"), (#""\u0000""#, "\0"), ("\"\u{7F}\u{2028}é😀\"", "\u{7F}\u{2028}é😀"),
    (#""\uFFFF\uDBFF\uDFFF""#, "\u{FFFF}\u{10FFFF}"), (#""'""#, "'"),
    ("[1,[2,{}],\"x\"]", [1, [2, [:]], "x"]), ("{\"a\":1,\"b\":{\"c\":[]}}", ["a": 1, "b": ["c": []]]),
    ("{ \"\" : 0 }", ["": 0]), ("[[],[[]]]", [[], [[]]]), ("{\"a\" :\t[ 1 , 2 ]\n}", ["a": [1, 2]]),
  ]

  @Test(arguments: accepted) func accepts(text: String, value: JSONValue) throws {
    #expect(try JSONParser.parse(text) == value)
    #expect(try JSONParser.parse(text, mode: .lenient) == value)
  }

  /// What RFC 8259 does not allow, in the spirit of JSONTestSuite's n_ cases.
  @Test(arguments: [
    "", " ", "nul", "nullx", "True", "truefalse", "1 2", "[1]]", "{}}", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]",
    "[1,,2]",
    "[1 2]", "[1}", "{\"a\":1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{1:2}",
    "{\"a\":1 \"b\":2}", "{\"a\"::1}", "[\"a\":1]", "'a'", "01", "-01", "00", "-", "+1", ".5", "-.5", "1.", "1.e2",
    "1e", "1e+", "0x1", "1_000",
    "1a", "--1", "-a", "1.2.3", "\"", "\"a", "\"\\\"", "\"\\x41\"", "\"\\'\"", "\"\\u12\"", "\"\\u12g4\"",
    "\"\\U0041\"", "\"\\",
    "\"\n\"", "\"\t\"", "\"\u{1F}\"", "\"\0\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\ud800x\"",
    "\"\\udc00\\ud800\"",
    "/**/1", "1//", "#1", "\u{FEFF}1", "\u{A0}1", "1\u{2028}", "\u{C}1", "[1]\0", "nan", "NaN", "-NaN", "Infinity",
    "-Infinity", "inf", "undefined",
  ])
  func rejects(text: String) {
    #expect(throws: JSONError.self) { try JSONParser.parse(text) }
  }

  @Test(arguments: [
    "+Infinity", "-", "NaNs", "infinit", "--inf", "[NaN,]", "{NaN:1}", "'a'", "01", "// x", "\u{FEFF}1", "True",
  ])
  func staysStrictWhenLenient(text: String) {
    #expect(throws: JSONError.self) { try JSONParser.parse(text, mode: .lenient) }
  }

  @Test(arguments: ["NaN", "nan", "-nan", "-NaN", "Infinity", "-Infinity", "inf", "-inf", "Inf", "INFINITY"])
  func readsNonFiniteNumbersWhenLenient(text: String) throws {
    let value = try #require(try JSONParser.parse("[\(text), 1]", mode: .lenient)[0])
    #expect(value.isNaNOrInfinity)
    #expect(value.numberValue?.literal == text)
    #expect(value.doubleValue?.isNaN == text.lowercased().contains("nan"))
    #expect((value.doubleValue?.sign == .minus) == text.hasPrefix("-"))
  }

  /// Bytes that are not UTF-8, inside a string after two good bytes: where the fault lies is known.
  @Test(
    arguments: [
      [0x80], [0xFF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80],
      [0xE2, 0x82], [0xC3],
    ] as [[UInt8]])
  func rejectsBrokenUTF8(bytes: [UInt8]) throws {
    let error = #expect(throws: JSONError.self) {
      try JSONParser.parse(Array("\"é".utf8) + bytes + Array("\"".utf8))
    }
    #expect(error?.kind == .encoding)
    #expect(error?.byteOffset == 3)
    #expect(error?.column == 3)
  }

  @Test(arguments: [
    ("", 0, 1, 1, "a JSON value"), ("[1,\n 2,\n  x]", 10, 3, 3, "'x'"), ("{\"é\" 1}", 6, 1, 6, "':'"),
    ("[1\r\n2]", 4, 2, 1, "']'"),
    ("1 x", 2, 1, 3, "nothing after"), ("[\"ab", 1, 1, 2, "closing quote"), ("\r\r[01]", 3, 3, 2, "zero"),
    ("\"a\nb\"", 2, 1, 3, "control character"), ("\"\\ud800\"", 1, 1, 2, "surrogate"),
    ("{\"a\":NaN}", 5, 1, 6, "NaN is not JSON"),
  ])
  func saysWhere(text: String, offset: Int, line: Int, column: Int, words: String) throws {
    let error = try #require(throws: JSONError.self) { try JSONParser.parse(text) }
    #expect((error.byteOffset, error.line, error.column) == (offset, line, column))
    #expect(error.description.contains(words), "\(error)")
    #expect(error.description.unicodeScalars.allSatisfy { $0 >= " " })
  }

  /// Half a pair is no character; who reads leniently reads what stands for none, and goes on.
  @Test(arguments: [
    (#""\ud800""#, "\u{FFFD}"), (#""a\udc00b""#, "a\u{FFFD}b"), (#""\ud83d\ude00""#, "\u{1F600}"),
    (#""\ud800\u0041""#, "\u{FFFD}A"), (#""\ud800\ud83d\ude00""#, "\u{FFFD}\u{1F600}"),
  ])
  func halvesOfPairsAreReplacedWhereReadLeniently(_ text: String, _ expected: String) throws {
    #expect(try JSONParser.parse(text, mode: .lenient).stringValue == expected)
  }

  @Test func keepsToItsLimits() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try JSONParser.parse(nested(512)) }
    #expect(try #require(throws: JSONError.self) { try JSONParser.parse(nested(513)) }.kind == .depth)
    let mixed = String(repeating: "[{\"a\":", count: 500_000)
    #expect(try #require(throws: JSONError.self) { try JSONParser.parse(mixed) }.byteOffset == 256 * 6)
    let limits = JSONLimits(maximumBytes: 3)
    #expect(throws: Never.self) { try JSONParser.parse("123", limits: limits) }
    #expect(try #require(throws: JSONError.self) { try JSONParser.parse("1234", limits: limits) }.kind == .size)
  }

  /// Takes far longer than the limit when the cost of a container grows with what stands before it.
  @Test(.timeLimit(.minutes(1))) func readsManyContainersInLinearTime() throws {
    let count = 300_000
    let text = "[" + repeatElement(#"[{"a":[1]},{}]"#, count: count).joined(separator: ",") + "]"
    #expect(try JSONParser.parse(text).arrayValue?.count == count)
  }

  /// Whatever the bytes, the answer is a value or an error, and what is read can be written and read again.
  @Test(arguments: 0..<20) func survivesDamage(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var documents = GeneratedJSON(seed: UInt64(seed))
    for _ in 0..<200 {
      var bytes = JSONWriter.pretty.bytes(documents.value())
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        bytes[index] = UInt8.random(in: 0...255, using: &random)
      }
      bytes.removeLast(Int.random(in: 0...min(2, bytes.count - 1), using: &random))
      guard let value = try? JSONParser.parse(bytes) else { continue }
      #expect(try JSONParser.parse(JSONWriter.compact.bytes(value)) == value)
    }
  }
}
