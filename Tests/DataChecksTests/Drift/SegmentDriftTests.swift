import Language
import Planning
import Scan
import TestSupport
import Testing
import Verdict

@testable import DataChecks

/// Drift by segments, and of the columns that have a role.
@Suite struct SegmentDriftTests {
  /// Rows of some carriers, each with so many of them and a shift of its amounts.
  private func table(_ carriers: [(name: String, rows: Int, shift: Double)], seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    var text = "carrier,amount,label\n"
    for carrier in carriers {
      for _ in 0..<carrier.rows {
        let normal = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
        let label = Int.random(in: 0..<10, using: &random) < 3 ? "yes" : "no"
        text += "\(carrier.name),\(normal + carrier.shift),\(label)\n"
      }
    }
    return text
  }

  private let three: [(name: String, rows: Int, shift: Double)] = [("AA", 1500, 0), ("B6", 1500, 3), ("UA", 1500, -2)]

  private func findings(
    _ now: String, _ before: String, _ rules: Tree = ["drift": ["columns": "all", "group_by": "carrier"]],
    kind: String = "drift"
  ) async throws -> [Finding] {
    var tables = Neighbours(now, ("before", before))
    tables.baseline = "before"
    return try await tables.findings(rules).filter { $0.kind == kind }
  }

  @Test func segmentsOfOnePopulationPass() async throws {
    let found = try await findings(table(three, seed: 1), table(three, seed: 2))
    #expect(found.map { $0.id.column ?? "" } == ["", "carrier", "amount", "label"])
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .passed], "\(found.map(\.message))")
    #expect(found[2].message == "holds in all 3 groups by carrier")
    #expect(found[2].evidence.counts?.rows == 4500)
  }

  /// Two opposite shifts, which the whole column hides.
  @Test func aDriftThatTheWholeHides() async throws {
    let (one, other) = (
      [("AA", 1500, 0.0), ("B6", 1500, 3), ("UA", 1500, -2)], [("AA", 1500, 3.0), ("B6", 1500, 0), ("UA", 1500, -2)]
    )
    let (now, before) = (table(other.map { $0 }, seed: 3), table(one.map { $0 }, seed: 4))
    #expect(try await findings(now, before, ["drift": "all"]).map(\.outcome) == [.passed, .passed, .passed, .passed])
    let found = try await findings(now, before)
    #expect(found.map(\.outcome) == [.passed, .passed, .failed, .passed], "\(found.map(\.message))")
    #expect(found[2].message.hasPrefix("in 2 of 3 groups by carrier it does not hold; carrier = AA: Jensen-Shannon"))
    #expect(found[2].evidence.notes.contains { $0.hasPrefix("carrier = B6: Jensen-Shannon") })
    // The identity does not speak of the groups.
    #expect(found[2].id.description == "data.t.amount.drift")
  }

  /// A column is open when one of its groups is; that something was told of the others is no silence.
  @Test func openGroupsBesideOthersWarn() async throws {
    let carriers = three + [(name: "ZZ", rows: 130, shift: 0.0)]
    let rule: Tree = ["drift": ["columns": ["amount"], "group_by": "carrier"]]
    let found = try await findings(table(carriers, seed: 21), table(carriers, seed: 22), rule)
    #expect(found[1].outcome == .inconclusive && found[1].severity == .warn, "\(found.map(\.message))")
    #expect(found[0].outcome == .passed, "\(found[0].message)")
    #expect(found[0].message.contains("in groups with 97.2% of the rows"), "\(found[0].message)")
  }

  /// What was told of a small part of the rows is no word on the table.
  @Test func openGroupsOfMostRowsBlock() async throws {
    let carriers = [three[0]] + (0..<20).map { (name: "Z\($0)", rows: 130, shift: 0.0) }
    let rule: Tree = ["drift": ["columns": ["amount"], "group_by": "carrier"]]
    let found = try await findings(table(carriers, seed: 21), table(carriers, seed: 22), rule)
    #expect(found[1].outcome == .inconclusive && found[1].severity == .warn, "\(found.map(\.message))")
    #expect(found[0].outcome == .inconclusive && found[0].severity == .block, "\(found[0].message)")
  }

  @Test func smallSegmentsAreInconclusive() async throws {
    let some = three.dropLast() + [("UA", 40, -2.0)]
    let found = try await findings(table(Array(some), seed: 5), table(Array(some), seed: 6))
    #expect(found[2].outcome == .inconclusive && found[2].severity == .warn, "\(found[2].message)")
    #expect(found[2].message.contains("carrier = UA"))
    let blocking = try await findings(
      table(Array(some), seed: 5), table(Array(some), seed: 6),
      ["drift": ["columns": "amount", "group_by": "carrier", "when_inconclusive": "block"]])
    #expect(blocking[1].outcome == .inconclusive && blocking[1].severity == .block)
  }

  /// A thousand groups of a few rows are compared as one; a shift of all of them is seen.
  @Test func manySmallSegmentsAreComparedTogether() async throws {
    func many(shift: Double) -> [(name: String, rows: Int, shift: Double)] {
      (0..<300).map { ("g\($0)", 8, shift) } + [("AA", 1500, shift)]
    }
    let rules: Tree = ["drift": ["columns": "amount", "group_by": "carrier"]]
    let same = try await findings(table(many(shift: 0), seed: 40), table(many(shift: 0), seed: 41), rules)
    #expect(same[1].outcome == .passed, "\(same[1].message)")
    #expect(same[1].message == "holds in all 2 groups by carrier")
    let shifted = try await findings(table(many(shift: 2), seed: 42), table(many(shift: 0), seed: 43), rules)
    #expect(shifted[1].outcome == .failed)
    let words = [shifted[1].message] + shifted[1].evidence.notes
    #expect(words.contains { $0.contains("300 groups of less than 100 rows, together: Jensen-Shannon") }, "\(words)")
  }

  @Test func aGroupOfNothingIsNoGroup() async throws {
    let none = table([("", 600, 0)], seed: 44)
    let found = try await findings(none, table([("", 600, 0)], seed: 45))
    #expect(found[0].outcome == .errored && found[0].reason == .nothingToEvaluate, "\(found[0].message)")
    #expect(found.dropFirst().allSatisfy { $0.outcome == .skipped })
  }

  @Test func newAndVanishedSegmentsAreNamed() async throws {
    let few = three + [("ZZ", 30, 0.0)]
    let rules: Tree = ["drift": ["columns": "amount", "group_by": "carrier"]]
    let found = try await findings(table(few, seed: 7), table(three, seed: 8), rules)
    #expect(found.map(\.outcome) == [.passed, .passed], "\(found.map(\.message))")
    #expect(found[0].evidence.notes.contains("new groups: carrier = ZZ (30 rows)"), "\(found[0].evidence.notes)")
    // A third of all rows.
    let many = try await findings(table(three + [("ZZ", 2000, 0)], seed: 9), table(three, seed: 10), rules)
    #expect(many.map(\.outcome) == [.failed, .passed] && many[0].message.contains("rows in new groups"))
    let interval = try #require(many[0].evidence.interval)
    #expect(interval.lower > 0.1 && many[0].evidence.limit == .atMost(Quantity(0.1, .share)))
    let gone = try await findings(table(three, seed: 11), table(three + [("ZZ", 2000, 0)], seed: 12), rules)
    #expect(gone.map(\.outcome) == [.failed, .passed] && gone[0].message.contains("rows in vanished groups"))
    let others = try await findings(
      table([("X", 500, 0)], seed: 13), table([("Y", 500, 0)], seed: 14), rules)
    #expect(others.map(\.outcome) == [.errored, .errored] && others[1].reason == .baseline, "\(others.map(\.message))")
  }

  @Test func aProfileKnowsNoSegments() async throws {
    let folder = try TemporaryFolder()
    let text = table(three, seed: 15)
    let path = try folder.write(text, to: "t.csv")
    var scan = NativeScan(TableSource(path: path, displayedAs: "t.csv"))
    var plan = Plan()
    let slots = ["carrier", "amount", "label"].map { plan.require(ColumnSummary.Specification($0)) }
    let measured = try await scan.compute(plan)
    let profile = ProfiledTable(rows: 4500, columns: slots.map { measured[$0] })
    var problems = Problems()
    let rules = try #require(
      Rules.shape.decode((["drift": ["columns": "all", "group_by": "carrier"]] as Tree).node(), &problems))
    let subject = DatasetSubject(
      name: "t", location: nil, source: TableSource(path: path, displayedAs: "t.csv"), rules: rules,
      baseline: DataBaseline(name: "old.json", .profile(profile)), problems: &problems)
    let context = RunContext(workingDirectory: "/", environment: [:], now: 0)
    let found = await subject.evaluate(Selection([]), in: context).filter { $0.kind == "drift" }
    #expect(found[0].outcome == .errored && found[0].message.contains("knows nothing of single groups"))
    #expect(found.dropFirst().allSatisfy { $0.outcome == .skipped })
  }

  @Test func groupsNeedTheirColumn() async throws {
    let rules: Tree = ["drift": ["columns": "all", "group_by": "city"]]
    let found = try await findings(table(three, seed: 16), table(three, seed: 17), rules)
    #expect(found.allSatisfy { $0.outcome == .skipped } && found.count == 4)
    let sensitive: Tree = [
      "drift": ["columns": "all", "group_by": "carrier"], "columns": ["carrier": ["sensitive": "true"]],
    ]
    #expect(Gate.problems(sensitive).contains { $0.headline.contains("sensitive") })
  }

  // MARK: - Roles

  @Test func labelsAndPredictionsBlock() async throws {
    let (before, same) = (table(three, seed: 18), table(three, seed: 19))
    let rules: Tree = [
      "drift": ["columns": "all", "share": ["at_most": "90%"]], "label_drift": "label",
      "prediction_drift": ["column": "amount", "method": "wasserstein", "distance": ["at_most": "0.2"]],
    ]
    let good = try await findings(same, before, rules, kind: "label_drift")
    #expect(good.map(\.id.description) == ["data.t.label_drift"] && good[0].outcome == .passed)
    let flipped = same.split(separator: "\n").map { line in
      line.hasSuffix(",no") ? line.dropLast(2) + "yes" : line
    }.joined(separator: "\n")
    let bad = try await findings(flipped, before, rules, kind: "label_drift")
    #expect(bad[0].outcome == .failed && bad[0].severity == .block, "\(bad[0].message)")
    let family = try await findings(flipped, before, rules)
    #expect(family.first { $0.id.column == "label" }?.severity == .warn)
    let shifted = try await findings(
      table(three.map { ($0.0, $0.1, $0.2 + 1) }, seed: 20), before, rules, kind: "prediction_drift")
    #expect(shifted[0].outcome == .failed && shifted[0].message.hasPrefix("Wasserstein distance"))
    #expect(shifted[0].id.description == "data.t.prediction_drift")
  }

  @Test func aHandfulOfLabelsBlocks() async throws {
    let few = try await findings(
      table([("AA", 30, 0)], seed: 21), table(three, seed: 22), ["label_drift": "label"], kind: "label_drift")
    #expect(few[0].outcome == .inconclusive && few[0].severity == .block)
    let warned = try await findings(
      table([("AA", 30, 0)], seed: 21), table(three, seed: 22),
      ["label_drift": ["column": "label", "when_inconclusive": "warn"]], kind: "label_drift")
    #expect(warned[0].outcome == .inconclusive && warned[0].severity == .warn)
  }

  @Test func aRoleNeedsItsColumnAndItsBaseline() async throws {
    let now = table(three, seed: 23)
    let absent = try await findings(now, now, ["label_drift": "target"], kind: "label_drift")
    #expect(absent.map(\.outcome) == [.skipped])
    var alone = Neighbours(now, ("before", now))
    alone.baseline = nil
    let without = try await alone.findings(["label_drift": "label"]).filter { $0.kind == "label_drift" }
    #expect(without.map(\.outcome) == [.errored] && without[0].reason == .baseline)
    let accepted = try await alone.findings(["label_drift": ["column": "label", "when_missing": "accept"]])
    #expect(accepted.first { $0.kind == "label_drift" }?.outcome == .skipped)
  }
}
