import DataChecks
import FoundationEssentials
import Scan
import TestSupport
import Testing
import Verdict

/// The rows that violate a check, and the others.
@Suite struct WrittenRowsTests {
  /// Every check that judges rows, with and without a scope.
  private static let rules: Tree = [
    "columns": [
      "id": ["required": "true", "unique": "true"],
      "code": [
        "unique": "true", "in": ["a", "b", "N/A"], "missing": ["at_most": "0%"], "matches": "[a-c]",
        "length": ["at_most": "2"], "distinct": ["at_least": "1"],
        "checks": [
          ["not_in": ["b"], "id": "scoped", "where": .quoted("n > 3")],
          ["in": ["a"], "id": "grouped", "group_by": "text", "allow": "50%"],
          ["unique": "true", "id": "unique_where", "where": .quoted("n > 2 and id != '7'")],
          ["required": "true", "id": "required_where", "where": .quoted("text != 'plain'")],
        ],
      ],
      "n": [
        "type": "integer", "at_least": "2", "median": ["at_least": "0"],
        "checks": [
          ["between": ["3", "7"], "id": "both", "where": .quoted("code = 'a'"), "group_by": ["code", "text"]]
        ],
      ],
      "text": ["format": "email"],
    ],
    "primary_key": ["code", "text"],
    "keys": [["code", "n"], ["columns": ["n", "text"], "where": .quoted("code = 'a'"), "id": "scoped_key"]],
    "rows_where": [["id": "sum", "expect": "n > 4", "when": .quoted("code != 'b'")]],
  ]

  /// The records, by their id, code and n, of which a check tells nothing because "x" is no number; all others are told.
  private static let unread: [String: @Sendable (_ id: String, _ code: String) -> Bool] = [
    "at_least": { _, _ in true }, "scoped": { _, _ in true }, "unique_where": { id, _ in id != "7" },
    "both": { _, code in code == "a" }, "sum": { _, code in code != "b" && code != "" },
  ]

  private static func isUnread(_ record: String, _ check: String) -> Bool {
    let fields = record.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
    return fields[2] == "x" && unread[check]?(fields[0], fields[1]) == true
  }

  /// A table as it would be written: records, the header first.
  private static func table(rows: Int, _ generator: inout SeededGenerator) -> [String] {
    let texts = [
      "plain", "\"a,b\"", "\"say \"\"x\"\"\"", "\"two\nlines\"", "\"cr\r\nlf\"", "\"\"", "", "::error::x", "\u{1B}[31m",
    ]
    return ["id,code,n,text\n"]
      + (0..<rows).map { row in
        let code = ["a", "b", "c", "N/A", "", "\"\"", "long"].randomElement(using: &generator) ?? ""
        let number = ["\(Int.random(in: -2...9, using: &generator))", "", "x"].randomElement(using: &generator) ?? ""
        return "\(row),\(code),\(number),\(texts.randomElement(using: &generator) ?? "")\n"
      }
  }

