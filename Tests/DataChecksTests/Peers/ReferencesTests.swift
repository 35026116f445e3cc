import DataChecks
import TestSupport
import Testing
import Verdict

@Suite struct ReferencesTests {
  private static let rules: Tree = ["columns": ["a": ["references": "u.code"]]]

  @Test func valuesOfTheOtherTablePass() async throws {
    let finding = try await Neighbours("a\nx\ny\n\nx\n", ("u", "code\ny\nx\nz\n")).finding("a.references", Self.rules)
    #expect(finding.outcome == .passed)
    #expect(finding.evidence.counts?.all == [4, 1, 3, 0])
    #expect(finding.evidence.notes == ["looked up in 3 rows of u.csv"])
  }

  @Test func theOthersFailWithTheirPlaces() async throws {
    let here = "b,a\n1,x\n2,q\n3,\n4,X\n"
    let finding = try await Neighbours(here, ("u", "code\nx\n")).finding("a.references", Self.rules)
    #expect(finding.outcome == .failed)
    #expect(finding.message == "2 of 3 values are not in u.code (66.7%)")
    #expect(finding.evidence.counts?.all == [4, 1, 3, 2])
    #expect(finding.evidence.samples.map(\.line) == [3, 5])
    #expect(finding.evidence.samples.map(\.value) == ["\"q\"", "\"X\""])
    #expect(finding.evidence.limit == .text("in u.code"))
    #expect(finding.location?.lineText == "references: u.code")
  }

  /// A code that means no value in the other table is none of its values.
  @Test func codesOfTheOtherTableAreNoValues() async throws {
    let codes: [String: Tree] = ["u": ["columns": ["code": ["missing_values": ["-999"]]]]]
    for (rules, outcome) in [([:], Outcome.passed), (codes, .failed)] as [([String: Tree], Outcome)] {
      let tables = Neighbours("a\nx\n-999\n", ("u", "code\nx\n-999\n"), rules: rules)
      #expect(try await tables.finding("a.references", Self.rules).outcome == outcome)
    }
  }

  @Test(arguments: [("1 row", Outcome.passed), ("50%", .passed), ("49%", .failed), ("0 rows", .failed)])
  func someMayBeLacking(allow: String, outcome: Outcome) async throws {
    let rules: Tree = ["columns": ["a": ["references": "u.code", "allow": .scalar(allow)]]]
    #expect(try await Neighbours("a\nx\nq\n", ("u", "code\nx\n")).finding("a.references", rules).outcome == outcome)
  }

  @Test func onlyTheRowsThatAConditionSelects() async throws {
    let rules: Tree = [
      "columns": ["a": ["checks": [["references": "u.code", "where": "b = 'yes'"]]], "b": [:]]
    ]
    let there = ("u", Optional("code\nx\n"))
    let finding = try await Neighbours("a,b\nx,yes\nq,no\nr,\n", there).finding("a.references", rules)
    #expect(finding.outcome == .passed)
    #expect(finding.evidence.counts?.all == [1, 0, 1, 0])
    #expect(try await Neighbours("a,b\nq,yes\n", there).finding("a.references", rules).outcome == .failed)
    let none = try await Neighbours("a,b\nx,no\n", there).finding("a.references", rules)
    #expect(none.outcome == .errored && none.reason == .nothingToEvaluate)
  }

  @Test(
    arguments: [
      ("a,b\n,1\n,2\n", Optional("code\nx\n"), "none of the 2 rows"), ("a\n", "code\nx\n", "no rows"),
      ("a\nx\n", "code\n", "the dataset \"u\" has no rows"),
      ("a\nx\n", "code,b\n,1\n", "the dataset \"u\" has no row with a value in code"),
      ("a\nx\n", "kode\nx\n", "u.csv has no column \"code\""), ("a\nx\n", nil, "u.csv does not exist"),
      ("a\nx\n", "code,b\nx,1\n\"", "the quote that opens"),
    ] as [(String, String?, String)])
  func whereNothingCanBeToldNothingPasses(here: String, there: String?, words: String) async throws {
    let finding = try await Neighbours(here, ("u", there)).finding("a.references", Self.rules)
    #expect(finding.outcome == .errored, "\(finding.message)")
    #expect(finding.message.contains(words), "\(finding.message)")
    let isEmpty = words.contains("has no row") || words.contains("none of") || words.contains("no rows")
    #expect(finding.reason == (isEmpty ? .nothingToEvaluate : .io))
  }

  /// What is wrong with one dataset is told of the checks that look at it, and of no other.
  @Test func otherChecksAreNotConcerned() async throws {
    let rules: Tree = ["columns": ["a": ["references": "u.code", "unique": "true"], "b": ["references": "v.code"]]]
    let findings = try await Neighbours("a,b\n1,2\n", ("u", nil), ("v", "code\n2\n")).findings(rules)
    #expect(findings.filter { $0.outcome == .errored }.map(\.id.description) == ["data.t.a.references"])
    #expect(findings.count { $0.outcome == .passed } == 5)
  }

  @Test func aColumnThatIsAbsentHereIsSkipped() async throws {
    let finding = try await Neighbours("b\n1\n", ("u", "code\nx\n")).finding("a.references", Self.rules)
    #expect(finding.outcome == .skipped && finding.reason == .dependency)
  }

