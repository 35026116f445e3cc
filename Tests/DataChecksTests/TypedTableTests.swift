import DataChecks
import Scan
import TestSupport
import Testing
import Verdict

/// Values that text files do not have: unsigned integers beyond the signed ones, and floats of 32 bits.
@Suite struct TypedTableTests {
  private static func findings(_ rules: Tree, on columns: [(String, ArrowTable.Values)]) async throws -> [String:
    Finding]
  {
    let findings = try await Gate.findings(rules, on: ArrowTable(columns).stream, format: .arrow)
    return Dictionary(findings.map { ($0.id.check, $0) }) { first, _ in first }
  }

  private static func outcomes(
    _ checks: Tree, on values: ArrowTable.Values, _ more: Tree = [:]
  ) async throws -> [String: Outcome] {
    guard case .mapping(let checks) = checks, case .mapping(let more) = more else { return [:] }
    let rules = Tree.mapping([("columns", ["a": .mapping(checks)])] + more)
    return try await findings(rules, on: [("a", values)]).mapValues(\.outcome)
  }

  // MARK: - Unsigned integers of 64 bits

  private static let large = ArrowTable.Values.unsigned([1, nil, 9_223_372_036_854_775_808, .max, 2])
  private static let small = ArrowTable.Values.unsigned([1, nil, 9_223_372_036_854_775_807])

  @Test func everyUnsignedIntegerIsAnInteger() async throws {
    for values in [Self.large, Self.small] {
      #expect(try await Self.outcomes(["type": "integer", "unique": "true"], on: values)["type"] == .passed)
    }
    #expect(try await Self.outcomes(["type": "date"], on: Self.small)["type"] == .failed)
    let empty = try await Self.outcomes(["type": "integer"], on: .unsigned([nil, nil]))
    #expect(empty["type"] == .errored)
  }

  /// What a check does not compute with is no value that it may leave out: the type check does not list it.
  @Test(
    arguments: [
      ("in", ["1"]), ("not_in", ["7"]),
      ("values", ["subset_of", "1"]), ("multiple_of", "1"), ("increasing", "true"), ("sequential", "true"),
      ("sum", ["at_least": "0"]), ("truncated", ["at_most": "99%"]),
    ] as [(String, Tree)])
  func noCheckPassesWithoutTheLargeOnes(key: String, limit: Tree) async throws {
    let limit: Tree = key == "values" ? ["subset_of": ["1"]] : limit
    let rules: Tree = ["columns": ["a": ["type": "integer", key: limit]]]
    let found = try #require(try await Self.findings(rules, on: [("a", Self.large)])[key])
    #expect(found.outcome == .errored && found.reason == .undefined, "\(found.outcome) \(found.message)")
    #expect(found.message.contains("2 values are integers above 9223372036854775807"), "\(found.message)")
    // As numbers, doubles, they are compared.
    let numbers: Tree = ["columns": ["a": ["type": "number", key: limit]]]
    guard key != "sequential" else { return }
    let compared = try #require(try await Self.findings(numbers, on: [("a", Self.large)])[key])
    #expect(compared.outcome != .errored, "\(compared.message)")
  }

  /// Limits are compared with all digits, on both sides of the end of the signed integers.
  @Test(
    arguments: [
      ("above", "9223372036854775807", 2), ("above", "18446744073709551614", 3), ("at_least", "9223372036854775808", 2),
      ("at_least", "9223372036854775809", 3), ("at_least", "18446744073709551615", 3), ("at_least", "2", 1),
      ("below", "18446744073709551615", 1), ("below", "9223372036854775808", 2), ("at_most", "9223372036854775807", 2),
      ("at_most", "18446744073709551615", 0), ("at_most", "1e30", 0),
    ] as [(String, String, Int)])
  func limitsReachToTheEndOfTheUnsigned(key: String, limit: String, violating: Int) async throws {
    let rules: Tree = ["columns": ["a": ["type": "integer", key: .scalar(limit)]]]
    #expect(Gate.problems(rules).isEmpty)
    let found = try #require(try await Self.findings(rules, on: [("a", Self.large)])[key])
    #expect(found.evidence.counts?.violating == violating && found.evidence.counts?.evaluated == 4, "\(found.message)")
    #expect(found.outcome == (violating == 0 ? .passed : .failed))
  }

