import Testing

@testable import Scan

@Suite struct JSONLinesReaderTests {
  private func table(_ text: String, fields: [String]? = nil) throws -> JSONLinesTable {
    let source = MemorySource(Array(text.utf8), name: "rows.jsonl")
    guard let fields else { return try JSONLinesTable(JSONLinesReader(source)) }
    return try JSONLinesTable(JSONLinesReader(source, fields: fields))
  }

  @Test func columnsAreThePathsInTheOrderOfTheirAppearance() throws {
    let table = try table(#"{"b":1,"a":{"y":"s","x":{"z":true}}}"# + "\n" + #"{"c":[1, {"q":2}],"b":null}"# + "\n")
    #expect(table.columns == ["b", "a.y", "a.x.z", "c"])
    #expect(
      table.rows == [
        ["number:1", "string:s", "boolean:true", "null"], ["null", "null", "null", #"nested:[1, {"q":2}]"#],
      ])
  }

  @Test func aKeyThatHoldsObjectsAndScalarsIsBoth() throws {
    let table = try table("{\"a\":{\"b\":1}}\n{\"a\":2}\n{\"a\":null}\n")
    #expect(table.columns == ["a", "a.b"])
    #expect(table.rows == [["nested:{\"b\":1}", "number:1"], ["number:2", "null"], ["null", "null"]])
  }

  @Test(arguments: [
    (#"{"a":null}"# + "\n" + #"{"a":{"b":1}}"#, ["a.b"]), (#"{"a":null}"#, ["a"]), (#"{"a":{}}"#, ["a"]),
    (#"{"a":{}}"# + "\n" + #"{"a":{"b":{}}}"#, ["a.b"]), ("{}", []),
  ])
  func nothingIsAColumnOnlyWhereThereIsNoMore(_ text: String, _ columns: [String]) throws {
    #expect(try table(text).columns == columns)
  }

  @Test func aDotInAKeyReadsAsThePath() throws {
    let table = try table(
      "{\"a.b\":1}\n{\"a\":{\"b\":2}}\n{\"a.b\":{\"c\":3}}\n{\"a\":{\"b.c\":4}}\n", fields: ["a.b", "a.b.c"])
    #expect(
      table.rows == [
        ["number:1", "null"], ["number:2", "null"], ["nested:{\"c\":3}", "number:3"], ["null", "number:4"],
      ])
  }

  /// Some readers take the first value, others the last.
  @Test(
    arguments: [
      (#"{"a":1,"a":"x"}"#, "a", 8), (#"{"a":1,"b":{},"a":null}"#, "a", 15), (#"{"a":{"b":1},"a":{"c":2}}"#, "a", 14),
      (#"{"a":{"b":1},"a":5}"#, "a", 14), (#"{"a":{"b":1,"c":0,"b":2}}"#, "b", 19), (#"{"a":{},"a":{}}"#, "a", 9),
      (#"{"a":{"b":1},"a.b":2}"#, "a.b", 14), (#"{"x\"y":1,"x\"y":1}"#, #"x\"y"#, 11),
      (#"{"\u0061":1,"a":1}"#, "a", 13), (#"{"unread":1,"unread":1}"#, "unread", 13),
      (#"{"a":[{"k":1,"k":2}]}"#, "k", 14), (#"{"unread":[[{"k":1,"x":[{}],"k":2}]]}"#, "k", 29),
      (#"{"a":[{"k":{"u":1,"v":2,"u":3}}]}"#, "u", 25), (#"{"a":[{"\u006b":1,"k":2}]}"#, "k", 19),
      (#"{"a":[{"":1},{"b":1,"c":2,"b":3,"c":4}]}"#, "b", 27),
    ])
  func aLineWithTwoValuesForAPathIsADefect(_ line: String, _ key: String, _ byte: Int) throws {
    let text = "{\"a\":0,\"unread\":0}\n\(line)\n{\"a\":2}\n"
    // Which columns are asked for changes nothing.
    for fields in [["a", "unread", "a.b"], ["a"], [], nil] {
      let table = try table(text, fields: fields)
      #expect(table.defects == ["a second value for the key \"\(key)\" (byte \(byte) of the line)"])
      #expect(table.defectLines == [1] && table.rowLines == [0, 2])
      if fields == ["a"] { #expect(table.rows == [["number:0"], ["number:2"]]) }
    }
  }

  @Test func keysThatDifferMayStandInOneLine() throws {
    let line = #"{"a":{"b":1,"c":2},"b":3,"a.d":{"b":4},"e":[{"b":1},{"b":{"b":2}}],"\u00e9":1,"e\u0301":2}"#
    let table = try table("\(line)\n\(line)\n", fields: ["b", "a.d.b", "e"])
    #expect(table.defects.isEmpty)
    #expect(table.rows.first == ["number:3", "number:4", #"nested:[{"b":1},{"b":{"b":2}}]"#])
  }

  /// Objects in arrays may have as many keys as fit in a line.
  @Test func oneOfManyKeysIsFoundTwice() throws {
    let keys = (0..<20_000).map { #""key \#($0)":\#($0)"# }
    let lines = [keys, keys + [keys[7]]].map { "{\"a\":[{\($0.joined(separator: ","))}]}\n" }
    let table = try table(lines.joined(), fields: ["a"])
    #expect(table.defectLines == [1] && table.rowLines == [0])
    #expect(table.defects.first?.hasPrefix("a second value for the key \"key 7\" (byte ") == true)
  }

  @Test func aLongKeyIsCut() throws {
    let key = String(repeating: "k", count: 500)
    let table = try table("{\"a\":1}\n{\"\(key)\":1,\"\(key)\":2}\n", fields: ["a"])
    #expect(table.defects.first?.count ?? 0 < 200)
  }

  @Test func stringsAreUnescapedAndKeysToo() throws {
    let table = try table(#"{"a\u00e9":"q\"\\\/\b\f\n\r\t\u0041\ud83d\ude00","b":"plain","c":"\u00e9"}"#)
    #expect(table.columns == ["aé", "b", "c"])
    #expect(table.rows == [["string:q\"\\/\u{8}\u{C}\n\r\tA😀", "string:plain", "string:é"]])
  }

  @Test func blankLinesCountButAreNoRows() throws {
    let table = try table("\u{FEFF}\n{\"a\":1}\r\n\r\n  \n{\"a\":2}\n\n\n")
    #expect(table.rowLines == [1, 4])
    #expect(table.lineCount == 7)
    #expect(table.defects.isEmpty)
  }

  @Test(arguments: [
    ("[1]", "a line that is no JSON object"), ("nonsense", "a line that is no JSON object"),
    ("{\"a\":NaN}", "NaN or Infinity, which JSON does not have: null stands for no number (byte 6 of the line)"),
    (
      "{\"a\":[-Infinity]}", "NaN or Infinity, which JSON does not have: null stands for no number (byte 7 of the line)"
    ),
    ("{\"a\":Infinity}", "NaN or Infinity, which JSON does not have: null stands for no number (byte 6 of the line)"),
    ("{\"a\":1", "an object that is not complete at the end of the line (byte 7 of the line)"),
    ("{\"a\":1} x", "text after the object (byte 9 of the line)"),
    ("{\"a\":01}", "a number that JSON does not know (byte 6 of the line)"),
    ("{\"a\":1.}", "a number that JSON does not know (byte 6 of the line)"),
    ("{\"a\":-}", "a number that JSON does not know (byte 6 of the line)"),
    ("{\"a\":1e+}", "a number that JSON does not know (byte 6 of the line)"),
    ("{\"a\":truee}", "no JSON value where one must stand (byte 6 of the line)"),
    ("{\"a\" 1}", "no colon after a key (byte 6 of the line)"),
    ("{\"a\":1 \"b\":2}", "neither a comma nor a closing brace after a value (byte 8 of the line)"),
    ("{\"a\":[1 2]}", "neither a comma nor a closing bracket after a value (byte 9 of the line)"),
    ("{\"a\":1,}", "no key in double quotes where one must stand (byte 8 of the line)"),
    ("{\"a\":\"\\x\"}", "an escape that JSON does not know, or half of a surrogate pair (byte 6 of the line)"),
    ("{\"a\":\"\\ud800\"}", "an escape that JSON does not know, or half of a surrogate pair (byte 6 of the line)"),
    ("{\"a\":\"x", "a string that is never closed"), ("{\"a\":\"\t\"}", "a control character in a string"),
  ])
  func aBrokenLineIsADefectAndNoOther(_ line: String, _ what: String) throws {
    let table = try table("{\"a\":0}\n\(line)\n{\"a\":2}\n")
    #expect(table.defects == [what])
    #expect(table.defectLines == [1])
    #expect(table.rowLines == [0, 2])
    #expect(table.rows == [["number:0"], ["number:2"]])
  }

  @Test func bytesThatAreNotTextAreADefectOfTheirLine() throws {
    let bytes = Array("{\"a\":1}\n{\"a\":\"".utf8) + [0xFF] + Array("\"}\n{\"a\":\"é\"}\n".utf8)
    let table = try JSONLinesTable(JSONLinesReader(MemorySource(bytes)))
    #expect(table.defects == ["bytes that are not UTF-8"])
    #expect(table.rows == [["number:1"], ["string:é"]])
  }

  @Test func nestingHasALimit() throws {
    func nested(_ depth: Int) -> String {
      "{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}\n"
    }
    let table = try table(nested(511) + nested(512))
    #expect(table.rowLines == [0])
    #expect(table.defects == ["values nested more than 512 levels deep (byte 517 of the line)"])
  }

  @Test func aLineThatIsTooLongIsALimit() throws {
    let bytes = Array("{\"a\":1}\n{\"a\":\"".utf8) + [UInt8](repeating: 120, count: 300) + Array("\"}\n".utf8)
    for piece in [1, 7, 1000] {
      var blocks = LineBlocks(PiecewiseSource(bytes, piece: piece), blockBytes: 16, maximumLineBytes: 100)
      #expect(try blocks.next()?.end == 8)
      let error = #expect(throws: ScanError.self) { try blocks.next() }
      #expect(error?.kind == .limit)
      #expect(error?.message.contains("offset 8") == true)
    }
  }

  @Test(arguments: [0, 100])
  func linesThatAreLongTogetherAreNoLimit(before: Int) throws {
    let long = Array("{\"a\":\"".utf8) + [UInt8](repeating: 120, count: 80) + Array("\"}\n".utf8)
    let bytes =
      long + [UInt8](repeating: 10, count: before) + long
      + Array(repeating: Array("{\"a\":1}\n".utf8), count: 9).joined()
    var blocks = LineBlocks(PiecewiseSource(bytes, piece: 50), blockBytes: 16, maximumLineBytes: 90)
    var count = 0
    while let block = try blocks.next() { count += block.end }
    #expect(count == bytes.count)
  }

  @Test(arguments: ["", "\n\n \n"])
  func nothingIsNoTable(_ text: String) {
    let error = #expect(throws: ScanError.self) { try table(text) }
    #expect(error?.message == "rows.jsonl is empty")
  }

  @Test func anArrayIsNoJSONLines() {
    let error = #expect(throws: ScanError.self) { try table("[\n  {\n") }
    #expect(error?.message.hasPrefix("rows.jsonl:1: no line is a JSON object") == true)
  }

  @Test func keysThatComeLateAreFoundInTheWholeSource() throws {
    let text = String(repeating: "{\"a\":1}\n", count: 300_000) + "{\"late\":{\"key\":2}}\n"
    let source = MemorySource(Array(text.utf8))
    #expect(try JSONLinesReader.keys(of: source, sampleBytes: 1 << 20) == ["a"])
    #expect(try JSONLinesReader.keys(of: source, sampleBytes: nil) == ["a", "late.key"])
    let table = try JSONLinesTable(JSONLinesReader(source, fields: ["late.key"]))
    #expect(table.rows.count == 300_001)
    #expect(table.rows.last == ["number:2"])
    #expect(table.rowLines == Array(0...300_000))
  }

  @Test func keysBehindTheFirstBlocksAreToldWithTheirLines() throws {
    let head = String(repeating: "{\"a\":1,\"o\":{\"x\":1}}\n", count: 20)
    let rest =
      "{\"b\":{\"c\":[],\"d\":{}}}\n{\"broken\":1\n\n{\"o\":{\"y\":1},\"b\":{\"c\":2}}\n{\"o\":5,\"e\":null}\n"
    let bytes = Array((head + rest).utf8)
    var late: [[String: Int]] = []
    for columns in [[0, 1], [0], []] {
      let reader = try JSONLinesReader(MemorySource(bytes), blockBytes: 16)
      #expect(reader.fields.map(\.name) == ["a", "o.x"])
      late.append(try JSONLinesTable(reader, reading: columns).late)
    }
    // What is read of the columns that are known changes nothing.
    #expect(late == [[String: Int]](repeating: ["b.c": 20, "b.d": 20, "o.y": 23, "o": 24, "e": 24], count: 3))
  }

  @Test func manyColumnsAndNoColumnsAreRead() throws {
    let names = (0..<20_000).map { "c\($0)" }
    let line = "{" + names.map { "\"\($0)\":1" }.joined(separator: ",") + "}\n"
    let source = MemorySource(Array((line + line).utf8))
    let reader = try JSONLinesReader(source)
    #expect(reader.fields.map(\.name) == names)
    #expect(try JSONLinesTable(reader).rows == [[String]](repeating: names.map { _ in "number:1" }, count: 2))
    #expect(try JSONLinesTable(JSONLinesReader(source, fields: [])).rows == [[], []])
  }
}
