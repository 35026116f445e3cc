import DataChecks
import Scan
import TestSupport
import Testing
import Verdict

/// What the rules write is compared with what the file stores, where they declare no type.
@Suite struct StoredValuesCheckTests {
  private static func outcome(
    _ key: String, _ limit: Tree, on values: ArrowTable.Values, type: Tree? = nil
  ) async throws -> Outcome? {
    let checks: [(String, Tree)] = (type.map { [("type", $0)] } ?? []) + [(key, limit)]
    let findings = try await Gate.findings(
      .mapping([("columns", ["a": .mapping(checks)])]), on: ArrowTable([("a", values)]).stream, format: .arrow)
    return findings.first { $0.id.check == key }?.outcome
  }

  private static let doubles = ArrowTable.Values.doubles([1, 2, 1e22])
  private static let days = ArrowTable.Values.dates([18262])
  /// 2020-01-01T00:00:00Z.
  private static let moments = ArrowTable.Values.timestamps([1_577_836_800_000_000])

  /// 11:00:00.5 and 23:59.
  private static let clocks = ArrowTable.Values.times([39_600_500_000, nil, 86_340_000_000])

  /// Limits on times of day may be written with fewer digits than the file has, and need no declared type.
  @Test(
    arguments: [
      ("at_most", "23:59", clocks, .passed), ("at_most", "23:58:59.999999", clocks, .failed),
      ("at_least", "11:00:00.5", clocks, .passed), ("at_least", "11:00:01", clocks, .failed),
      ("between", ["11:00", "23:59:59"], clocks, .passed),
      ("above", "11:00:00.500000", clocks, .failed), ("below", "23:59:00.000001", clocks, .passed),
      ("in", ["11:00:00.500", "23:59"], clocks, .passed), ("in", ["11:00:00", "23:59"], clocks, .failed),
      ("not_in", ["23:59:00.0"], clocks, .failed), ("equals", "12:00", .shortTimes([43_200]), .passed),
      ("values", ["equal_to": ["23:59", "11:00:00.5"]], clocks, .passed),
      ("min", ["equals": "11:00:00.5"], clocks, .passed), ("max", ["at_most": "23:58"], clocks, .failed),
      ("at_most", "12:00", .shortTimes([43_200, 0]), .passed), ("at_most", "11:59:59", .shortTimes([43_200]), .failed),
      ("most_common", ["value_in": ["12:00"]], .shortTimes([43_200, 43_200, 0]), .passed),
      // What lies beyond a day is no time of it.
      ("at_most", "23:59:59", .shortTimes([90_000]), .failed),
    ] as [(String, Tree, ArrowTable.Values, Outcome)])
  func timesOfDayHaveLimits(key: String, limit: Tree, values: ArrowTable.Values, expected: Outcome) async throws {
    #expect(try await Self.outcome(key, limit, on: values) == expected)
    let declared = try await Self.outcome(key, limit, on: values, type: "time")
    #expect(declared == expected || values.isBeyondADay && declared == .skipped)
  }

  @Test(arguments: ["24:00", "7:30", "2024-01-01", "x"])
  func aLimitIsATimeOfDay(limit: String) {
    let problems = Gate.problems(["columns": ["a": ["type": "time", "at_most": .scalar(limit)]]])
    #expect(problems.map(\.headline) == ["\"\(limit)\" is no time, which the type of \"a\" asks for"])
    #expect(problems.first?.help == ["a time is written 23:59:00"])
  }

  @Test(
    arguments: [
      ("not_in", ["1", "2"], doubles, .failed), ("not_in", ["7"], doubles, .passed),
      ("in", ["1", "2.0", "1e22"], doubles, .passed), ("in", ["1", "2"], doubles, .failed),
      ("values", ["equal_to": ["1", "2", "1e22"]], doubles, .passed),
      ("values", ["superset_of": ["1", "x"]], doubles, .failed),
      ("most_common", ["value_in": ["1.0"]], .doubles([1, 1, 2]), .passed),
      ("most_common", ["value_in": ["2.0"]], .doubles([1, 1, 2]), .failed),
      ("equals", "7.0", .integers([7, 7]), .passed), ("not_in", ["7.0", "x"], .integers([7]), .failed),
      ("in", ["0.1"], .floats([0.1]), .passed), ("not_in", ["0.1"], .floats([0.1]), .failed),
      ("in", ["9223372036854775809"], .unsigned([9_223_372_036_854_775_809]), .passed),
      ("in", ["9223372036854775808"], .unsigned([9_223_372_036_854_775_809]), .failed),
      ("in", ["9007199254740992"], .integers([9_007_199_254_740_993]), .failed),
      ("not_in", ["2020-01-01"], moments, .failed), ("in", ["2020-01-01T00:00:00+00:00"], moments, .passed),
      ("not_in", ["2020-01-01"], days, .failed), ("in", ["TRUE"], .booleans([true]), .passed),
      ("in", ["1.0"], .texts(["1"]), .failed), ("in", ["1"], .texts(["1"]), .passed),
      // What no value can be allows none, and to forbid nothing else is no claim.
      ("in", ["x"], doubles, .failed), ("not_in", ["x", "y"], doubles, .errored),
    ] as [(String, Tree, ArrowTable.Values, Outcome)])
  func aSetIsComparedInTheTypeOfTheFile(key: String, limit: Tree, values: ArrowTable.Values, expected: Outcome)
    async throws
  {
    #expect(try await Self.outcome(key, limit, on: values) == expected)
  }