  /// Only the file tells whether it stores unsigned integers: of another one no value keeps the limit.
  @Test func aLimitBeyondTheSignedIsAnErrorOfOtherColumns() async throws {
    for (key, limit) in [("above", "9223372036854775807"), ("at_least", "9223372036854775808")] {
      let rules: Tree = ["columns": ["a": ["type": "integer", key: .scalar(limit)]]]
      let found = try await Gate.finding("a.\(key)", rules, on: "a,b\n1,1\n")
      #expect(found.outcome == .errored && found.message.contains(limit), "\(found.message)")
    }
    let beyond: Tree = ["columns": ["a": ["type": "integer", "above": "18446744073709551615"]]]
    #expect(Gate.problems(beyond).count == 1)
  }

  // MARK: - NaN

  /// What says nothing of NaN cannot hold because there is nothing else; what NaN breaks, fails.
  @Test func nothingButNaNIsNoPass() async throws {
    let nothing = ArrowTable.Values.doubles([.nan, nil, .nan])
    let some = ArrowTable.Values.doubles([.nan, nil, 1])
    let outcomes: [(Tree, Outcome, Outcome)] = [
      (["not_in": ["5"]], .errored, .passed), (["not_in": ["5", "nan"]], .failed, .failed),
      (["in": ["nan"]], .passed, .failed), (["in": ["1"]], .failed, .failed),
      (["between": ["0", "5"]], .failed, .failed), (["at_least": "0"], .failed, .failed),
      (["above": "0"], .failed, .failed), (["multiple_of": "1"], .failed, .failed),
      (["finite": "true"], .failed, .failed),
      (["not_nan": "true"], .failed, .failed), (["equals": "1"], .failed, .failed),
    ]
    for (check, alone, beside) in outcomes {
      for type in [[], [("type", "number")]] as [[(String, Tree)]] {
        guard case .mapping(let keys) = check else { continue }
        let all = try await Self.outcomes(.mapping(type + keys), on: nothing)
        #expect(all[keys[0].0] == alone, "\(keys) on nothing but NaN")
        let part = try await Self.outcomes(.mapping(type + keys), on: some)
        #expect(part[keys[0].0] == beside, "\(keys) on NaN and 1")
      }
    }
  }

  @Test func expressionsSayThatTheyCannotReadThem() async throws {
    let rules: Tree = [
      "columns": ["a": ["type": "integer", "checks": [["required": "true", "where": "a > 0", "id": "some"]]]],
      "rows_where": [["expect": "a > 0", "id": "all"]],
    ]
    for (values, outcome) in [(Self.large, Outcome.errored), (Self.small, .passed)] {
      let found = try await Self.findings(rules, on: [("a", values)])
      #expect(found["some"]?.outcome == outcome && found["all"]?.outcome == outcome)
    }
    let found = try await Self.findings(rules, on: [("a", Self.large)])
    #expect(found["some"]?.message == "2 of 5 rows have values that a > 0 cannot read")
    #expect(found["some"]?.evidence.notes.first == "type: number reads all integers of \"a\", as doubles")
  }

  // MARK: - Floats of 32 bits

  private static let narrow = ArrowTable.Values.floats([0.1, 0.2, 0.3, nil])

  /// Every limit means the number of the column's width that is nearest to it.
  @Test(
    arguments: [
      (["at_most": "0.3"], true), (["at_least": "0.1"], true), (["between": ["0.1", "0.3"]], true),
      (["at_most": "0.29"], false), (["at_least": "0.11"], false), (["above": "0.1"], false), (["below": "0.3"], false),
      (["above": "0.09"], true), (["below": "0.31"], true), (["in": ["0.1", "0.2", "0.3"]], true),
      (["not_in": ["0.2"]], false), (["max": ["equals": "0.3"]], true), (["min": ["at_least": "0.1"]], true),
      (["max": ["at_most": "0.29"]], false), (["median": ["equals": "0.2"]], true),
      (["median": ["at_most": "0.2"]], true), (["median": ["at_least": "0.2"]], true),
      (["quantile": ["at": "99%", "at_most": "0.3"]], true), (["at_most": "1e300"], true), (["below": "-1e300"], false),
      (["finite": "true"], true),
    ] as [(Tree, Bool)])
  func limitsAreOfTheColumnsWidth(check: Tree, holds: Bool) async throws {
    guard case .mapping(let members) = check, let key = members.first?.0 else { return }
    let rules: Tree = ["columns": ["a": .mapping([("type", "number")] + members)]]
    let found = try #require(try await Self.findings(rules, on: [("a", Self.narrow)])[key])
    #expect(found.outcome == (holds ? .passed : .failed), "\(found.message)")
  }

