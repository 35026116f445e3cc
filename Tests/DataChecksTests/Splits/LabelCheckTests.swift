import DataChecks
import Testing
import Verdict

@Suite struct LabelConflictsCheckTests {
  private static func finding(_ csv: String, _ further: (String, Tree)...) async throws -> Finding {
    try await Gate.finding("label_conflicts", ["label_conflicts": .mapping([("label", "y")] + further)], on: csv)
  }

  @Test func everyRowOfAConflictCounts() async throws {
    let finding = try await Self.finding("a,b,y\n1,x,0\n1,x,1\n1,x,0\n1,,1\n1,,1\n2,x,1\n2,x,\n,,1\n,,0\n")
    #expect(finding.outcome == .failed)
    #expect(finding.message == "3 of 6 rows have the features of a row with another y (50%)")
    #expect(finding.evidence.counts?.all == [9, 3, 6, 3])
    #expect(
      finding.evidence.samples.map(\.value) == [
        "a = \"1\", b = \"x\", y = \"0\", another one in line 3",
        "a = \"1\", b = \"x\", y = \"1\", another one in line 2",
        "a = \"1\", b = \"x\", y = \"0\", another one in line 3",
      ])
    #expect(
      finding.evidence.notes == ["rows with the features of an earlier one: 3, features with several labels: 1"])
  }

  @Test(
    arguments: [
      ([("ignore", Tree.sequence(["b"]))], Outcome.failed), ([("features", ["a"])], .failed),
      ([("features", "all")], .passed), ([("ignore", ["b"]), ("allow", "2 rows")], .passed),
      ([("ignore", ["b"]), ("where", "b = '1'")], .passed),
    ] as [([(String, Tree)], Outcome)])
  func whatIsAFeatureDecides(further: [(String, Tree)], outcome: Outcome) async throws {
    let rules: Tree = ["label_conflicts": .mapping([("label", "y")] + further)]
    let finding = try await Gate.finding("label_conflicts", rules, on: "a,b,y\nx,1,0\nx,2,1\n")
    #expect(finding.outcome == outcome, "\(finding.message)")
  }

  @Test(arguments: ["a,y\n", "a,y\n1,\n", "a,y\n,1\n", "y\n1\n"])
  func whereNothingCanBeToldNothingPasses(csv: String) async throws {
    let finding = try await Self.finding(csv)
    #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate, "\(finding.message)")
  }

  @Test func anAbsentLabelIsAMatterOfPresence() async throws {
    let finding = try await Self.finding("a,b\n1,2\n")
    #expect(finding.outcome == .skipped && finding.reason == .dependency)
  }

  @Test func theRulesAreChecked() {
    func problems(_ rule: Tree) -> [String] { Gate.problems(["label_conflicts": rule]).map(\.headline) }
    #expect(problems(["label": "y", "features": ["a", "y"]]) == ["the label is no feature of itself"])
    #expect(
      problems(["label": "y", "features": ["a"], "ignore": ["b"]])
        == ["features says which they are, and so there is nothing to ignore"])
    #expect(problems(["label": "y", "group_by": "a"]).count == 1)
  }

  @Test func sensitiveFeaturesAreHidden() async throws {
    let rules: Tree = ["label_conflicts": ["label": "y"], "columns": ["a": ["sensitive": "true"]]]
    let finding = try await Gate.finding("label_conflicts", rules, on: "a,y\n8675309,0\n8675309,1\n")
    #expect(finding.outcome == .failed && !"\(finding)".contains("8675309"))
  }
}

@Suite struct ClassBalanceCheckTests {
  private static func finding(_ csv: String, _ rule: (String, Tree)...) async throws -> Finding {
    try await Gate.finding("class_balance", ["class_balance": .mapping([("label", "y")] + rule)], on: csv)
  }

  private static func table(_ counts: [String: Int]) -> String {
    "y,z\n" + counts.sorted { $0.key < $1.key }.map { String(repeating: "\($0.key),1\n", count: $0.value) }.joined()
  }

  @Test(
    arguments: [
      ([("at_least", Tree.scalar("10%"))], Outcome.passed), ([("at_least", "10.1%")], .failed),
      ([("between", ["10%", "60%"])], .passed), ([("at_most", "59%")], .failed), ([("ratio", "0.16")], .passed),
      ([("ratio", "0.17")], .failed), ([("at_least", "5%"), ("ratio", "0.5")], .failed),
    ] as [([(String, Tree)], Outcome)])
  func everyClassHasItsShare(rule: [(String, Tree)], outcome: Outcome) async throws {
    let rules: Tree = ["class_balance": .mapping([("label", "y")] + rule)]
    let finding = try await Gate.finding(
      "class_balance", rules, on: Self.table(["a": 60, "b": 30, "c": 10]) + ",1\n,1\n")
    #expect(finding.outcome == outcome, "\(finding.message)")
    #expect(finding.evidence.counts?.all == [102, 2, 100, nil])
  }