  @Test func rowsAndTheOthersAreAllRowsThatCanBeRead() async throws {
    var generator = SeededGenerator(seed: 31)
    var judging: Set<String> = []
    for _ in 0..<12 {
      let records = Self.table(rows: Int.random(in: 0...120, using: &generator), &generator)
      let table = try Table(records)
      for finding in try await table.findings(Self.rules) {
        let id = finding.id
        let violating = try await table.written(Self.rules, id, violating: true)
        let others = try await table.written(Self.rules, id, violating: false)
        #expect((violating == nil) == !finding.judgesRows && (others == nil) == !finding.judgesRows, "\(id)")
        guard let violating, let others else { continue }
        judging.insert(finding.kind)
        let unread = Set(records.indices.dropFirst().filter { Self.isUnread(records[$0], id.check) })
        let lines = try #require(Self.split(records, violating.text, others.text, without: unread), "\(id)")
        #expect(violating.outcome.undecided == unread.count && others.outcome.undecided == unread.count, "\(id)")
        let counts = finding.evidence.counts
        #expect(lines.count == (counts?.violating ?? 0), "\(id): \(finding.message)")
        #expect(violating.outcome.written == lines.count && violating.outcome.rows == records.count - 1)
        #expect(others.outcome.written == records.count - 1 - lines.count - unread.count)
        if !["grouped", "both", "primary_key"].contains(id.check) {
          #expect(finding.evidence.samples.map(\.line) == lines.prefix(10).map { $0 }, "\(id)")
        }
        let objects = try await table.written(Self.rules, id, violating: true, as: .jsonl)?.text
        #expect(objects?.count { $0 == UInt8(ascii: "\n") } == lines.count)
      }
    }
    #expect(
      judging == [
        "required", "unique", "in", "not_in", "missing", "matches", "length", "type", "at_least", "between", "format",
        "keys", "primary_key", "rows_where",
      ])
  }

  /// The lines of the violating records, when both texts have the header and together, once and in order, every record but
  /// some.
  private static func split(
    _ records: [String], _ violating: [UInt8], _ others: [UInt8], without unread: Set<Int>
  ) -> [Int]? {
    let header = Array(records[0].utf8)
    guard violating.starts(with: header), others.starts(with: header) else { return nil }
    var (rest, othersRest) = (violating.dropFirst(header.count), others.dropFirst(header.count))
    var lines: [Int] = []
    var line = 2
    for (index, record) in records.enumerated().dropFirst() {
      let bytes = Array(record.utf8)
      if unread.contains(index) {
        // It stands nowhere.
      } else if rest.starts(with: bytes) {
        rest = rest.dropFirst(bytes.count)
        lines.append(line)
      } else if othersRest.starts(with: bytes) {
        othersRest = othersRest.dropFirst(bytes.count)
      } else {
        return nil
      }
      line += bytes.count { $0 == UInt8(ascii: "\n") }
    }
    return rest.isEmpty && othersRest.isEmpty ? lines : nil
  }

  /// Whether a row is selected whose value the condition cannot read, nobody knows: it is in neither file.
  @Test(arguments: ["at_most", "unique"])
  func rowsThatAConditionCannotReadAreOnNeitherSide(check: String) async throws {
    let table = try Table(["a,b\n", "30,9\n", "30,9\n", "abc,9\n", ",9\n", "2,3\n"])
    let value: Tree = check == "unique" ? "true" : "5"
    for type in [["a": ["type": "number"]], [:]] as [[String: Tree]] {
      let checks: Tree = [.mapping([(check, value), ("where", "a > 10"), ("id", "c")])]
      let columns: [(String, Tree)] = [("b", ["type": "integer", "checks": checks])] + type.map { ($0.key, $0.value) }
      let rules: Tree = ["columns": .mapping(columns)]
      let violating = try #require(try await table.written(rules, "b.c", violating: true))
      let others = try #require(try await table.written(rules, "b.c", violating: false))
      let first = check == "unique" ? "" : "30,9\n"
      #expect(String(decoding: violating.text, as: UTF8.self) == "a,b\n\(first)30,9\n")
      #expect(String(decoding: others.text, as: UTF8.self) == "a,b\n\(first.isEmpty ? "30,9\n" : "")\(",9\n2,3\n")")
      #expect(violating.outcome.undecided == 1 && others.outcome.undecided == 1)
    }
  }

  @Test func neitherThreadsNorMemoryChangeTheText() async throws {
    var generator = SeededGenerator(seed: 32)
    let pad = String(repeating: "x", count: 40)
    let records =
      ["id,code,n,text\n"] + (0..<90_000).map { "\($0 % 60_000),\($0 % 7 == 0 ? "" : "a"),\($0 % 10),\(pad)\n" }
    let table = try Table(records)
    for check in ["id.unique", "code.missing", "\"key code+n\"", "n.at_least"] {
      for violating in [true, false] {
        let one = try await table.written(Self.rules, check, violating: violating)
        let text = try #require(one?.text)
        #expect(text.count > 1000)
        for threads in [2, 5] {
          let other = try await table.written(
            Self.rules, check, violating: violating, threads: threads, memory: 1 << 20)
          #expect(other?.text == text, "\(check) with \(threads) threads")
        }
      }
    }
    let repeats = try await table.written(Self.rules, "id.unique", violating: true)
    #expect(repeats?.text == Array((records[0] + records[60_001...].joined()).utf8))
    _ = generator.next()
  }

  @Test func sensitiveValuesAreHidden() async throws {
    let table = try Table(["id,mail\n", "1,a@x.com\n", "2,\n", "2,b@x.com\n"])
    let rules: Tree = ["columns": ["id": ["unique": "true"], "mail": ["sensitive": "true", "format": "email"]]]
    let hidden = try #require(try await table.written(rules, "id.unique", violating: false))
    #expect(String(decoding: hidden.text, as: UTF8.self) == "id,mail\n1,hidden\n2,\n")
    #expect(hidden.outcome.hidden == ["mail"])
    let shown = try #require(try await table.written(rules, "id.unique", violating: true, showsSensitive: true))
    #expect(String(decoding: shown.text, as: UTF8.self) == "id,mail\n2,b@x.com\n")
    #expect(shown.outcome.hidden.isEmpty)
  }

  /// What holds a sensitive column shows it, and what lies in one is a part of it.
  @Test(arguments: ["p", "p.ssn"])
  func nestedValuesAreHiddenWithTheirColumn(name: String) async throws {
    let table = try Table([#"{"id":1,"p":{"ssn":"123-45","zip":"999"}}"# + "\n"], .jsonLines)
    let rules: Tree = [
      "columns": ["id": ["at_least": "5", "type": "integer"], name: ["sensitive": "true", "optional": "true"]]
    ]
    let written = try #require(try await table.written(rules, "id.at_least", violating: true))
    #expect(!String(decoding: written.text, as: UTF8.self).contains("123-45"))
    #expect(written.outcome.hidden.contains("p.ssn"))
  }

  @Test func anAbsentColumnIsAnError() async throws {
    let table = try Table(["id\n", "1\n"])
    await #expect(throws: ScanError.self) {
      try await table.written(["columns": ["gone": ["required": "true"]]], "gone.required", violating: true)
    }
  }

  @Test func whatEndsTheWritingEndsTheScan() async throws {
    let table = try Table(["id\n", "1\n"])
    await #expect(throws: ScanError(.cancelled, "full")) {
      try await table.written(["columns": ["id": ["required": "true"]]], "id.required", violating: false, limit: 4)
    }
  }
}