  /// So does every number that an expression compares with the column itself.
  @Test(
    arguments: [
      ("a <= 0.3", true), ("a >= 0.1", true), ("0.1 <= a", true), ("a between 0.1 and 0.3", true),
      ("a in (0.1, 0.2, 0.3)", true), ("a <> 0.15", true), ("a not in (0.2, 7)", false), ("a < 0.3", false),
      ("a > 0.1", false), ("a != 0.2", false), ("not (a = 0.2)", false), ("a <= 0.29", false), ("a <= 1e300", true),
      ("a = 0.1 or a = 0.2 or a = 0.3", true), ("coalesce(a = 0.1, true) or a >= 0.2", true),
      ("a is not distinct from 0.2 or a <> 0.2", true), ("a is distinct from 0.2", false),
      ("nullif(a, 0.2) is not null or a is null", false),
    ] as [(String, Bool)])
  func expressionsAreOfTheColumnsWidth(claim: String, holds: Bool) async throws {
    for type in ["number", nil] {
      var rules: [(String, Tree)] = [("rows_where", [["expect": .scalar(claim), "id": "claim"]])]
      if let type { rules.append(("columns", ["a": ["type": .scalar(type)]])) }
      let found = try #require(try await Self.findings(.mapping(rules), on: [("a", Self.narrow)])["claim"])
      #expect(found.outcome == (holds ? .passed : .failed), "\(type ?? "no type"): \(found.message)")
    }
  }

  @Test func soIsTheConditionThatSelectsRows() async throws {
    let rules: Tree = ["rows_where": [["expect": "b = 1", "when": "a >= 0.3", "id": "claim"]]]
    let found = try await Self.findings(rules, on: [("a", Self.narrow), ("b", .doubles([0, 0, 1, 0]))])
    #expect(found["claim"]?.outcome == .passed && found["claim"]?.evidence.counts?.evaluated == 1)
  }

  @Test func anExclusiveLimitLeavesOutItsNearestNumberAlone() async throws {
    let next = ArrowTable.Values.floats([Float(0.1).nextUp, 0.2])
    #expect(try await Self.outcomes(["type": "number", "above": "0.1"], on: next)["above"] == .passed)
    let same = ArrowTable.Values.doubles([(0.1).nextUp, 0.2])
    #expect(try await Self.outcomes(["type": "number", "above": "0.1"], on: same)["above"] == .passed)
  }

  @Test func whatIsShownIsWhatSomebodyWrote() async throws {
    let rules: Tree = ["columns": ["a": ["type": "number", "max": ["at_most": "0.2"], "median": ["at_most": "0.1"]]]]
    let found = try await Self.findings(rules, on: [("a", Self.narrow)])
    #expect(found["max"]?.message == "the greatest value is 0.3, the limit is at most 0.2")
    #expect(found["median"]?.message == "the median is 0.2, the limit is at most 0.1")
  }

  /// A second pass counts on either side of the limit that the first means.
  @Test func theSecondPassMeansTheSameLimit() async throws {
    let values = (0..<40_001).map { Float($0 < 20_000 ? 0 : $0 > 20_000 ? 1 : 0.1) }
    for limit in ["at_most", "at_least", "equals"] {
      let outcomes = try await Self.outcomes(
        ["type": "number", "median": [limit: "0.1"]], on: .floats(values))
      #expect(outcomes["median"] == .passed, "\(limit)")
    }
  }

  // MARK: - Timestamps

  /// A file that says its values are timestamps needs no declaration: a date is its midnight in UTC.
  @Test(
    arguments: [
      ("at_least", "2026-11-22", .passed), ("above", "2026-11-22", .failed), ("at_most", "2026-11-22", .failed),
      ("below", "2026-11-23", .passed), ("between", ["2026-11-22", "2026-11-23"], .passed),
      ("min", ["equals": "2026-11-22"], .passed), ("max", ["at_most": "2026-11-22"], .failed),
    ] as [(String, Tree, Outcome)])
  func datesBoundStoredTimestamps(key: String, limit: Tree, outcome: Outcome) async throws {
    let midnight: Int64 = 20_779 * 86_400 * 1_000_000
    let values = ArrowTable.Values.timestamps([midnight, nil, midnight + 1])
    #expect(try await Self.outcomes([key: limit], on: values)[key] == outcome)
    #expect(try await Self.outcomes(["type": "timestamp", key: limit], on: values)[key] == outcome)
  }
}