  /// Every value of JSON has a kind of its own: 1.0 is the number 1, and the text "1.0" is no other text.
  @Test(
    arguments: [
      ("1.0", ["1"], true), ("1e0", ["1.00"], true), ("\"1.0\"", ["1"], false), ("\"1\"", ["1"], true),
      ("9007199254740993", ["9007199254740992"], false), ("true", ["true"], true), ("\"x\"", ["1", "x"], true),
    ] as [(String, [String], Bool)])
  func aNumberOfJSONIsANumber(value: String, members: [String], isMember: Bool) async throws {
    let set = Tree.sequence(members.map { .scalar($0) })
    let rules: Tree = ["columns": ["a": .mapping([("in", set), ("not_in", set), ("values", ["subset_of": set])])]]
    let findings = try await Gate.findings(rules, on: "{\"a\": \(value)}\n", format: .jsonLines)
    let outcomes = Dictionary(findings.map { ($0.id.check, $0.outcome) }) { first, _ in first }
    #expect(outcomes["in"] == (isMember ? .passed : .failed))
    #expect(outcomes["values"] == (isMember ? .passed : .failed))
    #expect(outcomes["not_in"] == (isMember ? .failed : .passed))
  }

  // MARK: - Numbers with more digits than a double

  private static let odd = ArrowTable.Values.integers([1, 9_007_199_254_740_993])
  private static let large = ArrowTable.Values.unsigned([1, 9_223_372_036_854_775_809])

  @Test(
    arguments: [
      ("at_most", "9007199254740992", odd, .failed), ("at_most", "9007199254740993", odd, .passed),
      ("below", "9007199254740993", odd, .failed), ("below", "9007199254740994", odd, .passed),
      ("between", ["0", "9007199254740992"], odd, .failed), ("at_most", "9007199254740992.5", odd, .failed),
      ("max", ["at_most": "9007199254740992"], odd, .failed),
      ("max", ["equals": "9007199254740993"], odd, .passed),
      ("min", ["at_least": "-9007199254740992"], .integers([-9_007_199_254_740_993, 0]), .failed),
      ("median", ["at_most": "9007199254740992"], .integers([9_007_199_254_740_993]), .errored),
      ("at_most", "9223372036854775807", large, .failed), ("at_most", "9223372036854775809", large, .passed),
      ("at_most", "9223372036854775808", large, .failed), ("max", ["at_most": "9223372036854775808"], large, .failed),
      ("at_least", "9223372036854775808", .unsigned([9_223_372_036_854_775_807]), .failed),
      ("at_most", "9007199254740992", .doubles([9_007_199_254_740_992]), .passed),
    ] as [(String, Tree, ArrowTable.Values, Outcome)])
  func integersAreComparedWithAllTheirDigits(
    key: String, limit: Tree, values: ArrowTable.Values, expected: Outcome
  ) async throws {
    #expect(try await Self.outcome(key, limit, on: values) == expected)
    #expect(try await Self.outcome(key, limit, on: values, type: "number") == expected)
  }

  @Test func theOrderOfNumbersIsThatOfTheirDigits() async throws {
    let falling = ArrowTable.Values.integers([9_007_199_254_740_993, 9_007_199_254_740_992])
    let rising = ArrowTable.Values.integers([9_007_199_254_740_992, 9_007_199_254_740_993])
    #expect(try await Self.outcome("increasing", "true", on: falling, type: "number") == .failed)
    #expect(try await Self.outcome("increasing", "strictly", on: rising, type: "number") == .passed)
    #expect(try await Self.outcome("decreasing", "strictly", on: falling, type: "number") == .passed)
  }

  @Test func theGreatestIntegerIsSaidInFull() async throws {
    let findings = try await Gate.findings(
      ["columns": ["a": ["max": ["at_most": "5"]]]], on: ArrowTable([("a", Self.odd)]).stream, format: .arrow)
    let found = try #require(findings.first { $0.id.check == "max" })
    #expect(found.message == "the greatest value is 9007199254740993, the limit is at most 5")
  }

  @Test func theDigitsOfTextDecideToo() async throws {
    for (limit, expected) in [("9007199254740992", Outcome.failed), ("9007199254740993", .passed)] {
      let rules: Tree = ["columns": ["a": ["at_most": .scalar(limit)]]]
      let findings = try await Gate.findings(rules, on: "a\n9007199254740993\n")
      #expect(findings.first { $0.id.check == "at_most" }?.outcome == expected)
    }
  }
}

extension ArrowTable.Values {
  /// Whether no value is a time of day, so that a declared type leaves nothing to evaluate.
  fileprivate var isBeyondADay: Bool {
    if case .shortTimes(let seconds) = self { seconds.allSatisfy { $0 ?? 0 >= 86_400 } } else { false }
  }
}
