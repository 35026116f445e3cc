import DataChecks
import TestSupport
import Testing
import Verdict

/// Numbers by the formulas of TensorFlow Data Validation (anomalies/metrics.cc), worked out by hand.
@Suite struct TFDVDriftCheckTests {
  private static func findings(
    _ now: String, _ before: String?, _ columns: Tree, _ further: (String, Tree)...
  ) async throws -> [Finding] {
    var tables = Neighbours(now, ("before", before))
    tables.baseline = "before"
    let rule: Tree = .mapping([("columns", columns)] + further)
    return try await tables.findings(["tfdv_drift": rule]).filter { $0.kind == "tfdv_drift" }
  }

  private static func texts(_ counts: [(String, Int)]) -> String {
    "a,n\n" + counts.map { String(repeating: "\($0.0),1\n", count: $0.1) }.joined()
  }

  private static func numbers(_ values: some Sequence<Int>) -> String {
    "a,n\n" + values.map { "x,\($0)\n" }.joined()
  }

  @Test(
    arguments: [
      ("infinity_norm", "infinity_norm 0.47619 at \"ZZ\""),
      ("normalized_abs_difference", "normalized_abs_difference 0.243902 at \"ZZ\""),
      ("jensen_shannon_divergence", "jensen_shannon_divergence 0.395409"),
    ])
  func categoriesByHand(name: String, words: String) async throws {
    let now = Self.texts([("AA", 600), ("B6", 60), ("ZZ", 600)])
    let before = Self.texts([("AA", 600), ("B6", 600)])
    func column(_ threshold: String) -> Tree {
      let comparator: Tree = ["threshold": .scalar(threshold)]
      return ["a": .mapping([(name, comparator)])]
    }
    let found = try await Self.findings(now, before, column("0.2"))
    #expect(found.map(\.outcome) == [.passed, .failed])
    #expect(found[1].message.hasPrefix(words + ","), "\(found[1].message)")
    let wide = try await Self.findings(now, before, column("0.5"))
    #expect(wide.map(\.outcome) == [.passed, .passed])
  }

  /// What equals the threshold passes, as there.
  @Test func theThresholdItselfPasses() async throws {
    let (now, before) = (Self.texts([("x", 10)]), Self.texts([("x", 5), ("y", 5)]))
    for (threshold, outcome) in [("0.5", Outcome.passed), ("0.4999", .failed)] {
      let found = try await Self.findings(now, before, ["a": ["infinity_norm": ["threshold": .scalar(threshold)]]])
      #expect(found[1].outcome == outcome)
    }
  }

  /// Both are uniform over 99, and 50 of that is of one alone.
  @Test(arguments: ["standard", "quantiles"]) func numbersByHand(source: String) async throws {
    let found = try await Self.findings(
      Self.numbers(51...150), Self.numbers(1...100),
      ["n": ["jensen_shannon_divergence": ["threshold": "0.3", "source": .scalar(source)]]])
    #expect(found[1].outcome == .failed)
    let value = try #require(found[1].evidence.observed?.value)
    #expect((value - 50.0 / 99).magnitude < (source == "standard" ? 1e-12 : 0.02), "\(value)")
  }

  @Test func onlyBothKindsAreCompared() async throws {
    let many = Self.numbers(0..<3000)
    let found = try await Self.findings(many, many, ["n": ["infinity_norm": ["threshold": "0.1"]]])
    #expect(found[1].outcome == .errored && found[1].evidence.notes[0].contains("jensen_shannon_divergence"))
    let few = Self.numbers((0..<300).map { $0 % 3 })
    let counted = try await Self.findings(few, few, ["n": ["infinity_norm": ["threshold": "0.1"]]])
    #expect(counted[1].outcome == .passed && counted[1].evidence.observed?.value == 0)
  }

