import DataChecks
import FoundationEssentials
import Language
import Scan
import TestSupport
import Testing
import Verdict

/// Checks that a sketch answers: what it decides is true, and what it does not decide a second pass does.
@Suite struct EstimateCheckTests {
  /// Many limits on one column as further checks, and whether each is really kept.
  private struct Sweep {
    var checks: [(id: String, rule: (String, Tree), isKept: Bool)] = []

    mutating func add(_ kind: String, _ rule: [(String, Tree)], isKept: Bool) {
      checks.append(("c\(checks.count)", (kind, .mapping(rule)), isKept))
    }

    func tree(exact: String) -> Tree {
      let entries = checks.map { check -> Tree in
        guard case .mapping(let rule) = check.rule.1 else { return check.rule.1 }
        return .mapping([(check.rule.0, .mapping(rule + [("exact", .scalar(exact))])), ("id", .scalar(check.id))])
      }
      return ["columns": ["a": ["checks": .sequence(entries)]]]
    }

    /// With auto every verdict is the true one; with never it is that or inconclusive. Returns how many are the latter.
    func expectTruth(of csv: String) async throws -> Int {
      let auto = try await findings("auto", csv)
      let never = try await findings("never", csv)
      for check in checks {
        let outcome: Outcome = check.isKept ? .passed : .failed
        let found = try #require(auto[check.id])
        #expect(found.outcome == outcome, "\(check.rule): \(found.message)")
        let guarded = try #require(never[check.id])
        #expect([outcome, .inconclusive].contains(guarded.outcome), "\(check.rule): \(guarded.message)")
        // What the sketch decides does not depend on what else could have.
        if guarded.outcome != .inconclusive { #expect(guarded == found) }
      }
      return never.values.count { $0.outcome == .inconclusive }
    }

    private func findings(_ exact: String, _ csv: String) async throws -> [String: Finding] {
      let all = try await Gate.findings(tree(exact: exact), on: csv)
      return Dictionary(uniqueKeysWithValues: all.map { ($0.id.check, $0) })
    }
  }

  private static func finding(_ kind: String, _ rule: Tree, _ csv: String, column: [(String, Tree)] = []) async throws
    -> Finding
  {
    let columns: Tree = ["columns": ["a": .mapping(column + [(kind, rule)])]]
    return try await Gate.finding("a." + kind, columns, on: csv)
  }

  // MARK: - distinct

  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  @Test(arguments: [1, 7, 900, 4096, 4097, 9000, 40_000], [1, 2] as [UInt64])
  func distinctIsTrueWhereverTheLimitIs(count: Int, seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    var values = (0..<count).map { "v\(seed)-\($0)" }
    values += (0..<count / 2 + 3).map { _ in values.randomElement(using: &generator) ?? "" }
    var sweep = Sweep()
    for offset in [-0.2, -0.05, -0.03, -0.01, -0.001, 0.0, 0.001, 0.01, 0.03, 0.05, 0.2] {
      let limit = max(0, Int(Double(count) * (1 + offset)) + (offset < 0 ? -1 : offset > 0 ? 1 : 0))
      let text = Tree.scalar("\(limit)")
      sweep.add("distinct", [("at_least", text)], isKept: count >= limit)
      sweep.add("distinct", [("at_most", text)], isKept: count <= limit)
      sweep.add("distinct", [("equals", text)], isKept: count == limit)
      sweep.add(
        "distinct", [("between", [text, .scalar("\(limit + 2)")])], isKept: (limit...limit + 2).contains(count))
    }
    let open = try await sweep.expectTruth(of: Self.csv(values.shuffled(using: &generator)))
    #expect(count <= DistinctValues.exactLimit ? open == 0 : (4...36).contains(open), "\(open) are inconclusive")
  }

