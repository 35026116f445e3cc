import Config
import DataChecks
import FoundationEssentials
import Language
import Planning
import Scan
import TestSupport
import Testing
import Verdict

@Suite struct StarterRulesTests {
  /// A scan of a text, as the first look at a file.
  private final class File {
    let path = FileManager.default.temporaryDirectory.appending(path: "cupel-" + UUID().uuidString).path()

    init(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private static func infer(_ table: String, _ format: TableFormat = .csv) async throws -> StarterRules {
    try await infer(Array(table.utf8), format)
  }

  private static func infer(_ table: [UInt8], _ format: TableFormat) async throws -> StarterRules {
    let file = try File(table)
    var scan = NativeScan(TableSource(path: file.path, displayedAs: "t", TableOptions(format: format)))
    return try await StarterRules(from: &scan)
  }

  /// Lists and objects have no type, and a shape.
  @Test func listsHaveAShape() async throws {
    let table = "{\"a\": [1, 2], \"b\": [\"x\"], \"c\": 1}\n{\"a\": [], \"b\": 2, \"c\": {\"d\": 1}}\n"
    let starter = try await Self.infer(table, .jsonLines)
    let rules = Dictionary(uniqueKeysWithValues: starter.columns.map { ($0.name, $0) })
    #expect(rules["a"]?.rules.map(\.key) == ["shape", "required"])
    #expect(rules["a"]?.rules.first?.value == "list")
    #expect(rules["a"]?.remark == "a value in every row, every value once, list<integer>")
    #expect(rules["b"]?.rules.map(\.key) == ["required"])
    #expect(rules["b"]?.remark.hasSuffix("integer or list<string>") == true, "\(rules["b"]?.remark ?? "")")
    #expect(try await Self.findings(starter, on: table, .jsonLines).allSatisfy { $0.outcome == .passed })
  }

  /// The findings of the rules as a file has them.
  private static func findings(
    _ starter: StarterRules, on table: String, _ format: TableFormat = .csv
  ) async throws -> [Finding] {
    try await findings(starter, on: Array(table.utf8), format)
  }

  private static func findings(
    _ starter: StarterRules, on table: [UInt8], _ format: TableFormat
  ) async throws -> [Finding] {
    let text = starter.lines(indent: 0, remarks: true).joined(separator: "\n") + "\n"
    var problems = Problems()
    let file = ConfigReader.read(
      bytes: Array(text.utf8), path: "rules.yaml", displayedAs: "rules.yaml", environment: [:], problems: &problems)
    let decoded = file.flatMap { Rules.shape.decode($0.root, &problems) }
    let rules = try #require(problems.isEmpty ? decoded : nil, "\(problems.diagnostics)\n\(text)")
    let table = try File(table)
    defer { withExtendedLifetime(table) {} }
    let subject = Gate.subject(rules, path: table.path, CSVDialect(), format: format, &problems)
    try #require(problems.isEmpty, "\(problems.diagnostics)\n\(text)")
    return await subject.evaluate(
      Selection([]), in: RunContext(workingDirectory: "/", environment: [:], now: 0))
  }

  private static func randomTable(_ generator: inout SeededGenerator) -> String {
    let kinds: [[String]] = [
      ["1", "+2", "03", "-0"], ["1", "-1", "+7"], ["0.5", "1e3", "+0.25", "7"], ["nan", "1", "-inf"],
      ["true", "FALSE"], ["0", "1"],
      ["2024-02-29", "1999-12-31"], ["2024-02-29T10:00Z", "1999-12-31 23:59:59.5"],
      ["AA", "é", "e\u{301}", "\"\"", "\"x, y\"", "\"say \"\"hi\"\"\""],
      ["\\", "null", "true", "a b"], ["", ""], ["1", "x"], ["9223372036854775808", "1"],
      ["9223372036854775807", "-9223372036854775808"], ["1e308", "-1.7976931348623157e308", "5e-324"],
      ["nan", "nan"], ["inf", "1"], ["-inf"], ["-5", "-0.001"], ["1e-9", "2e-7"], ["999999999999999999"],
      ["0001-01-01", "9999-12-31"], ["1969-12-31T23:59:59.999999Z"], ["-2024-01-01", "2024-01-01"], ["2024-13-01"],
      ["${HOME}", "$${x}", "- a", "? b", "# c", "a: b", "yes", "~", "*x", "&x", "!t", "%d", "@", "`", "'", "|", ">"],
      ["\u{7}", "\t", "日本", "😀", "\u{FEFF}x", "\u{2028}", "\u{85}", "e\u{301}"],
      ["a@example.com", "b.c@example.org"], ["https://example.com/a?b=c", "http://x.org"], ["1.2.3.4", "::1"],
      ["123e4567-e89b-12d3-a456-426614174000"], ["10.0.0.0/8"], ["DE89370400440532013000"],
      [String(repeating: "long ", count: 500), "x"], ["0", "1", "2"], ["007", "7"],
    ]
    let names = ["c", "null", "yes", "\"a, b\"", "${x}", "- x", "#", "e\u{301}", "\"q\"\"\"", ":", " p ", "1"]
    let columns = names.shuffled(using: &generator).prefix(Int.random(in: 1...4, using: &generator)).map { name in
      (
        name: name, values: kinds.randomElement(using: &generator) ?? [],
        nulls: Int.random(in: 0...2, using: &generator) * 20, id: Int.random(in: 0..<6, using: &generator) == 0
      )
    }
    var csv = (columns.map(\.name) + ["last"]).joined(separator: ",") + "\n"
    for row in 0..<Int.random(in: 1...240, using: &generator) {
      for column in columns {
        if column.id {
          csv += "id\(row)"
        } else if Int.random(in: 0..<100, using: &generator) >= column.nulls {
          csv += column.values.randomElement(using: &generator) ?? ""
        }
        csv += ","
      }
      csv += "z\n"
    }
    return csv
  }

  /// The law: the rules inferred from a table hold for that table.
  @Test(arguments: 0..<20)
  func theRulesOfATableHoldForIt(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<10 {
      let csv = Self.randomTable(&generator)
      let starter = try await Self.infer(csv)
      for finding in try await Self.findings(starter, on: csv) {
        #expect(
          finding.outcome == .passed || finding.reason == .requested,
          "\(finding.id): \(finding.message)\n\(starter.columns)")
      }
    }
  }

