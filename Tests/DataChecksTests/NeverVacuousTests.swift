import DataChecks
import TestSupport
import Testing
import Verdict

/// The first law: where there is nothing to evaluate, no check on values passes.
@Suite struct NeverVacuousTests {
  /// Kinds that judge the header, the number of rows or the nulls themselves.
  private static let aboutOtherThings: Set<String> = [
    "present", "readable", "rows", "missing", "unexpected_columns", "column_order",
  ]

  private static func randomRules(_ generator: inout SeededGenerator) -> Tree {
    var column: [(String, Tree)] = []
    var kinds: Set<String> = []
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      guard let check = ValueCheckCase.all.filter({ $0.type == nil }).randomElement(using: &generator) else { continue }
      if kinds.insert(check.kind).inserted { column.append((check.kind, check.rule)) }
    }
    for further in [
      ("type", "string"), ("unique", "true"), ("required", "true"), ("sensitive", "true"), ("allow", "100%"),
    ]
    where Bool.random(using: &generator)
      && !(further.0 == "type" && kinds.contains { $0.hasPrefix("at_") || ["between", "multiple_of"].contains($0) })
    {
      column.append((further.0, .scalar(further.1)))
    }
    if Bool.random(using: &generator) {
      column.append(("missing", ["at_most": Bool.random(using: &generator) ? "100%" : "5%"]))
    }
    let expressions = ["b = 'x'", "b is not null and b != 'q'", "not b in ('x')", "b > 1 or b < 1"]
    let expect = Tree.scalar(expressions.randomElement(using: &generator) ?? "")
    let row: Tree =
      Bool.random(using: &generator) ? ["expect": expect, "allow": "100%"] : ["expect": expect, "when": "b = 'never'"]
    var rules: [(String, Tree)] = [("columns", ["a": .mapping(column)]), ("keys", [["a", "b"]])]
    if case .mapping(let members) = row, members.contains(where: { $0.0 == "when" }) {
      rules.append(("rows_where", [row]))
    }
    rules += [("complete", [["a"]]), ("co_missing", [["a", "b"]])].shuffled(using: &generator).prefix(1)
    return .mapping(rules)
  }

  private static func expectNoPass(_ rules: Tree, on csv: String) async throws {
    for finding in try await Gate.findings(rules, on: csv) where !aboutOtherThings.contains(finding.kind) {
      #expect(finding.outcome != .passed, "\(finding.id): \(finding.message) on \(csv.prefix(40))")
      if finding.outcome == .skipped { #expect(finding.reason == .requested || finding.reason == .dependency) }
    }
  }

  @Test(arguments: 0..<40)
  func nothingToEvaluateIsNoPass(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let rules = Self.randomRules(&generator)
    // No rows; a column without any value; a condition that selects nothing (in the rules).
    try await Self.expectNoPass(rules, on: "a,b\n")
    let rows = Int.random(in: 1...50, using: &generator)
    try await Self.expectNoPass(rules, on: "a,b\n" + String(repeating: ",y\n", count: rows))
    // Nothing but records that are no rows.
    try await Self.expectNoPass(rules, on: "a,b\n" + String(repeating: "ragged\n", count: rows))
    // No such columns.
    try await Self.expectNoPass(rules, on: "c,d\n1,2\n")
  }

  /// An expression that is unknown in every row says nothing, whatever it is.
  @Test(arguments: [
    "a > 0", "not a > 0", "a = a + 1", "a between 1 and 2", "a in (1, 2)", "a / 0 > 1", "a > 0 or a <= 0",
  ])
  func unknownEverywhereIsNoPass(expression: String) async throws {
    let rules: Tree = [
      "columns": ["a": ["type": "number"]], "rows_where": [["expect": .scalar(expression), "allow": "100%"]],
    ]
    for csv in ["a,b\n", "a,b\n,1\n,2\n", "a,b\ntext,1\n"] {
      let finding = try await Gate.finding("rows_where_1", rules, on: csv)
      if csv.contains("text") {
        // The type check says what is wrong.
        #expect(finding.outcome == .skipped && finding.reason == .dependency)
      } else {
        #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
      }
    }
  }

  /// The whole run of a table that has nothing in it never exits with 0.
  @Test(arguments: ["a,b\n", "a,b\n,\n"])
  func aRunOverNothingIsNeverGreen(csv: String) async throws {
    for check in ValueCheckCase.all {
      let findings = try await Gate.findings(check.rules(), on: csv)
      #expect(RunResult(version: "1", startedAt: 0, findings: findings).exitStatus == .errored)
    }
    let presence = try await Gate.findings(["columns": ["a": [:], "b": [:]]], on: "a,b\n")
    #expect(RunResult(version: "1", startedAt: 0, findings: presence).exitStatus == .errored)
  }
}
