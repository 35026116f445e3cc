import DataChecks
import Testing
import Verdict

/// Checks on the texts of a column as a whole.
@Suite struct TextCheckTests {
  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  private static func finding(
    _ kind: String, _ rule: Tree, _ values: [String], _ more: [(String, Tree)] = []
  ) async throws -> Finding {
    try await Gate.finding("a." + kind, ["columns": ["a": .mapping(more + [(kind, rule)])]], on: csv(values))
  }

  @Test(
    arguments: [
      ("length_outliers", ["at_most": "0 rows"]), ("spellings", "consistent"),
      ("special_characters", ["at_most": "1%"]), ("truncated", ["at_most": "0 rows"]),
    ] as [(String, Tree)])
  func nothingToEvaluateIsNoPass(kind: String, rule: Tree) async throws {
    for values in [[], ["", ""]] as [[String]] {
      let finding = try await Self.finding(kind, rule, values, [("type", "string")])
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
      let accepted = try await Self.finding(
        kind, rule, values, [("type", "string"), ("missing", ["at_most": "100%"])])
      #expect(accepted.outcome == (values.isEmpty ? .errored : .skipped))
    }
  }

  // MARK: - length_outliers

  @Test func lengthsFarFromTheOthersAreOutliers() async throws {
    // Lengths of 10 to 19: the inner 94 % range over 9, so that 36 on either side of 15 are allowed.
    let names = (0..<200).map { String(repeating: "é", count: 10 + $0 % 10) }
    let rule: Tree = ["at_most": "0 rows"]
    let passed = try await Self.finding("length_outliers", rule, names + [String(repeating: "x", count: 50)])
    #expect(passed.outcome == .passed, "\(passed.message)")
    let long = String(repeating: "x", count: 52)
    let failed = try await Self.finding("length_outliers", rule, names + ["", long, long])
    #expect(failed.outcome == .failed)
    #expect(failed.message == "2 of 202 values have a length outside of 0 to 51 (0.99%), the limit is at most 0 rows")
    #expect(failed.evidence.samples.map(\.line) == [203] && failed.evidence.counts?.all == [203, 1, 202, 2])
    #expect(failed.evidence.notes.last == "the median length is 15, 94% of all lie between 10 and 19")
    #expect(failed.evidence.observed == Quantity(2, .rows))
    let share = try await Self.finding("length_outliers", ["at_most": "1%"], names + [long, long])
    #expect(share.outcome == .passed && share.evidence.observed == Quantity(2.0 / 202, .share))
    let narrow = try await Self.finding("length_outliers", ["at_most": "0 rows", "factor": "0.5"], names)
    #expect(narrow.outcome == .failed)
    let half = try await Self.finding("length_outliers", ["at_most": "0 rows", "inner": "50%"], names + [long])
    #expect(half.outcome == .failed)
  }

  @Test func fewTextsTellNoOutlier() async throws {
    let rule: Tree = ["at_most": "0 rows"]
    let few = try await Self.finding(
      "length_outliers", rule, Array(repeating: "ab", count: 32) + ["a much longer text"])
    #expect(few.outcome == .inconclusive && few.message.hasPrefix("33 texts are too few"))
    let enough = try await Self.finding(
      "length_outliers", rule, Array(repeating: "ab", count: 33) + ["a much longer text"])
    #expect(enough.outcome == .failed)
  }

  // MARK: - spellings

