import Scan
import TestSupport
import Testing
import Verdict

@testable import DataChecks

/// What a person is told of two samples whose difference is known.
@Suite struct DriftCheckTests {
  /// A table of rows with a category, a whole number that repeats, and a number that does not.
  private static func table(
    _ rows: Int, from first: Int = 0, shift: Double = 0, nulls: Int = 0, categories: [String] = ["a", "b", "c", "d"]
  ) -> String {
    var random = SplitMix(UInt64(first) &+ 7)
    var text = "kind,size,amount\n"
    for row in 0..<rows {
      let kind = categories[Int(random.next() % UInt64(categories.count))]
      let size = random.next() % 10
      // The sum of twelve uniform numbers is nearly normal.
      let normal = (0..<12).reduce(-6.0) { sum, _ in sum + Double(random.next() >> 11) / Double(1 << 53) }
      text += "\(kind),\(size),\(row < nulls ? "" : "\(normal + shift)")\n"
    }
    return text
  }

  private struct SplitMix {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private func outcomes(
    _ now: String, _ before: String?, _ rule: Tree = "all", threads: Int = 1
  ) async throws -> [String: Outcome] {
    let findings = try await findings(now, before, rule, threads: threads)
    return Dictionary(uniqueKeysWithValues: findings.map { ($0.id.column ?? "", $0.outcome) })
  }

  private func findings(
    _ now: String, _ before: String?, _ rule: Tree = "all", threads: Int = 1
  ) async throws -> [Finding] {
    var tables = Neighbours(now, ("before", before))
    tables.baseline = "before"
    tables.threads = threads
    return try await tables.findings(["drift": rule]).filter { $0.kind == "drift" }
  }

  /// What is claimed of all columns at once is one claim, which blocks where it cannot be told.
  @Test func aShareOfColumnsThatCannotBeToldBlocks() async throws {
    let rule: Tree = ["columns": "all", "share": ["at_most": "40%"]]
    let found = try await findings(Self.table(60, from: 33, shift: 5), Self.table(60, from: 34), rule)
    #expect(found[0].outcome == .inconclusive && found[0].severity == .block, "\(found.map(\.message))")
    let lenient = try await findings(
      Self.table(60, from: 33, shift: 5), Self.table(60, from: 34),
      ["columns": "all", "share": ["at_most": "40%"], "when_inconclusive": "warn"])
    #expect(lenient[0].outcome == .inconclusive && lenient[0].severity == .warn)
  }

  @Test func samplesOfOnePopulationPass() async throws {
    let found = try await outcomes(Self.table(2000, from: 1), Self.table(2000, from: 2))
    #expect(found == ["": .passed, "kind": .passed, "size": .passed, "amount": .passed])
  }

  @Test func aTableHasNotDriftedFromItself() async throws {
    let table = Self.table(1500, from: 3)
    let found = try await findings(table, table)
    #expect(found.allSatisfy { $0.outcome == .passed }, "\(found.map(\.message))")
    #expect(found.dropFirst().allSatisfy { $0.evidence.observed?.value == 0 })
  }