  @Test func distinctSaysWhatItKnows() async throws {
    let few = try await Self.finding("distinct", ["at_least": "3"], Self.csv(["x", "y", "", "x", "01", "1"]))
    #expect(few.outcome == .passed && few.message == "the column has 4 different values")
    #expect(few.evidence.observed == Quantity(4) && few.evidence.method == "point" && few.evidence.interval == nil)
    #expect(few.evidence.counts?.all == [6, 1, 5, 0])
    let one = try await Self.finding("distinct", ["at_least": "2"], Self.csv(["x", "x"]))
    #expect(one.outcome == .failed && one.message == "the column has 1 different value, the limit is at least 2")
    #expect(one.evidence.counts?.all == [2, 0, 2, nil])
    let many = Self.csv((0..<9000).map { "\($0 % 6000)" })
    let far = try await Self.finding("distinct", ["at_least": "3000"], many)
    #expect(far.outcome == .passed && far.evidence.method == "HyperLogLog" && far.evidence.notes.isEmpty)
    let interval = try #require(far.evidence.interval)
    #expect(interval.level == 0.9999 && interval.lower <= 6000 && interval.upper >= 6000)
    #expect(interval.upper - interval.lower < 6000 * 0.07)
    #expect(far.message.hasPrefix("the column has about "))
    let near = try await Self.finding("distinct", ["equals": "6000"], many)
    #expect(near.outcome == .passed && near.message == "the column has 6000 different values")
    #expect(near.evidence.notes.first?.hasPrefix("counted in a second pass: the first estimated about ") == true)
    let never = try await Self.finding("distinct", ["at_most": "6000", "exact": "never"], many)
    #expect(never.outcome == .inconclusive && never.evidence.interval == interval)
    #expect(never.message.hasSuffix("and the limit, at most 6000, lies within that error"))
    #expect(never.evidence.notes == ["remove exact: never, and a second pass over the data decides"])
    #expect(RunResult(version: "1", startedAt: 0, findings: [never]).exitStatus == .inconclusive)
  }

  // MARK: - median, quantile

  /// The definition, by sorting: the least value that at least the share of all do not exceed.
  private static func quantile(_ percent: Int, of sorted: [Double]) -> Double {
    sorted[max(0, (percent * sorted.count + 99) / 100 - 1)]
  }

  private static func numbers(_ count: Int, hasTies: Bool, _ generator: inout SeededGenerator) -> [Double] {
    (0..<count).map { _ in
      let value = Double.random(in: -1...1, using: &generator) * Double.random(in: 0...50, using: &generator)
      return hasTies ? value.rounded() : value
    }
  }

  @Test(arguments: [1, 2, 100, 1023, 3000, 30_000], [1, 2, 3, 4] as [UInt64])
  func quantilesAreTrueWhereverTheLimitIs(count: Int, seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed * 1000 + UInt64(count))
    let values = Self.numbers(count, hasTies: seed.isMultiple(of: 2), &generator)
    let sorted = values.sorted()
    var sweep = Sweep()
    for percent in [1, 7, 29, 50, 99] {
      let true_ = Self.quantile(percent, of: sorted)
      for offset in [-500, -60, -5, -1, 0, 1, 5, 60, 500] {
        let index = min(max(0, (percent * count + 99) / 100 - 1 + offset * count / 10_000), count - 1)
        for limit in Set([sorted[index], sorted[index].nextDown, sorted[index].nextUp]) {
          let (at, text) = (Tree.scalar("\(percent)%"), Tree.scalar("\(limit)"))
          sweep.add("quantile", [("at", at), ("at_least", text)], isKept: true_ >= limit)
          sweep.add("quantile", [("at", at), ("at_most", text)], isKept: true_ <= limit)
          sweep.add("quantile", [("at", at), ("equals", text)], isKept: true_ == limit)
          if percent == 50 { sweep.add("median", [("at_most", text)], isKept: true_ <= limit) }
        }
      }
    }
    let open = try await sweep.expectTruth(of: Self.csv(values.map { "\($0)" }))
    // Few values are held, and few different ones counted.
    if Set(values).count <= 1024 { #expect(open == 0, "\(open) are inconclusive") } else { #expect(open > 0) }
  }

