import DataChecks
import TestSupport
import Testing
import Verdict

/// Where the least and the greatest value lie, in the column's own type.
@Suite struct ExtremeCheckTests {
  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  private static func finding(
    _ kind: String, _ limits: Tree, _ values: [String], column: [(String, Tree)] = []
  ) async throws -> Finding {
    try await Gate.finding("a." + kind, ["columns": ["a": .mapping(column + [(kind, limits)])]], on: csv(values))
  }

  /// A type, values in an order of no order, the least and the greatest of them as they are shown, and one beyond each.
  private static let cases: [(type: String, values: [String], least: String, greatest: String, beyond: [String])] = [
    ("integer", ["7", "-3", "9007199254740993", "0"], "-3", "9007199254740993", ["-4", "9007199254740994"]),
    ("number", ["2.5", "-inf", "7"], "-inf", "7", ["-inf", "7.5"]),
    ("number", ["2.5", "-1e3", "7"], "-1000", "7", ["-1001", "7.5"]),
    ("date", ["2013-05-01", "2012-02-29", "2013-01-01"], "2012-02-29", "2013-05-01", ["2012-02-28", "2013-05-02"]),
    (
      "timestamp", ["2013-05-01T00:00:00Z", "2013-05-01T01:00:00.5+02:00"], "2013-04-30T23:00:00.500000Z",
      "2013-05-01T00:00:00Z", ["2013-04-30T23:00:00Z", "2013-05-01T00:00:01Z"]
    ),
    (
      "timestamp", ["2013-05-01T00:00:00.000000002Z", "2013-05-01T00:00:00.000000001Z"],
      "2013-05-01T00:00:00.000000001Z", "2013-05-01T00:00:00.000000002Z",
      ["2013-05-01T00:00:00Z", "2013-05-01T00:00:00.000000003Z"]
    ),
    ("time", ["07:30", "23:59:59.5", "12:00"], "07:30:00", "23:59:59.500", ["07:29", "23:59:59.6"]),
    // By scalars: upper case before lower case, and both before what is not ASCII; a beginning before the whole.
    ("string", ["b", "é", "B", "Ba", "10", "9"], "10", "é", ["0", "éa"]),
  ]

  @Test(arguments: cases)
  func theLimitsAreInclusive(
    type: String, values: [String], least: String, greatest: String, beyond: [String]
  ) async throws {
    let column: [(String, Tree)] = [("type", .scalar(type))]
    for (kind, value) in [("min", least), ("max", greatest)] {
      let text = Tree.scalar(value)
      for limits in [["equals": text], ["between": [text, text]]] as [Tree] {
        let kept = try await Self.finding(kind, limits, values + [""], column: column)
        let shown = type == "string" ? "\"\(value)\"" : value
        #expect(kept.outcome == .passed && kept.message.hasSuffix("value is \(shown)"), "\(kept.message)")
        #expect(kept.evidence.counts?.all == [values.count + 1, 1, values.count, 0])
      }
    }
    let low = try await Self.finding("max", ["at_least": .scalar(beyond[1])], values, column: column)
    #expect(low.outcome == .failed)
    let shown = type == "string" ? ("\"\(least)\"", "\"\(greatest)\"") : (least, greatest)
    #expect(low.message == "the greatest value is \(shown.1), the limit is at least \(beyond[1])")
    #expect(low.location?.lineText == "at_least: \(beyond[1])")
    guard least != beyond[0] else { return }
    let high = try await Self.finding("min", ["at_most": .scalar(beyond[0])], values, column: column)
    #expect(high.outcome == .failed && high.message.hasPrefix("the least value is \(shown.0), the limit is at most"))
  }

  @Test(arguments: 0..<20)
  func theOrderOfTheRowsDoesNotMatter(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let values = (0..<Int.random(in: 1...40, using: &generator)).map { _ in Int.random(in: -99...99, using: &generator)
    }
    for (kind, value) in [("min", values.min() ?? 0), ("max", values.max() ?? 0)] {
      let finding = try await Self.finding(kind, ["equals": .scalar("\(value)")], values.map { "\($0)" })
      #expect(finding.outcome == .passed, "\(finding.message)")
    }
  }

