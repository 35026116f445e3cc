import Testing

@testable import JSON

@Suite struct JSONWriterTests {
  @Test(arguments: 0..<50) func roundTrips(seed: Int) throws {
    var documents = GeneratedJSON(seed: UInt64(seed))
    for _ in 0..<100 {
      let value = documents.value()
      for writer in [JSONWriter.compact, .pretty] {
        let bytes = writer.bytes(value)
        let parsed = try JSONParser.parse(bytes)
        #expect(parsed == value)
        #expect(writer.bytes(parsed) == bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == writer.string(value))
      }
    }
  }

  @Test func writesPretty() {
    let value: JSONValue = ["b": [1, [], [:]], "a": ["c": .null]]
    let expected = """
      {
        "b": [
          1,
          [],
          {}
        ],
        "a": {
          "c": null
        }
      }
      """
    #expect(JSONWriter.pretty.string(value) == expected)
    #expect(JSONWriter.compact.string(value) == #"{"b":[1,[],{}],"a":{"c":null}}"#)
  }

  @Test(
    arguments: [
      (0.1, "0.1"), (1e300, "1e+300"), (-0.0, "-0.0"), (.leastNonzeroMagnitude, "5e-324"), (.nan, "\"NaN\""),
      (.infinity, "\"Infinity\""),
      (-.infinity, "\"-Infinity\""), (-.nan, "\"NaN\""),
    ] as [(Double, String)])
  func writesDoubles(value: Double, expected: String) {
    #expect(JSONWriter.compact.string(.number(JSONNumber(value))) == expected)
  }

  @Test(arguments: ["1.50", "1e999", "-0", "123456789012345678901234567890", "1E+2"]) func keepsLiterals(text: String)
    throws
  {
    #expect(JSONWriter.compact.string(try JSONParser.parse(text)) == text)
  }

  @Test(arguments: [("NaN", "NaN"), ("-nan", "NaN"), ("inf", "Infinity"), ("-Inf", "-Infinity")])
  func writesNonFiniteNumbersAsStrings(text: String, expected: String) throws {
    #expect(JSONWriter.compact.string(try JSONParser.parse(text, mode: .lenient)) == "\"\(expected)\"")
  }

  @Test func escapesWhatTerminalsAndScriptsObey() {
    let text = "\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1B}\u{7F}\u{80}\u{9B}\u{9F}\u{A0}\u{2028}\u{2029}é😀"
    let expected = #""\"\\/\b\f\n\r\t\u0000\u001b\u007f\u0080\u009b\u009f"# + "\u{A0}" + #"\u2028\u2029é😀""#
    #expect(JSONWriter.compact.string(.string(text)) == expected)
  }

  @Test func appends() {
    var text = "x="
    JSONWriter.compact.write([1], to: &text)
    var bytes: [UInt8] = [0x20]
    JSONWriter.compact.write([1], to: &bytes)
    #expect(text == "x=[1]")
    #expect(bytes == Array(" [1]".utf8))
  }
}