  private static func randomLines(_ generator: inout SeededGenerator) -> String {
    let kinds: [[String]] = [
      ["1", "2.5", "-3e2"], ["1", "7"], ["true", "false"], [#""x""#, #""\u00e9""#, #""""#], [#""1""#, "1"],
      ["[1,2]", "[]", #"["a"]"#], [#"{"u":1}"#], ["true", #"{"u":1}"#], ["[1]", "1", #""1""#],
      [#""2024-02-29""#, #""1999-12-31""#], [#""2024-02-29""#, "20240229"], ["null"], [#""true""#, "true"],
      [#""a@example.com""#, #""b@example.com""#], [#"[{"u":[1]}]"#, #""x""#],
    ]
    let columns = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      (kinds.randomElement(using: &generator) ?? [], nulls: Int.random(in: 0...2, using: &generator) * 20)
    }
    return (0..<Int.random(in: 1...240, using: &generator)).map { row in
      let members = columns.enumerated().compactMap { index, column -> String? in
        guard Int.random(in: 0..<100, using: &generator) >= column.nulls else { return nil }
        return "\"c\(index)\":\(column.0.randomElement(using: &generator) ?? "null")"
      }
      return "{\((members + ["\"last\":1"]).joined(separator: ","))}\n"
    }.joined()
  }

