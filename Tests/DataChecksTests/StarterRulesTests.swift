import DataChecks
import FoundationEssentials
import Planning
import Scan
import TestSupport
import Testing
import Verdict

@Suite struct StarterRulesTests {
  /// A scan of a text, as the first look at a file.
  private final class File {
    let path = FileManager.default.temporaryDirectory.appending(path: "cupel-" + UUID().uuidString).path()

    init(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private static func infer(_ csv: String) async throws -> StarterRules {
    let file = try File(csv)
    var scan = NativeScan(TableSource(path: file.path, displayedAs: "t.csv"))
    return try await StarterRules(from: &scan)
  }

  /// A rule as it was written, read back by hand: a mapping with one limit, a list of words, or a word.
  private static func tree(_ value: String) -> Tree {
    if value.hasPrefix("{"), let colon = value.firstIndex(of: ":") {
      let key = String(value[value.index(after: value.startIndex)..<colon])
      return .mapping([(key, .scalar(String(value[colon...].dropFirst(2).dropLast())))])
    }
    guard value.hasPrefix("[") else { return .scalar(value) }
    var words: [Tree] = []
    var word = ""
    var (isQuoted, isEscaped, wasQuoted) = (false, false, false)
    func take() {
      words.append(wasQuoted ? .quoted(word) : .scalar(word))
      (word, wasQuoted) = ("", false)
    }
    for character in value.dropFirst().dropLast() {
      if isEscaped {
        word.append(character)
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
        wasQuoted = true
      } else if !isQuoted, character == "," {
        take()
      } else if isQuoted || character != " " {
        word.append(character)
      }
    }
    take()
    return .sequence(words)
  }

  private static func rules(_ starter: StarterRules) -> Tree {
    let columns = starter.columns.map { column in
      (column.name, Tree.mapping(column.rules.map { ($0.key, tree($0.value)) }))
    }
    return ["rows": ["at_least": "1"], "columns": .mapping(columns)]
  }

  private static func randomTable(_ generator: inout SeededGenerator) -> String {
    let kinds: [[String]] = [
      ["1", "+2", "03", "-0"], ["1", "-1", "+7"], ["0.5", "1e3", "+0.25", "7"], ["nan", "1", "-inf"],
      ["true", "FALSE"], ["0", "1"],
      ["2024-02-29", "1999-12-31"], ["2024-02-29T10:00Z", "1999-12-31 23:59:59.5"],
      ["AA", "é", "e\u{301}", "\"\"", "\"x, y\"", "\"say \"\"hi\"\"\""],
      ["\\", "null", "true", "a b"], ["", ""], ["1", "x"], ["9223372036854775808", "1"],
    ]
    let columns = (0..<Int.random(in: 1...4, using: &generator)).map { index in
      (
        name: "c\(index)", values: kinds.randomElement(using: &generator) ?? [],
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
      for finding in try await Gate.findings(Self.rules(starter), on: csv) {
        #expect(
          finding.outcome == .passed || finding.reason == .requested,
          "\(finding.id): \(finding.message)\n\(starter.columns)")
      }
    }
  }

  /// Signs and batches: a plus sign in one megabyte must not hide a minus sign in the next.
  @Test func theRulesHoldBeyondOneBatch() async throws {
    var csv = "n,pad\n+1,x\n"
    let pad = String(repeating: "x", count: 1000)
    for row in 0..<3000 { csv += "\(row),\(pad)\n" }
    csv += "-5,x\n"
    let starter = try await Self.infer(csv)
    for finding in try await Gate.findings(Self.rules(starter), on: csv) {
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
    #expect(Self.rule(starter, "id") == ["type: string", "required: true", "unique: true"])
    #expect(Self.rule(starter, "n") == ["type: integer", "required: true", "at_least: 0"])
    #expect(Self.rule(starter, "city").prefix(2) == ["type: string", "required: true"])
    #expect(Self.rule(starter, "city").last?.hasPrefix("in: [Oslo, Rio,") == true)
    #expect(Self.rule(starter, "half").contains("missing: {at_most: 100%}"))
    #expect(Self.rule(starter, "none").isEmpty)
    #expect(Self.rule(starter, "day") == ["type: date", "required: true"])
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