  @Test func aTableMayReferToItself() async throws {
    let rules: Tree = ["columns": ["boss": ["references": "t.id"]]]
    let good = try await Neighbours("id,boss\n1,\n2,1\n3,2\n").finding("boss.references", rules)
    #expect(good.outcome == .passed)
    let bad = try await Neighbours("id,boss\n1,4\n2,1\n").finding("boss.references", rules)
    #expect(bad.outcome == .failed && bad.evidence.samples.map(\.line) == [2])
  }

  @Test func recordsThatAreNoRowsAreTold() async throws {
    let finding = try await Neighbours("a\nx\n", ("u", "code,b\nx,1\ny\n")).finding("a.references", Self.rules)
    #expect(finding.outcome == .passed)
    #expect(finding.evidence.notes.contains("records of u.csv that are no rows: 1"))
  }

  @Test(arguments: [true, false])
  func sensitiveValuesOfEitherSideAreHidden(here: Bool) async throws {
    let own: Tree = ["columns": ["a": ["references": "u.code", "sensitive": here ? "true" : "false"]]]
    let other: Tree = ["columns": ["code": ["sensitive": here ? "false" : "true"]]]
    let findings = try await Neighbours("a\n8675309\n", ("u", "code\n5551212\n"), rules: ["u": other]).findings(own)
    #expect(findings.contains { $0.outcome == .failed })
    #expect(!"\(findings)".contains("8675309") && !"\(findings)".contains("5551212"))
  }

  @Test(
    arguments: [
      ("u.code", "u", "code"), ("u.a.b", "u", "a.b"), ("\"u.x\".code", "u.x", "code"),
      ("u.\"code\"", "u", "code"), ("\"u\".\"a.b\"", "u", "a.b"),
    ] as [(String, String, String)])
  func aReferenceIsADatasetAndAColumn(text: String, dataset: String, column: String) async throws {
    let rules: Tree = ["columns": ["a": ["references": .quoted(text)]]]
    let long: Tree = ["columns": ["a": ["references": ["dataset": .scalar(dataset), "column": .scalar(column)]]]]
    let tables = Neighbours("a\nx\n", (dataset, "\(column)\nx\n"))
    for tree in [rules, long] {
      #expect(try await tables.finding("a.references", tree).outcome == .passed)
    }
  }

  @Test(arguments: ["code", "u.", ".code", "", "\"u.code", "u.\"code", "\"\".code"])
  func whatIsNoReferenceIsAProblem(text: String) throws {
    let rules: Tree = ["columns": ["a": ["references": .quoted(text)]]]
    let problems = try Neighbours("a\n", ("u", "code\n")).problems(rules)
    #expect(problems.map(\.headline) == ["expected a dataset and its column such as airports.code, found \"\(text)\""])
  }

  @Test func anUnknownDatasetIsAProblem() throws {
    let rules: Tree = [
      "columns": ["a": ["references": "airprots.code"]], "foreign_keys": [["columns": ["a"], "dataset": "weather"]],
    ]
    let problems = try Neighbours("a\n", ("airports", "code\n")).problems(rules)
    #expect(
      problems.map(\.headline) == [
        "the config names no dataset \"weather\"", "the config names no dataset \"airprots\"",
      ])
    #expect(problems.map(\.label) == [nil, "did you mean \"airports\"?"])
    #expect(problems[0].help == ["it names t, airports"])
    #expect(problems.allSatisfy { $0.location != nil })
  }

  @Test func withoutAConfigThereIsNoOtherDataset() {
    let problems = Gate.problems(Self.rules)
    #expect(
      problems.map(\.headline) == [
        "\"references\" looks at another dataset, and there is no config that names it"
      ])
    #expect(problems.first?.help.isEmpty == false)
  }

  @Test func standardInputIsReadOnce() throws {
    let rules: Tree = ["columns": ["a": ["references": "stdin.code"]]]
    let problems = try Neighbours("a\n", ("stdin", nil)).problems(rules)
    #expect(problems.map(\.headline) == ["\"stdin\" is standard input, which is read once: for its own checks"])
  }

  /// However little memory there is and however many threads, the findings are the same.
  @Test func theMemoryAndTheThreadsDoNotMatter() async throws {
    var generator = SeededGenerator(seed: 31)
    let here = "a,b\n" + (0..<9000).map { "key \(Int.random(in: 0..<9000, using: &generator)),\($0)\n" }.joined()
    let there = "code,n\n" + (0..<9000).map { "key \(Int.random(in: 0..<9000, using: &generator)),\($0)\n" }.joined()
    let rules: Tree = [
      "columns": ["a": ["references": "u.code"]],
      "foreign_keys": [["columns": ["a", "b"], "dataset": "u", "to": ["code", "n"]]],
    ]
    var tables = Neighbours(here, ("u", there))
    let expected = try await tables.findings(rules)
    #expect(expected.count { $0.outcome == .failed } == 2)
    for (memory, threads) in [(1, 1), (1, 4), (256 << 20, 4)] {
      (tables.memory, tables.threads) = (memory, threads)
      #expect(try await tables.findings(rules) == expected)
    }
  }
}