/// A table in a file of its own.
private final class Table: Sendable {
  private let folder: TemporaryFolder
  private let path: String
  private let format: TableFormat?

  init(_ records: [String], _ format: TableFormat? = nil) throws {
    self.format = format
    folder = try TemporaryFolder()
    path = try folder.write(records.joined(), to: "t.csv")
  }

  func findings(_ rules: Tree) async throws -> [Finding] { try await Gate.findings(rules, at: path) }

  func written(
    _ rules: Tree, _ check: String, violating: Bool, threads: Int = 1, memory: Int = 256 << 20,
    showsSensitive: Bool = false, limit: Int = .max
  ) async throws -> (text: [UInt8], outcome: RowExport.Outcome)? {
    let subject = try Gate.subject(rules, path: path, format: self.format)
    let id = try #require(subject.checks.first { $0.id.description == "data.t." + check }?.id)
    return try await written(
      rules, id, violating: violating, threads: threads, memory: memory, showsSensitive: showsSensitive, limit: limit)
  }

  func written(
    _ rules: Tree, _ check: CheckID, violating: Bool, as format: RowFormat = .csv, threads: Int = 1,
    memory: Int = 256 << 20, showsSensitive: Bool = false, limit: Int = .max
  ) async throws -> (text: [UInt8], outcome: RowExport.Outcome)? {
    let request = RowsRequest(of: check, violating: violating, as: format, showsSensitive: showsSensitive)
    let sink = TextSink(limit: limit)
    let context = RunContext(workingDirectory: "/", environment: [:], now: 0, threads: threads, memory: memory)
    return try await Gate.subject(rules, path: path, format: self.format).writeRows(request, to: sink, in: context).map
    {
      (sink.text, $0)
    }
  }
}
