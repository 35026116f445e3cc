import TestSupport
import Testing

@testable import Scan

/// How single values are written.
@Suite struct RowWriterTests {
  private func written(_ format: RowFormat, _ columns: [RowColumn], nulls: [String] = [], rows: Int = 1) -> String {
    let fields = columns.indices.map { Field("c\($0)", columns[$0].type) }
    let writer = format.writer(fields, CSVDialect(nullValues: nulls))
    return String(decoding: writer.text((0..<rows).map { Int32($0) }, of: columns), as: UTF8.self)
  }

  private func text(_ value: String?, _ type: StoredType = .untyped, isHidden: Bool = false) -> RowColumn {
    let bytes = Array((value ?? "").utf8)
    let column = TextColumn(bytes: bytes, starts: [0], ends: [value == nil ? -1 : Int32(bytes.count)])
    return RowColumn(type: type, values: .texts(column), isHidden: isHidden)
  }

  private func number(_ value: Double, bits: Int = 64) -> RowColumn {
    RowColumn(type: .float(bits: bits), values: .numbers(Column(values: [value], states: [1])), isHidden: false)
  }

  private func integer(_ value: Int64, _ type: StoredType, state: CellState = .valid) -> RowColumn {
    RowColumn(type: type, values: .integers(Column(values: [value], states: [state.rawValue])), isHidden: false)
  }

  private func token(_ value: String, _ kind: TokenKind) -> RowColumn {
    guard case .texts(let text) = text(kind == .null ? nil : value).values else { preconditionFailure() }
    return RowColumn(type: .tokens, values: .tokens(text, kinds: [kind.rawValue]), isHidden: false)
  }

  @Test(
    arguments: [
      ("plain", "plain"), ("", "\"\""), (nil, ""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("\"", "\"\"\"\""),
      ("a\nb", "\"a\nb\""), ("a\r", "\"a\r\""), (" a ", " a "), ("NA", "\"NA\""), ("é😀", "é😀"),
    ] as [(String?, String)])
  func csvQuotesWhatMustBe(value: String?, expected: String) {
    #expect(written(.csv, [text(value), text("x")], nulls: ["NA"]) == expected + ",x\n")
  }

  @Test func aLoneNullIsAWordThatMeansIt() {
    #expect(written(.csv, [text(nil)], nulls: ["NA"]) == "NA\n")
    #expect(written(.csv, [text(nil)]) == "\n")
    #expect(written(.csv, [text("")]) == "\"\"\n")
  }

  /// Beside a slow twin: texts of every length up to a few words of the kernel, with the characters that matter at every
  /// place, nulls, codes, and some of the rows only.
  @Test(arguments: 0..<20)
  func csvIsThatOfASlowTwin(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let letters: [Character] = ["a", "b", "é", " ", ";", "'", ",", "\"", "\n", "\r", "x", "y", "z", "0"]
    let special = seed % 2 == 0 ? letters : letters.filter { !",\"\n\r".contains($0) }
    let values = (0..<4).map { _ in
      (0..<60).map { _ -> String? in
        let length = Int.random(in: -2...40, using: &generator)
        if length < 0 { return nil }
        let plain = Int.random(in: 0..<3, using: &generator) > 0
        return String((0..<length).map { _ in plain ? "p" : special.randomElement(using: &generator) ?? "q" })
      }
    }
    let columns = values.enumerated().map { index, values in
      var column = TextColumn()
      for value in values {
        column.starts.append(Int32(column.bytes.count))
        column.bytes += Array((value ?? "").utf8)
        column.ends.append(value == nil ? -1 : Int32(column.bytes.count))
      }
      // Codes that name the entries in another order.
      if index == 1 { column.codes = (0..<60).map { $0 % 7 == 0 ? -1 : Int32(59 - $0) } }
      return RowColumn(type: .untyped, values: .texts(column), isHidden: false)
    }
    let rows = (0..<60).filter { _ in Bool.random(using: &generator) }
    func field(_ value: String?) -> String {
      guard let value else { return "" }
      let isPlain =
        !value.isEmpty && value != "p" && !value.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
      return isPlain ? value : "\"" + value.replacing("\"", with: "\"\"") + "\""
    }
    let expected = rows.map { row in
      columns.indices.map { column in
        if column == 1 { return row % 7 == 0 ? "" : field(values[1][59 - row]) }
        return field(values[column][row])
      }.joined(separator: ",") + "\n"
    }
    let writer = RowFormat.csv.writer(columns.indices.map { Field("c\($0)", .untyped) }, CSVDialect(nullValues: ["p"]))
    let text = writer.text(rows.map { Int32($0) }, of: columns)
    #expect(String(decoding: text, as: UTF8.self) == expected.joined())
  }

  @Test func headersAreQuotedToo() {
    let fields = ["a,b", "", "\u{FEFF}x", "q\""].map { Field($0, .untyped) }
    #expect(
      String(decoding: CSVRows(fields, nullWords: []).header, as: UTF8.self) == "\"a,b\",\"\",\u{FEFF}x,\"q\"\"\"\n")
    let marked = CSVRows([Field("\u{FEFF}x", .untyped)], nullWords: []).header
    #expect(String(decoding: marked, as: UTF8.self) == "\"\u{FEFF}x\"\n")
  }

  @Test func jsonKeepsKinds() {
    let row = [
      text("42"), text(nil), number(0.5), number(.nan), number(-.infinity), number(0.1, bits: 32),
      integer(-3, .integer(bits: 64, isSigned: true)), integer(1, .boolean), integer(0, .date),
      integer(-1, .integer(bits: 64, isSigned: false)), integer(5, .date, state: .null),
      text("-0.50", .decimal(precision: 9, scale: 2)),
      text("[1,\"x\"]", .nested("list")), text("\u{1}a", .binary),
    ]
    let expected = [
      "\"42\"", "null", "0.5", "\"NaN\"", "\"-Infinity\"", "0.1", "-3", "true", "\"1970-01-01\"",
      "18446744073709551615", "null", "-0.50", "[1,\"x\"]", "\"0161\"",
    ]
    let members = expected.enumerated().map { "\"c\($0)\":\($1)" }
    #expect(written(.jsonl, row) == "{" + members.joined(separator: ",") + "}\n")
  }

  @Test func jsonKeepsTokens() {
    let row = [
      token("1e5", .number), token("1e5", .string), token("true", .boolean), token("{\"a\":null}", .nested),
      token("", .null), token("a\"\\\n\u{7}", .string),
    ]
    #expect(
      written(.jsonl, row)
        == #"{"c0":1e5,"c1":"1e5","c2":true,"c3":{"a":null},"c4":null,"c5":"a\"\\\n\u0007"}"# + "\n")
    #expect(written(.csv, [row[0], row[3], row[4]]) == "1e5,\"{\"\"a\"\":null}\",\n")
  }

  @Test func hiddenValuesShowThatThereIsOne() {
    let row = [text("secret", isHidden: true), text(nil, isHidden: true), text("", isHidden: true)]
    #expect(written(.csv, row) == "hidden,,hidden\n")
    #expect(written(.jsonl, row) == "{\"c0\":\"hidden\",\"c1\":null,\"c2\":\"hidden\"}\n")
    var number = number(.nan)
    number.isHidden = true
    #expect(written(.jsonl, [number]) == "{\"c0\":\"hidden\"}\n")
  }
}