  @Test func spellingsOfOneValueAreTold() async throws {
    let values = ["Oslo", "Oslo", "oslo ", "OSLO", "Rome", "", "Bern", "oslo "]
    let failed = try await Self.finding("spellings", "consistent", values)
    #expect(failed.message == "3 of 7 values are spelled otherwise than most of their kind (42.9%)")
    #expect(
      failed.evidence.samples.map(\.value) == [
        "value = \"oslo \", usually = \"Oslo\"", "value = \"OSLO\", usually = \"Oslo\"",
      ])
    #expect(failed.evidence.notes == ["\"Oslo\" in 2 rows, \"oslo \" in 2 rows, \"OSLO\" in 1 row"])
    let passed = try await Self.finding("spellings", "consistent", ["Oslo", "Rome", "Oslo", "1.5", "15"])
    #expect(passed.outcome == .passed)
    let allowed = try await Self.finding("spellings", "consistent", values, [("allow", "50%")])
    #expect(allowed.outcome == .passed)
    let hidden = try await Self.finding("spellings", "consistent", values, [("sensitive", "true")])
    #expect(hidden.outcome == .failed && !"\(hidden)".lowercased().contains("oslo"))
    let many = try await Self.finding("spellings", "consistent", (0...10_000).map { "v\($0)" })
    #expect(many.outcome == .errored && many.reason == .limit)
    #expect(try await Gate.findings(["columns": ["a": ["spellings": "any"]]], on: Self.csv(["x", "X"])).count == 2)
  }

  // MARK: - special_characters

  @Test func textsWithoutALetterOrDigitAreCounted() async throws {
    let values = ["---", "a", "?!", "7", "日", "\"\"", "", "٣", "   ", "é"]
    let failed = try await Self.finding("special_characters", ["at_most": "10%"], values)
    #expect(failed.message == "4 of 9 values have neither a letter nor a digit (44.4%), the limit is at most 10%")
    #expect(failed.evidence.samples.map(\.line) == [2, 4, 7, 10])
    #expect(failed.location?.lineText == "at_most: 10%")
    #expect(try await Self.finding("special_characters", ["at_most": "4 rows"], values).outcome == .passed)
    #expect(try await Self.finding("special_characters", ["at_most": "0 rows"], ["a"]).outcome == .passed)
  }

  // MARK: - truncated

  @Test func textsThatEndAtACommonWidthLookCut() async throws {
    let cut = String(repeating: "é", count: 255)
    let none: Tree = ["at_most": "0 rows"]
    let text: [(String, Tree)] = [("type", "string")]
    let failed = try await Self.finding("truncated", none, ["x", cut, "y", cut], text)
    #expect(
      failed.message
        == "2 of 4 values have the greatest length, 255, which is the width of many columns (50%), the limit is at most 0 rows"
    )
    #expect(failed.evidence.samples.map(\.line) == [3])
    #expect(try await Self.finding("truncated", ["at_most": "50%"], ["x", cut, "y", cut], text).outcome == .passed)
    // Longer texts are there, so nothing was cut; and 3 is the width of a code.
    #expect(try await Self.finding("truncated", none, [cut, cut + "xy"], text).outcome == .passed)
    #expect(try await Self.finding("truncated", none, ["abc", "def"], text).outcome == .passed)
  }

  @Test func numbersAtTheEndOfATypeLookCut() async throws {
    let none: Tree = ["at_most": "0 rows"]
    let values = ["1", "32767", "32766", "-2147483648", "9223372036854775807"]
    let failed = try await Self.finding("truncated", none, values, [("type", "integer")])
    #expect(failed.message.hasPrefix("3 of 5 values are the greatest or least of a type of numbers (60%)"))
    #expect(failed.evidence.samples.map(\.line) == [3, 5, 6])
    let number = try await Self.finding("truncated", none, ["1", "65535.0"], [("type", "number")])
    #expect(number.outcome == .failed)
    let unsigned = try await Self.finding("truncated", none, ["18446744073709551615", "5"], [("type", "number")])
    #expect(unsigned.message.hasPrefix("1 of 2 values are the greatest or least"), "\(unsigned.message)")
    #expect(try await Self.finding("truncated", none, ["1", "2"], [("type", "integer")]).outcome == .passed)
    let other = try await Self.finding("truncated", none, ["x"], [("type", "integer")])
    #expect(other.outcome == .skipped && other.reason == .dependency)
  }

  @Test(
    arguments: [
      (["truncated": ["at_most": "0 rows"]], "\"truncated\" needs the type"),
      (["type": "date", "truncated": ["at_most": "0 rows"]], "a column of type date has no truncated values"),
      (["type": "integer", "spellings": "consistent"], "a column of type integer has no spellings"),
      (["spellings": "equal"], "is not one of consistent, any"),
      (["length_outliers": ["at_most": "1%", "inner": "100%"]], "above 0% and below 100%"),
      (["length_outliers": ["at_most": "1%", "factor": "0"]], "a factor is above 0"),
      (["length_outliers": ["factor": "4"]], "a limit is missing"),
      (["special_characters": ["at_most": "0.1"]], "tolerance"),
    ] as [(Tree, String)])
  func wrongRulesAreProblems(rule: Tree, words: String) {
    let problems = Gate.problems(["columns": ["a": rule]])
    #expect(problems.count == 1 && problems.first?.headline.contains(words) == true, "\(problems)")
  }
}