  @Test func aShiftFailsInItsColumnAlone() async throws {
    let found = try await findings(Self.table(2000, from: 4, shift: 0.6), Self.table(2000, from: 5))
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .failed])
    let amount = found[3]
    #expect(amount.message.contains("Jensen-Shannon distance") && amount.message.contains("at most 0.1"))
    let interval = try #require(amount.evidence.interval)
    #expect(interval.lower > 0.1 && interval.level == 0.95)
    #expect(found[0].message.contains("1 of 3 columns drifted against before: \"amount\""))
  }

  @Test func aHandfulOfRowsIsNoVerdict() async throws {
    let found = try await findings(Self.table(12, from: 6), Self.table(2000, from: 7))
    #expect(found.dropFirst().allSatisfy { $0.outcome == .inconclusive && $0.severity == .warn })
    // Where nothing at all could be told, the whole is no pass.
    #expect(found[0].outcome == .inconclusive && found[0].severity == .block, "\(found[0].message)")
    let lenient = try await findings(
      Self.table(12, from: 6), Self.table(2000, from: 7), ["columns": "all", "when_inconclusive": "warn"])
    #expect(lenient.allSatisfy { $0.outcome == .inconclusive && $0.severity == .warn })
    let blocking = try await findings(
      Self.table(12, from: 6), Self.table(2000, from: 7), ["columns": "all", "when_inconclusive": "block"])
    #expect(blocking.dropFirst().allSatisfy { $0.outcome == .inconclusive && $0.severity == .block })
  }

  @Test func missingValuesAreAMassOfTheirOwn() async throws {
    let found = try await findings(Self.table(2000, from: 8, nulls: 500), Self.table(2000, from: 9))
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .failed])
    #expect(found[3].message.contains("share of missing values 25%"), "\(found[3].message)")
    let tolerant: Tree = ["columns": "all", "nulls": ["at_most": "40%"]]
    #expect(
      try await outcomes(Self.table(2000, from: 8, nulls: 500), Self.table(2000, from: 9), tolerant)["amount"]
        == .passed)
  }

  @Test func newValuesAreNamed() async throws {
    let now = Self.table(2000, from: 10, categories: ["a", "b", "c", "d", "e"])
    let rule: Tree = ["columns": "kind", "distance": ["at_most": "0.99"]]
    let found = try await findings(now, Self.table(2000, from: 11), rule)
    #expect(found.map(\.outcome) == [.passed, .failed])
    #expect(found[1].message.contains("new values"), "\(found[1].message)")
    #expect(found[1].evidence.notes.contains { $0.hasPrefix("new values: e ") }, "\(found[1].evidence.notes)")
  }

  /// Cells of pooled quantiles alone put a few absurd values beside the greatest good ones.
  @Test func valuesFarOutAreSeen() async throws {
    let before = Self.table(2000, from: 12)
    let rows = before.split(separator: "\n")
    let now = rows.enumerated().map { $0 > 0 && $0 % 8 == 0 ? "a,1,1e9" : String($1) }.joined(separator: "\n")
    let rule: Tree = ["columns": "amount", "distance": ["at_most": "0.5"], "unseen": ["at_most": "5%"]]
    let found = try await findings(now + "\n", before, rule)
    #expect(found[1].outcome == .failed && found[1].message.contains("outside the range"), "\(found[1].message)")
  }

  @Test(arguments: ["total_variation", "psi", "ks", "hellinger", "wasserstein", "l_infinity", "jensen_shannon"])
  func everyMethodSeesAShiftAndNoneWithoutOne(method: String) async throws {
    // A sketch of 3,000 values tells Wasserstein's distance less well than counts do.
    let limit: Tree = .scalar(method == "wasserstein" ? "0.2" : method == "psi" ? "0.2" : "0.1")
    let rule: Tree = ["columns": "amount", "method": .scalar(method), "distance": ["at_most": limit]]
    let (before, same) = (Self.table(3000, from: 13), Self.table(3000, from: 14))
    #expect(try await outcomes(same, before, rule)["amount"] == .passed)
    #expect(try await outcomes(Self.table(3000, from: 15, shift: 1.5), before, rule)["amount"] == .failed)
  }

  @Test func whatIsNoDistributionIsLeftOut() async throws {
    let rows = (0..<1500).map { "\($0),2026-01-01T00:00:\(10 + $0 % 50)Z,name\($0),\($0 % 7)\n" }.joined()
    let table = "id,at,name,size\n" + rows
    let found = try await findings(table, table)
    #expect(found.map(\.outcome) == [.passed, .skipped, .skipped, .skipped, .passed])
    #expect(found[1...3].allSatisfy { $0.message.contains("left out") && $0.reason == .requested })
    #expect(found[0].evidence.notes.contains { $0.contains("left out: \"id\", \"at\", \"name\"") })
  }

  @Test func columnsThatCameAndWent() async throws {
    let found = try await findings("a,b\n1,2\n", "a,c\n1,2\n")
    #expect(found.map { $0.id.column ?? "" } == ["", "a", "c"])
    #expect(found[2].outcome == .skipped && found[2].message.contains("data.t.c.present"))
    #expect(found[0].evidence.notes.contains("not here: \"c\""))
    #expect(found[0].message.contains("; not in before, and not compared: \"b\""), "\(found[0].message)")
    let chosen = try await findings("a,b\n1,2\n", "a,c\n1,2\n", ["columns": "b"])
    #expect(chosen[1].outcome == .errored && chosen[1].reason == .baseline)
  }

  /// That a column is gone is one failure, whatever compares it.
  @Test func aLostColumnFailsPresenceOnce() async throws {
    var tables = Neighbours("a,b\n1,2\n3,5\n", ("before", "a,b,colour\n1,2,red\n3,4,blue\n"))
    tables.baseline = "before"
    let rules: [(String, Tree)] = [
      ("drift", "all"), ("correlation_change", "all"), ("multivariate_drift", [:]), ("reconstruction_drift", [:]),
    ]
    let optional: (String, Tree) = ("columns", ["colour": ["optional": "true"]])
    for chosen in [rules] + rules.map({ [$0] }) {
      let failed = try await tables.findings(.mapping(chosen)).filter { $0.outcome == .failed }
      #expect(failed.map(\.id.description) == ["data.t.colour.present"], "\(failed.map(\.message))")
      #expect(failed.first?.message == "the table has no column \"colour\"")
      let without = try await tables.findings(.mapping(chosen + [optional]))
      #expect(!without.contains { $0.outcome == .failed }, "\(without.map(\.message))")
    }
  }

  @Test func aNamedColumnThatIsGoneFailsPresence() async throws {
    let lines = Self.table(2000, from: 31).split(separator: "\n").enumerated()
    let before = lines.map { "\($1),\($0 == 0 ? "colour" : "red")\n" }.joined()
    var tables = Neighbours(Self.table(2000, from: 30), ("before", before))
    tables.baseline = "before"
    let found = try await tables.findings(["drift": ["columns": ["kind", "colour"]]])
    #expect(found.filter { $0.outcome == .failed }.map(\.id.description) == ["data.t.colour.present"])
    let drift = found.filter { $0.kind == "drift" }
    #expect(drift.map(\.outcome) == [.passed, .passed, .skipped], "\(drift.map(\.message))")
  }

  @Test func misspeltNamesAreSaid() async throws {
    var tables = Neighbours(Self.table(300, from: 32), ("before", Self.table(300, from: 33)))
    tables.baseline = "before"
    let found = try await tables.findings(["drift": ["columns": "all", "except": "amuont"]])
    let failed = found.filter { $0.kind == "present" && $0.outcome == .failed }
    #expect(failed.map(\.id.column) == ["amuont"] && failed[0].message.contains("did you mean \"amount\"?"))
    let mistakes: [(Tree, String)] = [
      (["columns": "all", "overrides": ["amuont": ["method": "ks"]]], "\"amuont\" is not compared"),
      (["columns": ["kind", "size"], "overrides": ["amount": ["method": "ks"]]], "\"amount\" is not compared"),
      (["columns": ["kind", "size"], "except": "amount"], "\"amount\" is not among the columns"),
      (["columns": "kind", "except": "kind"], "no column is left"),
      (["columns": "all", "except": ["kind", "size", "amount"]], "no column is left"),
    ]
    for (rule, words) in mistakes {
      let problems = try tables.writtenProblems(["drift": rule])
      #expect(problems.contains { $0.headline.contains(words) }, "\(words): \(problems)")
    }
    let multivariate = try tables.writtenProblems(["multivariate_drift": ["except": ["kind", "size", "amount"]]])
    #expect(multivariate.contains { $0.headline.contains("no column is left") })
  }

  @Test func nothingIsComparedWithItself() throws {
    let kinds: [(String, Tree)] = [
      ("drift", "all"), ("correlation_change", "all"), ("multivariate_drift", [:]), ("label_drift", "a"),
      ("serving_skew", ["against": "t", "on": "a"]), ("same_rows_as", ["dataset": "t", "key": "a"]),
    ]
    for (kind, rule) in kinds {
      var tables = Neighbours("a,b\n1,2\n", ("before", "a,b\n1,2\n"))
      tables.baseline = "t"
      let problems = try tables.writtenProblems(.mapping([(kind, rule)]))
      #expect(problems.map(\.headline) == ["\"t\" is compared with itself"], "\(kind) \(problems)")
    }
  }

  // MARK: - What names rows

  /// Of many possible values few rows have nearly all different ones, and more rows have not: that is no change.
  @Test(arguments: 0..<4) func fewRowsOfManyValuesHaveNotBecomeNames(seed: UInt64) async throws {
    var random = SplitMix(100 + seed)
    let tables = [20_000, 5_000].map { rows in
      "second\n" + (0..<rows).map { _ in "\(random.next() % 86_400)\n" }.joined()
    }
    for (now, before) in [(tables[1], tables[0]), (tables[0], tables[1])] {
      let found = try await findings(now, before)
      // On the other side of the threshold both may be identifiers, which are left out.
      #expect(found[1].outcome != .failed, "\(found.map(\.message))")
    }
  }

  /// Categories that became texts of which each comes once, and the other way round.
  @Test func categoriesThatBecameNamesOfRowsFail() async throws {
    let kinds = "kind\n" + (0..<1500).map { "k\($0 * 7919 % 4)\n" }.joined()
    let names = "kind\n" + (0..<1500).map { "u\(10_000 + $0 * 13)\n" }.joined()
    for (now, before) in [(names, kinds), (kinds, names)] {
      let found = try await findings(now, before)
      #expect(found.map(\.outcome) == [.passed, .failed], "\(found.map(\.message))")
      #expect(found[1].message.contains("names of rows, 1,"), "\(found[1].message)")
      #expect(found[1].message.contains("4 different values in 1,500 rows"))
    }
    #expect(try await findings(names, names)[1].outcome == .skipped)
    // Numbers, too.
    let sizes = "size\n" + (0..<1500).map { "\($0 * 7919 % 9)\n" }.joined()
    let ids = "size\n" + (0..<1500).map { "\($0)\n" }.joined()
    #expect(try await findings(ids, sizes)[1].outcome == .failed)
    #expect(try await findings(sizes, ids)[1].outcome == .failed)
  }

  /// A measured number of which nearly every value is another one is compared: it has a shape, which names do not have.
  @Test func numbersThatAreNearlyAllDifferentAreNoNames() async throws {
    var random = SplitMix(31)
    func durations(_ scale: Double) -> String {
      "duration_us\n"
        + (0..<3000).map { _ in
          // The product of uniform numbers is skewed to the right.
          let product = (0..<6).reduce(1.0) { sum, _ in sum * (1 + 3 * Double(random.next() >> 11) / Double(1 << 53)) }
          return "\(Int(scale * 1000 * product))\n"
        }.joined()
    }
    let before = durations(1)
    #expect(try await findings(durations(1), before).map(\.outcome) == [.passed, .passed])
    let tenfold = try await findings(durations(10), before)
    #expect(tenfold[1].outcome == .failed, "\(tenfold.map(\.message))")
    // What was measured and has become names is no longer what it was.
    let ids = "duration_us\n" + (0..<3000).map { "\($0)\n" }.joined()
    #expect(try await findings(ids, before)[1].outcome == .failed)
  }

  /// Names of rows: one after the other, and a part of them.
  @Test(arguments: [(1, 0), (997, 0), (7919, 600_000_000)])
  func namesOfRowsAreLeftOut(step: Int, first: Int) async throws {
    var random = SplitMix(32)
    func table(_ rows: Int, from first: Int) -> String {
      let ids = (0..<rows).map { row in first + row * step + Int(random.next() % UInt64(step)) }
      return "id,kind\n" + ids.map { "\($0),\($0 % 3)\n" }.joined()
    }
    let before = table(2000, from: first)
    for rows in [2000, 1] {
      let found = try await findings(table(rows, from: first + 3000 * step), before)
      #expect(found[1].outcome == .skipped, "\(found.map(\.message))")
      #expect(found[1].message == "left out of columns: all: an identifier")
    }
  }

  /// Few rows of many names are nearly all different, and that is no change.
  @Test func fewRowsOfManyCategoriesAreNoNames() async throws {
    var random = SplitMix(77)
    func names(_ rows: Int) -> String {
      "name\n" + (0..<rows).map { _ in "n\(random.next() % 4000)\n" }.joined()
    }
    for (now, before) in [(names(200), names(30_000)), (names(30_000), names(200))] {
      let found = try await findings(now, before)
      #expect(found[1].outcome != .failed && found[1].outcome != .passed, "\(found.map(\.message))")
    }
  }

  @Test func otherKindsOfValuesFail() async throws {
    let found = try await findings("a,b\nx,1\ny,2\n", "a,b\n1,1\n2,2\n")
    #expect(found[1].outcome == .failed && found[1].message.contains("holds texts; in before it holds numbers"))
  }

  @Test func aBaselineThatIsNotThereIsAnError() async throws {
    let found = try await findings("a,b\n1,2\n", nil)
    #expect(found.map(\.outcome) == [.errored])
    let empty = try await findings("a,b\n1,2\n", "a,b\n")
    #expect(empty.allSatisfy { $0.outcome == .errored && $0.reason == .nothingToEvaluate }, "\(empty.map(\.message))")
    var alone = Neighbours("a,b\n1,2\n", ("before", "a,b\n"))
    alone.baseline = nil
    let without = try await alone.findings(["drift": "all"]).filter { $0.kind == "drift" }
    #expect(without.map(\.outcome) == [.errored] && without[0].reason == .baseline)
    let accepted = try await alone.findings(["drift": ["columns": "all", "when_missing": "accept"]])
    #expect(accepted.first { $0.kind == "drift" }?.outcome == .skipped)
  }

  @Test func aShareIsAClaimAboutAllColumns() async throws {
    let (now, before) = (Self.table(2000, from: 16, shift: 1), Self.table(2000, from: 17))
    let half = try await findings(now, before, ["columns": "all", "share": ["at_most": "50%"]])
    #expect(half[0].outcome == .passed && half[3].outcome == .failed && half[3].severity == .warn)
    let tenth = try await findings(now, before, ["columns": "all", "share": ["at_most": "10%"]])
    #expect(tenth[0].outcome == .failed && tenth[0].message.contains("at most 10%"))
  }

  @Test func overridesSpeakOfTheirColumn() async throws {
    let (now, before) = (Self.table(2000, from: 18, shift: 0.6), Self.table(2000, from: 19))
    let rule: Tree = ["columns": "all", "overrides": ["amount": ["distance": ["at_most": "0.9"]]]]
    #expect(try await outcomes(now, before, rule)["amount"] == .passed)
    let ks: Tree = ["columns": "all", "overrides": ["amount": ["method": "ks"]]]
    let found = try await findings(now, before, ks)
    #expect(found[3].message.hasPrefix("Kolmogorov-Smirnov") && found[1].message.hasPrefix("Jensen-Shannon"))
  }

  @Test func nothingDependsOnThreads() async throws {
    let (now, before) = (Self.table(3000, from: 20, shift: 0.1), Self.table(3000, from: 21))
    #expect(try await findings(now, before, threads: 1) == findings(now, before, threads: 3))
  }

  @Test func valuesOfSensitiveColumnsAreNotTold() async throws {
    var tables = Neighbours(
      Self.table(2000, from: 22, categories: ["secret", "x"]), ("before", Self.table(2000, from: 23)))
    tables.baseline = "before"
    let rules: Tree = ["drift": "all", "columns": ["kind": ["sensitive": "true"]]]
    let found = try await tables.findings(rules).filter { $0.id.column == "kind" && $0.kind == "drift" }
    #expect(found.map(\.outcome) == [.failed])
    #expect(!"\(found)".contains("secret"))
  }

  private static let mistakes: [(Tree, String)] = [
    (["columns": "all", "distance": ["at_most": "-1"]], "never below 0"),
    (["columns": "all", "distance": ["at_least": "1"]], "at_least"),
    (["columns": "all", "confidence": "120%"], "confidence"), (["columns": "all", "method": "js"], "js"),
    (["columns": "all", "nulls": ["at_most": "3"]], "share"),
    (["columns": "all", "distance": ["at_most": "2"]], "no Jensen-Shannon distance is above 1"),
    (["columns": "all", "method": "ks", "distance": ["at_most": "1"]], "no Kolmogorov-Smirnov distance is above 1"),
    (
      ["columns": "all", "distance": ["at_most": "0.2"], "overrides": ["a": ["distance": ["at_most": "1.5"]]]],
      "above 1"
    ),
  ]

  @Test(arguments: mistakes)
  func mistakesAreSaid(rule: Tree, word: String) throws {
    let problems = try Neighbours("a\n", ("b", "a\n")).problems(["drift": rule])
    #expect(problems.contains { "\($0)".contains(word) }, "\(problems)")
  }
}
