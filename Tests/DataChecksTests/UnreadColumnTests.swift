import DataChecks
import Planning
import Scan
import TestSupport
import Testing
import Verdict

/// A column whose type is not read is no column of nulls: nothing is said of its values, and all of the others.
@Suite struct UnreadColumnTests {
  private static let table = ArrowTable([
    ("n", .integers([1, 2, 3])), ("months", .intervals([1, nil, 3])), ("again", .integers([1, 2, 3])),
  ]).stream

  private static func findings(_ rules: Tree) async throws -> [Finding] {
    try await Gate.findings(rules, on: table, format: .arrow)
  }

  @Test(
    arguments: [
      ("required", "true"), ("missing", ["equals": "100%"]), ("missing", ["at_most": "50%"]), ("unique", "true"),
      ("in", ["a"]), ("type", "string"), ("length", ["at_most": "3"]), ("distinct", ["at_least": "0"]),
    ] as [(String, Tree)])
  func everyCheckOfItIsAnError(key: String, limit: Tree) async throws {
    let found = try await Self.findings(["columns": ["months": [key: limit], "n": ["required": "true"]]])
    let check = try #require(found.first { $0.id.description == "data.t.months.\(key)" })
    #expect(check.outcome == .errored && check.reason == .undefined, "\(check.outcome) \(check.message)")
    #expect(check.message == "the column \"months\" is interval, which is not read")
    #expect(found.first { $0.id.description == "data.t.n.required" }?.outcome == .passed)
    #expect(found.first { $0.id.check == "readable" }?.outcome == .passed)
  }

  @Test(
    arguments: [
      ("empty_columns", ["at_most": "3"]), ("complete_rows", ["at_least": "0%"]),
      ("duplicate_rows", ["at_most": "0 rows"]),
      ("any_present", [["months", "n"]]), ("primary_key", ["months"]),
    ] as [(String, Tree)])
  func everyRuleOfTheTableThatNeedsItIsAnError(key: String, limit: Tree) async throws {
    let found = try await Self.findings([key: limit])
    let judged = found.filter { $0.id.check.contains(key) }
    #expect(!judged.isEmpty && judged.allSatisfy { $0.outcome == .errored }, "\(found.map(\.message))")
    #expect(judged.allSatisfy { $0.message.contains("is interval, which is not read") })
  }

  @Test func otherColumnsAreCompared() async throws {
    let found = try await Self.findings(["duplicate_columns": "fail"])
    let check = try #require(found.first { $0.id.check == "duplicate_columns" })
    #expect(check.outcome == .failed && check.message.contains("\"n\" = \"again\""))
    #expect(check.evidence.notes.contains { $0.contains("months") })
  }

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.table, to: "t.arrows")
  }

  private func scan(_ body: (inout NativeScan) async throws -> Void) async throws {
    var scan = NativeScan(TableSource(path: folder.path + "/t.arrows", displayedAs: "t.arrows"))
    try await body(&scan)
  }

  @Test func inferredRulesSayWhy() async throws {
    try await scan { scan in
      let rules = try await StarterRules(from: &scan)
      let column = try #require(rules.columns.first { $0.name == "months" })
      #expect(column.rules.isEmpty && column.remark == "interval is not read, and so no rule")
    }
  }

  @Test func schemasAreComparedByType() async throws {
    try await scan { scan in
      let columns = try await SchemaColumn.columns(of: &scan)
      #expect(columns.count == 3)
    }
  }

  /// Asking for it all the same is an error, never a column of nulls.
  @Test func theReaderRefusesIt() async throws {
    try await scan { scan in
      var plan = Plan()
      _ = plan.require(PresenceCount.Specification("months"))
      let error = await #expect(throws: ScanError.self) { try await scan.compute(plan) }
      #expect(error?.message == "t.arrows: the column \"months\" is interval, which is not read")
    }
  }
}