  @Test(arguments: 0..<20)
  func textsComeInTheOrderOfTheirBytes(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let values = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
      String(
        (0..<Int.random(in: 1...4, using: &generator)).map { _ in "aAé中😀0".randomElement(using: &generator) ?? "a" })
    }
    let sorted = values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for (kind, value) in [("min", sorted[0]), ("max", sorted[sorted.count - 1])] {
      let finding = try await Self.finding(
        kind, ["equals": .scalar(value)], values + [""], column: [("type", "string")])
      #expect(finding.outcome == .passed && finding.evidence.observedText == value, "\(finding.message)")
    }
  }

  @Test func textsAreShownInPart() async throws {
    let string: [(String, Tree)] = [("type", "string")]
    let long = try await Self.finding(
      "max", ["at_most": "b"], ["a", String(repeating: "c", count: 500)], column: string)
    #expect(long.outcome == .failed && long.message.contains("c… (500 bytes)\", the limit is at most b"))
    let hidden = try await Self.finding("max", ["at_most": "b"], ["secret"], column: string + [("sensitive", "true")])
    #expect(hidden.outcome == .failed && !"\(hidden)".contains("secret"))
    for values in [[], ["", ""]] {
      let finding = try await Self.finding("min", ["at_least": "a"], values, column: string)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    }
    // The empty text is a value, and the least there is.
    let empty = try await Self.finding("min", ["at_least": "a"], ["\"\"", "b"], column: string)
    #expect(empty.outcome == .failed && empty.message == "the least value is \"\", the limit is at least a")
    let grouped: Tree = [
      "columns": ["a": ["type": "string", "checks": [["max": ["at_most": "m"], "group_by": "b", "id": "g"]]]]
    ]
    let finding = try await Gate.finding("a.g", grouped, on: "a,b\nk,x\nz,y\n")
    #expect(
      finding.outcome == .failed && finding.message.contains("b = y: the greatest value is \"z\""), "\(finding.message)"
    )
  }

  /// Without a declared type the limits say what they bound.
  @Test func theLimitsSayTheType() async throws {
    let dates = try await Self.finding("max", ["at_least": "2013-05-01"], ["2013-05-01", "2013-04-01"])
    #expect(dates.outcome == .passed && dates.message == "the greatest value is 2013-05-01")
    let mixed = try await Self.finding("max", ["at_least": "2013-05-01"], ["2013-05-01", "7", "8"])
    #expect(mixed.outcome == .errored && mixed.message == "2 values are no dates: there is no greatest value")
    #expect(mixed.evidence.notes == ["declare type: date, and the type check reports them"])
  }

  @Test(arguments: ["min", "max"])
  func nothingToEvaluateIsNoPass(kind: String) async throws {
    for values in [[], ["", ""]] {
      let finding = try await Self.finding(kind, ["at_least": "0"], values)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    }
    let nan = try await Self.finding(kind, ["at_least": "0"], ["nan", "1"])
    #expect(nan.outcome == .errored && nan.reason == .undefined)
    let none = try await Self.finding(kind, ["at_least": "0"], ["x"], column: [("type", "number")])
    #expect(none.outcome == .skipped && none.reason == .dependency)
  }

  @Test func aSensitiveValueIsNotShown() async throws {
    let finding = try await Self.finding("max", ["at_most": "5"], ["77", "1"], column: [("sensitive", "true")])
    #expect(finding.outcome == .failed && finding.message == "the greatest value is hidden, the limit is at most 5")
    #expect(!"\(finding.evidence)".contains("77"))
  }

  @Test(
    arguments: [
      ([:], "number", "a limit is missing"), (["at_least": "x"], "number", "is no number"),
      (["between": ["2", "1"]], "number", "no value can be at least 2"),
      (["between": ["b", "a"]], "string", "no value can be at least b"),
    ] as [(Tree, String, String)])
  func wrongLimitsAreProblems(limits: Tree, type: String, words: String) {
    let problems = Gate.problems(["columns": ["a": ["type": .scalar(type), "min": limits]]])
    #expect(problems.count == 1 && problems.first?.headline.contains(words) == true, "\(problems)")
  }
}
