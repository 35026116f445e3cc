import Scan
import TestSupport
import Testing
import Verdict

@testable import DataChecks

/// Keys are compared by value where the rules say what the values are, and else as they are written.
@Suite struct KeyTypesTests {
  private static let cases: [(type: String, same: [String])] = [
    ("number", ["1", "1.0", "01", "1e0"]), ("integer", ["7", "+7", "007"]),
    ("timestamp", ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00+00:00", "2024-01-01 01:00+01:00"]),
    ("time", ["07:30", "07:30:00.000"]), ("boolean", ["true", "TRUE", "1"]),
  ]

  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  private static func outcomes(_ rules: Tree, _ text: String, _ format: TableFormat) async throws -> [Outcome] {
    try await Gate.findings(rules, on: text, format: format)
      .filter { ["unique", "primary_key", "duplicate_rows", "key a"].contains($0.id.check) }.map(\.outcome)
  }

  @Test(arguments: cases)
  func aValueRepeatsHoweverItIsWritten(type: String, same: [String]) async throws {
    let lines = same.map { "{\"a\": \(type == "number" ? $0 == "01" ? "1.00" : $0 : "\"\($0)\""), \"b\": 1}\n" }
      .joined()
    for (declared, outcome) in [([("type", .scalar(type))], Outcome.failed), ([], .passed)]
      as [([(String, Tree)], Outcome)]
    {
      let rules: Tree = [
        "columns": ["a": .mapping(declared + [("unique", "true")])], "primary_key": "a", "keys": [["a"]],
        "duplicate_rows": ["at_most": "0 rows"],
      ]
      #expect(try await Self.outcomes(rules, Self.csv(same), .csv) == [outcome, outcome, outcome, outcome])
      guard type != "integer", type != "boolean" else { continue }
      #expect(try await Self.outcomes(rules, lines, .jsonLines) == [outcome, outcome, outcome, outcome])
    }
  }

  @Test func howManyRowsRepeatIsCounted() async throws {
    let rules: Tree = ["columns": ["a": ["type": "number", "unique": "true"]]]
    let finding = try await Gate.finding("a.unique", rules, on: Self.csv(["1", "2", "1.0", "x", "01", "x", "", ""]))
    #expect(finding.message.hasPrefix("3 of 6 rows repeat the value of an earlier row"))
    #expect(finding.evidence.samples.map(\.line) == [4, 6, 7])
  }

  /// What is said of the number of different values agrees with what `unique` says.
  @Test(arguments: cases)
  func aValueIsCountedHoweverItIsWritten(type: String, same: [String]) async throws {
    let claims: [(String, Tree)] = [
      ("distinct", ["equals": "1"]), ("most_common", ["share": ["equals": "100%"]]), ("entropy", ["at_most": "0"]),
      ("occurring_once", ["at_most": "0%"]),
    ]
    let grouped = claims.map { claim in
      (claim.0, Tree.mapping([claim, ("group_by", "b"), ("id", .scalar("each \(claim.0)"))]))
    }
    for (declared, outcome) in [([("type", Tree.scalar(type))], Outcome.passed), ([], .failed)] {
      let rules: Tree = ["columns": ["a": .mapping(declared + claims + [("checks", .sequence(grouped.map(\.1)))])]]
      // Few texts are looked at one by one, of many each that differs.
      for repeats in [1, 400] {
        let text = Self.csv(Array(repeating: same, count: repeats).flatMap { $0 })
        let findings = try await Gate.findings(rules, on: text).filter { $0.id.check != "type" }
        let judged = findings.filter { !["present", "readable"].contains($0.id.check) }
        #expect(judged.count == 2 * claims.count)
        for finding in judged {
          // Where every text comes twice or more, none occurs once, whatever the type.
          let isSame = repeats > 1 && finding.id.check.hasSuffix("occurring_once")
          #expect(finding.outcome == (isSame ? .passed : outcome), "\(finding.id): \(finding.message)")
        }
      }
    }
  }

  @Test(arguments: cases)
  func aGroupIsOneHoweverItIsWritten(type: String, same: [String]) async throws {
    let once: Tree = ["occurring_once": ["at_most": "0%"], "group_by": "a", "id": "c"]
    for (declared, outcomes) in [
      ([("type", Tree.scalar(type))], [Outcome.passed, .errored, .passed]), ([], [.failed, .passed, .failed]),
    ] {
      let rules: Tree = [
        "columns": ["a": .mapping(declared), "b": ["checks": [once]]],
        "class_balance": ["label": "a", "at_least": "1%"], "groups": [["by": "a", "as_in": "u"]],
      ]
      let table = Neighbours(Self.csv(same), ("u", Self.csv([same[0]])))
      let findings = try await table.findings(rules)
      let found = ["c", "class_balance", "groups a"].map { name in
        findings.first { $0.id.check == name }?.outcome
      }
      #expect(found == outcomes, "\(findings)")
    }
  }