  /// The same of lists, objects and values of several kinds.
  @Test(arguments: 0..<10)
  func theRulesOfJSONLinesHoldForThem(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<10 {
      let lines = Self.randomLines(&generator)
      let starter = try await Self.infer(lines, .jsonLines)
      for finding in try await Self.findings(starter, on: lines, .jsonLines) {
        #expect(
          finding.outcome == .passed || finding.reason == .requested,
          "\(finding.id): \(finding.message)\n\(starter.columns)")
      }
    }
  }

  private static func randomColumn(rows: Int, _ generator: inout SeededGenerator) -> ArrowTable.Values {
    let nulls = Int.random(in: 0...2, using: &generator) * 25
    func values<Value>(_ choice: [Value]) -> [Value?] {
      (0..<rows).map { _ in
        Int.random(in: 0..<100, using: &generator) < nulls ? nil : choice.randomElement(using: &generator)
      }
    }
    let (day, year): (Int64, Int64) = (86_400_000_000, 31_556_952_000_000)
    switch Int.random(in: 0..<14, using: &generator) {
    case 0: return .integers(values([0, 1, -7, 42]), bits: [8, 16, 32, 64].randomElement(using: &generator) ?? 64)
    case 1: return .integers(values([.max, .min, 0, 1]))
    case 2: return .unsigned(values([0, 1, 1 << 40, UInt64(Int64.max)]))
    case 3: return .unsigned(values([.max, 1 << 63, 3]))
    case 4: return .floats(values([0.1, -2.5, 1e30, 16_777_216, 3.4e38, Float(bitPattern: 71_362)]))
    case 5: return .floats(values([0.3, 0.7, .nan, .infinity]))
    case 6: return .doubles(values([0.1, 1e308, -1.7976931348623157e308, .leastNonzeroMagnitude, 3]))
    case 7: return .booleans(values([true, false]))
    case 8: return .texts(values(["42", "x", "", "2024-02-29", "true", "e\u{301}"]))
    case 9: return .texts(values(["a@example.com", "b@example.org"]))
    case 10: return .dates(values([0, 19_782, -719_162, 2_932_896]))
    case 11: return .timestamps(values([0, 50 * year, 50 * year + 1, 20_000 * day, -1, 8000 * year]))
    case 12: return .times(values([0, 86_399_999_999, 27_000_000_000, 1]))
    default: return .lists(values([[], [1], [1, 2, -3]]))
    }
  }

  /// The same of columns whose types the file declares.
  @Test(arguments: 0..<15)
  func theRulesOfATypedTableHoldForIt(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<10 {
      let rows = Int.random(in: 1...240, using: &generator)
      let columns = (0..<Int.random(in: 1...5, using: &generator)).map { index in
        (name: "c\(index)", values: Self.randomColumn(rows: rows, &generator))
      }
      let table = ArrowTable(columns).stream
      let starter = try await Self.infer(table, .arrow)
      #expect(starter.rows == rows && starter.columns.count == columns.count)
      for finding in try await Self.findings(starter, on: table, .arrow) {
        #expect(
          finding.outcome == .passed || finding.reason == .requested,
          "\(finding.id): \(finding.message)\n\(starter.columns)\n\(columns)")
      }
    }
  }

  @Test func valuesOfNoOneTypeHaveNoTypeRule() async throws {
    let starter = try await Self.infer(#"{"a":[1],"b":true}"# + "\n" + #"{"a":[],"b":{"x":1}}"# + "\n", .jsonLines)
    #expect(Self.rule(starter, "a") == ["shape: list", "required: true"], "\(starter.columns)")
    #expect(Self.rule(starter, "b") == ["required: true"], "\(starter.columns)")
  }

  /// Signs and batches: a plus sign in one megabyte must not hide a minus sign in the next.
  @Test func theRulesHoldBeyondOneBatch() async throws {
    var csv = "n,pad\n+1,x\n"
    let pad = String(repeating: "x", count: 1000)
    for row in 0..<3000 { csv += "\(row),\(pad)\n" }
    csv += "-5,x\n"
    let starter = try await Self.infer(csv)
    for finding in try await Self.findings(starter, on: csv) {
      #expect(finding.outcome == .passed, "\(finding.message)")
    }
  }

  private static func rule(_ starter: StarterRules, _ column: String) -> [String] {
    starter.columns.first { $0.name == column }?.rules.map { "\($0.key): \($0.value)" } ?? []
  }

  @Test func whatIsInferred() async throws {
    var csv = "id,n,city,half,none,day\n"
    for row in 0..<200 {
      csv +=
        "k\(row),\(row % 7),\(["Oslo", "Rio", "true"][row % 3]),\(row % 2 == 0 ? "" : "1"),,2024-01-0\(row % 9 + 1)\n"
    }
    let starter = try await Self.infer(csv)
    #expect(starter.rows == 200)
    #expect(
      Self.rule(starter, "id") == [
        "type: string", "required: true", "unique: true", "length: {at_least: 1, at_most: 10}",
      ])
    #expect(Self.rule(starter, "n") == ["type: integer", "required: true", "at_least: 0", "at_most: 20"])
    #expect(Self.rule(starter, "city").prefix(2) == ["type: string", "required: true"])
    #expect(Self.rule(starter, "city").last?.hasPrefix("in: [Oslo, Rio,") == true)
    #expect(Self.rule(starter, "half").contains("missing: {at_most: 100%}"))
    #expect(Self.rule(starter, "none").isEmpty)
    #expect(Self.rule(starter, "day") == ["type: date", "required: true", "at_least: 2014-01-01"])
  }

  /// Limits leave room, and what would be noise is left out.
  @Test(
    arguments: [
      (["0.2", "0.9"], "type: number|required: true|at_least: 0|at_most: 2"),
      (["-3", "40"], "type: integer|required: true|at_least: -10|at_most: 100"),
      (["-3", "-1"], "type: integer|required: true|at_least: -10|at_most: 0"),
      (["nan", "1"], "type: number|required: true"), (["inf", "1"], "type: number|required: true|at_least: 0"),
      (["9e17", "1"], "type: number|required: true|at_least: 0"),
      (["a@example.com", "b@example.com"], "type: string|required: true|format: email"),
      (["a@example.com", "x"], "type: string|required: true|length: {at_least: 1, at_most: 50}"),
      (["\"\"", "x"], "type: string|required: true|length: {at_most: 2}"),
      (["2024-02-29T10:00Z"], "type: timestamp|required: true|at_least: 2014-01-01"),
      (["07:30", "23:59:59.5"], "type: time|required: true"),
      (["07:30", "25:00"], "type: string|required: true|length: {at_least: 1, at_most: 10}"),
      (["0001-01-01"], "type: date|required: true"),
      (["123e4567-e89b-12d3-a456-426614174000"], "type: string|required: true|format: uuid"),
    ] as [([String], String)])
  func limitsHaveRoom(values: [String], rules: String) async throws {
    let starter = try await Self.infer("a,z\n" + values.map { $0 + ",1\n" }.joined())
    #expect(Self.rule(starter, "a") == rules.split(separator: "|").map(String.init))
  }

  /// The first moment is written as the table writes moments: with a zone where one has it.
  @Test(arguments: [
    ("2024-02-29T10:00:00", ""), ("2024-02-29 10:00", ""), ("2024-02-29T12:00:00+02:00", "Z"),
    ("2024-02-29T10:00:00Z", "Z"),
  ])
  func momentsWithoutAZoneGetNone(value: String, zone: String) async throws {
    let starter = try await Self.infer("a,z\n\(value),1\n\(value),2\n")
    #expect(starter.columns[0].remark.hasSuffix("from 2024-02-29T10:00:00\(zone)"), "\(starter.columns[0].remark)")
  }

  /// A key is unique by value: its type is declared beside it.
  @Test func aNumberThatIsWrittenInTwoWaysRepeats() async throws {
    let rows = (1...150).map { "\($0),x\n" }.joined()
    for (last, isUnique) in [("151,x\n", true), ("01,x\n", false)] {
      let starter = try await Self.infer("a,z\n" + rows + last)
      #expect(Self.rule(starter, "a").contains("unique: true") == isUnique)
    }
  }

  @Test(
    arguments: [("a,a\n1,2\n", "more than once"), ("a,b\n", "no rows"), ("a,b\n1\n", "line 2")] as [(String, String)])
  func refusesWhatIsNoTable(csv: String, words: String) async {
    await #expect {
      try await Self.infer(csv)
    } throws: {
      ($0 as? ScanError)?.message.contains(words) == true
    }
  }
}