  @Test func quantilesSayWhatTheyKnow() async throws {
    let few = try await Self.finding("median", ["between": ["2", "3"]], Self.csv(["4", "", "1", "3", "2"]))
    #expect(few.outcome == .passed && few.message == "the median is 2" && few.evidence.method == "point")
    #expect(few.evidence.counts?.all == [5, 1, 4, 0])
    let low = try await Self.finding("quantile", ["at": "75%", "at_most": "2"], Self.csv(["4", "1", "3", "2"]))
    #expect(low.outcome == .failed && low.message == "the 75% quantile is 3, the limit is at most 2")
    // 0 to 9999 in an order of no order: the median is 4999.
    let many = Self.csv((0..<10_000).map { "\($0 * 7919 % 10_000)" })
    let far = try await Self.finding("median", ["at_most": "6000"], many)
    #expect(far.outcome == .passed && far.evidence.method == "KLL" && far.evidence.interval?.level == 0.9999)
    let interval = try #require(far.evidence.interval)
    #expect(interval.lower <= 4999 && interval.upper >= 4999 && interval.upper - interval.lower < 120)
    let over = try await Self.finding("median", ["at_most": "4998"], many)
    #expect(over.outcome == .failed)
    #expect(over.message.contains(": 4,999 of 10,000 values are at most 4998 (49.99%), the limit is at most 4998"))
    let exact = try await Self.finding("median", ["equals": "4999"], many)
    #expect(exact.outcome == .passed)
    #expect(
      exact.message.contains("4,999 of 10,000 values are below 4999 (49.99%) and 5,000 of 10,000 values are at most"))
    let never = try await Self.finding("median", ["at_most": "4998", "exact": "never"], many)
    #expect(never.outcome == .inconclusive && never.evidence.interval == interval)
  }

  // MARK: - iqr