  @Test(arguments: cases)
  func aKeyIsFoundHoweverItIsWritten(type: String, same: [String]) async throws {
    let (here, there) = (Self.csv([same[1], ""]), Self.csv([same[0]]))
    let typed: Tree = ["a": ["type": .scalar(type), "references": "u.a"]]
    #expect(try await Self.references(typed, here, there) == .passed)
    #expect(try await Self.references(["a": ["references": "u.a"]], here, there) == .failed)
    // The other dataset's rules say it, too.
    let theirs: Tree = ["columns": ["a": ["type": .scalar(type)]]]
    #expect(try await Self.references(["a": ["references": "u.a"]], here, there, rules: ["u": theirs]) == .passed)
    let text: Tree = ["a": ["type": "string", "references": "u.a"]]
    #expect(try await Self.references(text, here, there, rules: ["u": theirs]) == .failed)
  }

  private static func references(
    _ columns: Tree, _ here: String, _ there: String, rules: [String: Tree] = [:]
  ) async throws -> Outcome {
    try await Neighbours(here, ("u", there), rules: rules).finding("a.references", ["columns": columns]).outcome
  }

  /// Of files that store a column in two ways the one that says more tells how to read the other.
  @Test(
    arguments: [
      ([.untyped, .timestamp(.microsecond, zone: "UTC")], .timestamp), ([.untyped, .boolean], .boolean),
      ([.untyped, .date], .timestamp), ([.date, .timestamp(.nanosecond, zone: nil)], .timestamp),
      ([.untyped, .integer(bits: 64, isSigned: true)], .number), ([.float(bits: 64), .untyped], .number),
      ([.tokens, .decimal(precision: 9, scale: 2)], .number), ([.tokens, .untyped], .number),
      ([.text, .integer(bits: 64, isSigned: true)], nil), ([.text, .untyped, .float(bits: 64)], nil),
      ([.integer(bits: 64, isSigned: true), .float(bits: 64)], nil),
      ([.untyped, .untyped], nil), ([.tokens, .tokens], nil), ([.boolean, .boolean], nil),
      ([nil, .boolean], nil), ([.text, .untyped], nil),
    ] as [([StoredType?], ValueType?)])
  func aFileTellsTheTypeOfAnother(stored: [StoredType?], type: ValueType?) {
    #expect(ValueType(toldBy: stored) == type)
  }

  @Test(arguments: cases)
  func rowsAreMatchedHoweverTheirKeyIsWritten(type: String, same: [String]) async throws {
    let neighbours = Neighbours(Self.csv([same[1]]), ("u", Self.csv([same[0]])))
    let rule: (String, Tree) = ("same_rows_as", ["dataset": "u", "key": ["a"]])
    let typed: Tree = .mapping([("columns", ["a": ["type": .scalar(type)]]), rule])
    #expect(try await neighbours.finding("same_rows_as", typed).outcome == .passed)
    #expect(try await neighbours.finding("same_rows_as", .mapping([rule])).outcome == .failed)
  }

  /// All digits count, where doubles leave two numbers together.
  @Test(
    arguments: [
      ("9007199254740993", "9007199254740992", false), ("9007199254740993.0", "9007199254740993", true),
      ("1e16", "10000000000000001", false), ("1e16", "10000000000000000", true), ("0.10", "1e-1", true),
      // As programs write the double 2^70.
      ("1.1805916207174113e+21", "1180591620717411303424", true), ("nan", "NaN", true), ("inf", "-inf", false),
    ])
  func valuesOfRowsAreComparedByAllDigits(here: String, there: String, areSame: Bool) async throws {
    let neighbours = Neighbours("k,a\n1,\(here)\n", ("u", "k,a\n1,\(there)\n"))
    let rules: Tree = ["columns": ["a": ["type": "number"]], "same_rows_as": ["dataset": "u", "key": ["k"]]]
    #expect(try await neighbours.finding("same_rows_as", rules).outcome == (areSame ? .passed : .failed))
  }
}