  @Test func theClassIsNamed() async throws {
    let csv = Self.table(["a": 60, "b": 30, "c": 10])
    let finding = try await Self.finding(csv, ("at_least", "40%"))
    #expect(finding.message == "y = c has 10 rows (10%), the limit is at least 40%, and so it is with one more")
    let ratio = try await Self.finding(csv, ("ratio", "0.2"))
    #expect(
      ratio.message == "y = c has 10 rows (10%), y = a 60 rows (60%): a ratio of 0.167, the limit is at least 0.2")
    #expect(ratio.evidence.samples.map(\.key) == ["y = c", "y = b", "y = a"])
  }

  @Test func aSingleClassHasNoBalance() async throws {
    let finding = try await Self.finding("y,z\n1,1\n1,2\n,3\n", ("at_least", "1%"))
    #expect(finding.outcome == .errored && finding.reason == .undefined)
    let none = try await Self.finding("y,z\n,1\n", ("at_least", "1%"))
    #expect(none.outcome == .errored && none.reason == .nothingToEvaluate)
  }

  @Test func tooManyClassesAreALimit() async throws {
    let finding = try await Self.finding("y,z\n" + (0...5000).map { "\($0),1\n" }.joined(), ("at_least", "0%"))
    #expect(finding.outcome == .errored && finding.reason == .limit)
  }

  @Test(arguments: ["0", "1.5", "-1"])
  func aRatioLiesBelowOne(ratio: String) {
    #expect(Gate.problems(["class_balance": ["label": "y", "ratio": .scalar(ratio)]]).count == 1)
  }

  @Test func aLimitIsNeeded() {
    #expect(Gate.problems(["class_balance": ["label": "y"]]).map(\.headline) == ["a limit is missing"])
    #expect(Gate.problems(["class_balance": ["label": "y", "ratio": "0.1"]]).isEmpty)
  }

  @Test func sensitiveClassesAreHidden() async throws {
    let rules: Tree = ["class_balance": ["label": "y", "at_least": "40%"], "columns": ["y": ["sensitive": "true"]]]
    let finding = try await Gate.finding("class_balance", rules, on: Self.table(["secret": 60, "hidden1": 10]))
    #expect(finding.outcome == .failed && !"\(finding)".contains("secret") && !"\(finding)".contains("hidden1"))
  }
}

@Suite struct SplitSizeCheckTests {
  private static func table(_ rows: Int, _ value: String = "1") -> String {
    "a\n" + String(repeating: value + "\n", count: rows)
  }

  @Test(
    arguments: [
      (60, 20, 20, "at_least", "60%", Outcome.passed), (59, 21, 20, "at_least", "60%", .failed),
      (1, 1, 1, "at_most", "33.3%", .failed), (1, 1, 1, "at_most", "34%", .passed),
      (0, 1, 1, "at_most", "34%", .errored), (1, 0, 1, "at_least", "1%", .errored),
    ] as [(Int, Int, Int, String, String, Outcome)])
  func itsShareIsThatOfAllSplits(
    rows: Int, u: Int, v: Int, bound: String, limit: String, outcome: Outcome
  ) async throws {
    let tables = Neighbours(Self.table(rows), ("u", Self.table(u)), ("v", Self.table(v)))
    let rules: Tree = ["split_size": .mapping([("with", ["u", "v"]), (bound, .scalar(limit))])]
    let finding = try await tables.finding("split_size", rules)
    #expect(finding.outcome == outcome, "\(finding.message)")
  }

  /// A stratified split has the same share of every class.
  @Test func everyGroupHasItsShare() async throws {
    let rules: Tree = ["split_size": ["with": "u", "between": ["70%", "80%"], "group_by": "a"]]
    let there = ("u", Optional("a\nx\nx\ny\n"))
    let even = Neighbours("a\n" + String(repeating: "x\n", count: 6) + "y\ny\ny\n", there)
    #expect(try await even.finding("split_size", rules).outcome == .passed)
    let uneven = Neighbours("a\n" + String(repeating: "x\n", count: 6) + "y\n", there)
    let finding = try await uneven.finding("split_size", rules)
    #expect(finding.outcome == .failed && finding.message.contains("a = y"), "\(finding.message)")
    // A class that only the other split has is one of which this split has nothing.
    let gone = Neighbours("a\n" + String(repeating: "x\n", count: 6), there)
    #expect(try await gone.finding("split_size", rules).outcome == .failed)
  }
}

@Suite struct NewLabelsCheckTests {
  private static let rules: Tree = ["new_labels": ["label": "y", "with": "u"]]

  @Test func labelsThatTheOtherLacksAreListed() async throws {
    let finding = try await Neighbours("y,z\na,1\nb,2\n,3\nb,4\n", ("u", "y\na\nc\n")).finding("new_labels", Self.rules)
    #expect(finding.outcome == .failed)
    #expect(finding.message == "2 of 3 rows have a label that is not in u (66.7%)")
    #expect(finding.evidence.samples.map(\.value) == ["y = \"b\"", "y = \"b\""])
    #expect(try await Neighbours("y\na\n", ("u", "y\na\nc\n")).finding("new_labels", Self.rules).outcome == .passed)
  }

  @Test(arguments: [("y,z\n,1\n", "y\na\n"), ("y\na\n", "y,z\n,1\n"), ("y\na\n", "y\n"), ("y\n", "y\na\n")])
  func whereNothingCanBeToldNothingPasses(here: String, there: String) async throws {
    let finding = try await Neighbours(here, ("u", there)).finding("new_labels", Self.rules)
    #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate, "\(finding.message)")
  }
}