  @Test(arguments: [1, 2, 100, 1023, 5000], [1, 2] as [UInt64])
  func theQuartersAreTrueWhereverTheLimitIs(count: Int, seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed * 1000 + UInt64(count))
    let values = Self.numbers(count, hasTies: seed.isMultiple(of: 2), &generator)
    let sorted = values.sorted()
    let range = Self.quantile(75, of: sorted) - Self.quantile(25, of: sorted)
    var sweep = Sweep()
    for factor in [0, 0.5, 0.9, 0.99, 0.999, 1, 1.001, 1.01, 1.1, 2] {
      for limit in Set([range * factor, (range * factor).nextUp]) {
        let text = Tree.scalar("\(limit)")
        sweep.add("iqr", [("at_least", text)], isKept: range >= limit)
        sweep.add("iqr", [("at_most", text)], isKept: range <= limit)
        sweep.add("iqr", [("equals", text)], isKept: range == limit)
      }
    }
    let open = try await sweep.expectTruth(of: Self.csv(values.map { "\($0)" }))
    // Where values repeat, all that a quarter may be can be the same.
    let mayBeOpen = count >= 1024 && Set(values).count == count
    #expect(mayBeOpen ? open > 0 : count >= 1024 || open == 0, "\(open) are inconclusive")
  }

  /// Each group has quarters of its own, and one pass finds them all.
  @Test func theQuartersOfGroupsAreTheirOwn() async throws {
    let rows = (0..<12_000).map { $0 % 2 == 0 ? "\($0 * 7919 % 12_000),even" : "\($0 * 7919 % 12_000 * 10),odd" }
    let entry: Tree = ["iqr": ["between": ["5998", "6000"]], "group_by": "b", "id": "g"]
    let finding = try await Gate.finding(
      "a.g", ["columns": ["a": ["checks": [entry]]]], on: "a,b\n" + rows.map { $0 + "\n" }.joined())
    #expect(finding.outcome == .failed && finding.message.contains("1 of 2 groups"), "\(finding.message)")
    #expect(finding.message.contains("b = odd: the interquartile range is about "), "\(finding.message)")
  }

  @Test func whatHasNoOrderHasNoQuantile() async throws {
    let nan = try await Self.finding("median", ["at_most": "5"], Self.csv(["1", "nan", "2"]))
    #expect(nan.outcome == .errored && nan.reason == .undefined && nan.message.hasPrefix("one value is NaN"))
    let text = try await Self.finding("median", ["at_most": "5"], Self.csv(["1", "x", "y"]))
    #expect(text.outcome == .errored && text.message.hasPrefix("2 values are no numbers"))
    // With a declared type the type check says so.
    let typed = try await Self.finding(
      "median", ["at_most": "5"], Self.csv(["1", "x", "y"]), column: [("type", "number")])
    #expect(typed.outcome == .passed && typed.message == "the median is 1")
    #expect(typed.evidence.notes.first?.hasPrefix("values that are not of the declared type, left out: 2") == true)
    let none = try await Self.finding("median", ["at_most": "5"], Self.csv(["x", "y"]), column: [("type", "integer")])
    #expect(none.outcome == .skipped && none.reason == .dependency)
  }

  @Test(arguments: [("distinct", ["at_most": "5"]), ("median", ["at_most": "5"])] as [(String, Tree)])
  func nothingToCountIsNoPass(kind: String, rule: Tree) async throws {
    for csv in [Self.csv([]), Self.csv(["", ""])] {
      let finding = try await Self.finding(kind, rule, csv)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    }
    let accepted = try await Self.finding(
      kind, rule, Self.csv(["", ""]), column: [("missing", ["at_most": "100%"])])
    #expect(accepted.outcome == .skipped && accepted.reason == .requested)
  }

  @Test(
    arguments: [
      ("distinct", ["at_least": "-1"], "expected a whole number"),
      ("distinct", ["exact": "never"], "a limit is missing"),
      ("distinct", ["at_most": "1", "exact": "maybe"], "is not one of auto, never"),
      ("quantile", ["at_most": "1"], "the key \"at\" is missing"),
      ("quantile", ["at": "100%", "at_most": "1"], "above 0% and below 100%"),
      ("quantile", ["at": "0.5", "at_most": "1"], "expected a share"),
      ("median", ["between": ["2", "1"]], "no value can be at least 2 and at most 1"),
    ] as [(String, Tree, String)])
  func wrongRulesAreProblems(kind: String, rule: Tree, words: String) {
    let problems = Gate.problems(["columns": ["a": .mapping([(kind, rule)])]])
    #expect(problems.count == 1 && problems.first?.headline.contains(words) == true, "\(problems)")
  }

  @Test func aCheckOfTheWholeHasNoTolerance() {
    let allowed = Gate.problems(["columns": ["a": ["checks": [["distinct": ["at_most": "1"], "allow": "1%"]]]]])
    #expect(allowed.first?.headline.contains("nothing to allow") == true)
    #expect(Gate.problems(["columns": ["a": ["distinct": ["at_most": "1"], "in": ["x"], "allow": "1%"]]]).isEmpty)
    let typed = Gate.problems(["columns": ["a": ["type": "string", "median": ["at_most": "1"]]]])
    #expect(typed.first?.headline == "a column of type string has no median")
  }

  /// A mean of 5.0000001 is not at most 5, and is not called 5.
  @Test(
    arguments: [
      ("mean", "at_most", "5", ["5", "5.0000002"], "the mean is 5.0000001, the limit is at most 5"),
      ("mean", "at_most", "4.99", ["5", "5.0000002"], "the mean is 5, the limit is at most 4.99"),
      ("sum", "at_least", "0.3", ["0.1", "0.19999999999"], "the sum is 0.29999999999, the limit is at least 0.3"),
    ])
  func aNumberIsToldFromItsLimit(
    kind: String, key: String, limit: String, values: [String], message: String
  ) async throws {
    let rules: Tree = ["columns": ["a": ["type": "number", kind: [key: .scalar(limit)]]]]
    let finding = try await Gate.finding("a.\(kind)", rules, on: "a\n" + values.map { $0 + "\n" }.joined())
    #expect(finding.outcome == .failed && finding.message == message)
  }
}