  @Test func whatCannotBeComparedIsSaid() async throws {
    let divergence: Tree = ["n": ["jensen_shannon_divergence": ["threshold": "0.1"]]]
    let numbers = Self.numbers(0..<300)
    let kinds = try await Self.findings(numbers, "a,n\nx,one\nx,two\n", divergence)
    #expect(kinds[1].outcome == .failed && kinds[1].message == "the column holds numbers; in before it holds texts")
    let infinite = try await Self.findings("a,n\nx,inf\nx,NaN\n", numbers, divergence)
    #expect(infinite[1].message == "jensen_shannon_divergence is not defined: one side has no finite number")
    let absent = try await Self.findings(numbers, nil, divergence)
    #expect(absent[0].message.contains("does not answer"), "\(absent[0].message)")
  }

  @Test func severalComparatorsFailTogether() async throws {
    let (now, before) = (Self.texts([("x", 10)]), Self.texts([("x", 5), ("y", 5)]))
    let found = try await Self.findings(
      now, before,
      ["a": ["infinity_norm": ["threshold": "0.6"], "normalized_abs_difference": ["threshold": "0.1"]]])
    #expect(found[1].outcome == .failed && found[1].message.hasPrefix("normalized_abs_difference 0.25"))
    #expect(
      found[1].evidence.notes == ["infinity_norm 0.5 at \"y\", the threshold is 0.6"], "\(found[1].evidence.notes)")
  }

  @Test func theNumberOfRowsIsCompared() async throws {
    let (now, before) = (Self.texts([("x", 10)]), Self.texts([("x", 40)]))
    let column: Tree = ["a": ["infinity_norm": ["threshold": "1"]]]
    for (key, value, outcome) in [
      ("min_fraction_threshold", "0.25", Outcome.passed), ("min_fraction_threshold", "0.26", .failed),
      ("max_fraction_threshold", "0.25", .passed), ("max_fraction_threshold", "0.24", .failed),
    ] {
      let found = try await Self.findings(now, before, column, ("num_examples", .mapping([(key, .scalar(value))])))
      #expect(found.map(\.outcome) == [outcome, .passed], "\(key) \(value)")
    }
  }

  @Test func nothingToCompareIsNoPass() async throws {
    let column: Tree = ["a": ["infinity_norm": ["threshold": "1"]]]
    let some = Self.texts([("x", 10)])
    #expect(try await Self.findings("a,n\n", some, column).allSatisfy { $0.outcome == .errored })
    #expect(try await Self.findings(some, "a,n\n", column).allSatisfy { $0.outcome == .errored })
    #expect(try await Self.findings("a,n\n,1\n", some, column)[1].outcome == .errored)
    #expect(try await Self.findings(some, nil, column)[0].outcome == .errored)
    let absent = try await Self.findings(some, "b\n1\n", column)
    #expect(absent[0].outcome == .errored && absent[0].message.contains("no column \"a\""))
  }

  @Test func valuesOfSensitiveColumnsAreNotTold() async throws {
    var tables = Neighbours(Self.texts([("secret", 10)]), ("before", Self.texts([("x", 10)])))
    tables.baseline = "before"
    let rules: Tree = [
      "tfdv_drift": ["columns": ["a": ["infinity_norm": ["threshold": "0.1"]]]],
      "columns": ["a": ["sensitive": "true"]],
    ]
    let found = try await tables.findings(rules)
    #expect(found.contains { $0.outcome == .failed } && !"\(found)".contains("secret"))
  }

  private static let mistakes: [(Tree, String)] = [
    ([:], "columns"), (["columns": [:]], "no column"), (["columns": ["a": [:]]], "a comparator is missing"),
    (["columns": ["a": ["infinity_norm": [:]]]], "threshold"),
    (["columns": ["a": ["infinity_norm": ["threshold": "-1"]]]], "never below 0"),
    (["columns": ["a": ["infinity_norm": ["threshold": "1", "source": "quantiles"]]]], "source"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreSaid(rule: Tree, word: String) throws {
    let problems = try Neighbours("a\n", ("b", "a\n")).problems(["tfdv_drift": rule])
    #expect(problems.contains { ([$0.headline] + $0.help).contains { $0.contains(word) } }, "\(problems)")
  }
}
