import Glibc
import Language
import Planning
import Scan
import TestSupport
import Testing
import Verdict

@testable import DataChecks

/// Texts of which there are too many to count one by one.
@Suite struct TextDriftTests {
  private func findings(_ now: String, _ before: String, _ rule: Tree = "all") async throws -> [Finding] {
    var tables = Neighbours(now, ("before", before))
    tables.baseline = "before"
    return try await tables.findings(["drift": rule]).filter { $0.kind == "drift" }
  }

  // MARK: - Long-tailed categories

  /// Names of which none is frequent: `n17`, each of so many equally likely; those from a number on renamed.
  private func names(_ rows: Int, of many: Int, seed: UInt64, renamedFrom first: Int = .max) -> String {
    var random = SeededGenerator(seed: seed)
    let lines = (0..<rows).map { _ -> String in
      let name = Int.random(in: 0..<many, using: &random)
      return name >= first ? "m\(name)\n" : "n\(name)\n"
    }
    return "name\n" + lines.joined()
  }

  @Test func longTailsAreComparedByTheirHashes() async throws {
    let before = names(8000, of: 3000, seed: 1)
    // Buckets put values together, and so may hide a change: that there is none they cannot show.
    for (rule, outcome) in [("all", .skipped), ("name", .inconclusive)] as [(Tree, Outcome)] {
      let same = try await findings(names(8000, of: 3000, seed: 2), before, rule)
      #expect(same.last?.outcome == outcome, "\(same.map(\.message))")
      #expect(same.last?.message.contains("Jensen-Shannon distance of 128 hash buckets") == true)
    }
    // 40 % of all rows have other names: each bucket has lost some and got others, which hides a part of the distance.
    let other = try await findings(
      names(8000, of: 3000, seed: 3, renamedFrom: 1800), before, ["columns": "all", "distance": ["at_most": "0.03"]])
    #expect(other.map(\.outcome) == [.passed, .failed], "\(other.map(\.message))")
    #expect(other[1].message.contains("hash buckets"))
    // What is known of a bucket is named.
    #expect(other[1].evidence.notes.contains { $0.contains("the bucket of \"") || $0.contains("bucket ") })
  }

  /// Categories of which the smaller sample expects less than ten rows share cells, and these hide what is in them.
  @Test func mostlyRareCategoriesAreNotPassed() async throws {
    let before = names(2000, of: 500, seed: 21)
    for (rule, outcome) in [("all", .skipped), ("name", .inconclusive)] as [(Tree, Outcome)] {
      let same = try await findings(names(2000, of: 500, seed: 22), before, rule)
      #expect(same.last?.outcome == outcome, "\(same.map(\.message))")
    }
    let other = try await findings(names(2000, of: 500, seed: 23, renamedFrom: 100), before, "name")
    #expect(other.last?.outcome == .failed, "\(other.map(\.message))")
    // With rows enough for each of them they are compared one by one.
    let many = try await findings(names(8000, of: 100, seed: 25), names(8000, of: 100, seed: 26), "name")
    #expect(many.last?.outcome == .passed, "\(many.map(\.message))")
  }

  /// Buckets hide that all values are others, each of which has taken the place of one: the values of least hashes do not.
  @Test func replacedValuesAreSeen() async throws {
    let before = names(60_000, of: 20_000, seed: 11)
    for first in [0, 16_000] {
      let found = try await findings(names(60_000, of: 20_000, seed: 12, renamedFrom: first), before)
      #expect(found.last?.outcome == .failed, "\(found.map(\.message))")
      let told = (found.last.map { [$0.message] + $0.evidence.notes } ?? []).joined(separator: "\n")
      #expect(told.contains("excess of new values in a sample of them"), "\(told)")
    }
    // What has vanished is a change, too.
    let fewer = try await findings(names(60_000, of: 14_000, seed: 14), before)
    #expect(fewer.last?.outcome == .failed, "\(fewer.map(\.message))")
  }

  /// Samples of one population, whatever its tail: that some values come in one alone is what samples do.
  @Test func samplesOfOnePopulationDoNotDiffer() async throws {
    var random = SeededGenerator(seed: 21)
    func table(_ rows: Int, _ next: (inout SeededGenerator) -> Int) -> String {
      "name\n" + (0..<rows).map { _ in "v\(next(&random))\n" }.joined()
    }
    let populations: [(inout SeededGenerator) -> Int] = [
      { Int.random(in: 0..<1500, using: &$0) },
      // By rank: the first in every tenth row, and most in one.
      { Int(exp(Double.random(in: 0..<9.2, using: &$0))) },
      { Bool.random(using: &$0) ? Int.random(in: 0..<40, using: &$0) : Int.random(in: 40..<20_000, using: &$0) },
    ]
    var alarms = 0
    for population in populations {
      for rows in [3000, 9000] {
        for _ in 0..<10 {
          let found = try await findings(table(rows, population), table(6000, population))
          if found.contains(where: { $0.outcome == .failed }) { alarms += 1 }
        }
      }
    }
    // Of 60, at 5 % for all that is compared.
    #expect(alarms <= 3, "\(alarms)")
  }

  /// One cell of everything would be the same whatever happens: without the buckets nothing can be told.
  @Test func whatASketchForgetsIsNoPass() async throws {
    let summary = try await summary(of: "name", in: names(8000, of: 3000, seed: 4))
    #expect(DriftSample(summary).reasonToLeaveOut == nil)
    let old = try ColumnSummary(
      "name", type: .untyped, rows: summary.rows, nulls: summary.nulls, digest: (0, 0),
      images: Dictionary(
        uniqueKeysWithValues: summary.images.filter { $0.name != "buckets" }.map { ($0.name, $0.bytes) }))
    #expect(DriftSample(old).reasonToLeaveOut?.contains("no counts by their hashes") == true)
    let values = try #require(ComparedValues(DriftSample(old), DriftSample(summary), for: DriftTerms().chosenMethod))
    #expect(values.areMostlyUnknown)
    let known = try #require(ComparedValues(DriftSample(summary), DriftSample(summary), for: DriftTerms().chosenMethod))
    #expect(!known.areMostlyUnknown)
  }

  /// Programs write the same instants in different units.
  @Test func instantsAreComparedWhateverTheirUnit() async throws {
    func sample(_ factor: Int, _ unit: StoredType.TimeUnit) async throws -> DriftSample {
      let lines = (0..<3000).map { "\((1_700_000_000_123 + $0 * 60_007) * factor)\n" }
      let found = try await summary(of: "t", in: "t\n" + lines.joined())
      return DriftSample(
        try ColumnSummary(
          "t", type: .timestamp(unit, zone: nil), rows: found.rows, nulls: found.nulls, digest: (0, 0),
          images: Dictionary(uniqueKeysWithValues: found.images.map { ($0.name, $0.bytes) })))
    }
    let instants = (0..<3000).map { 1_700_000_000_123 + $0 * 60_007 }
    let units: [(factor: Int, unit: StoredType.TimeUnit)] = [
      (1, .millisecond), (1000, .microsecond), (1_000_000, .nanosecond),
    ]
    for (factor, unit) in units {
      let nanoseconds = try await sample(factor, unit).nanoseconds
      // To the last bit: the same instant is the same number, whichever unit it comes from.
      #expect(instants.allSatisfy { Double($0 * factor) * nanoseconds == Double($0 * 1_000_000) }, "\(unit)")
    }
  }

  /// Where the other side stores truth values, texts that are some have their names.
  @Test func truthValuesHaveOneName() async throws {
    let summary = try await summary(of: "b", in: "b,c\nTrue,1\nFalse,1\nTRUE,1\ntrue,1\nmaybe,1\n,1\n")
    let counts = CategoryCounts(DriftSample(summary), areTruths: true).counts
    #expect(
      Dictionary(uniqueKeysWithValues: counts.map { ($0.key.string, $0.count) }) == ["true": 3, "false": 1, "maybe": 1])
    #expect(CategoryCounts(DriftSample(summary)).counts.count == 5)
  }

  private func summary(of column: String, in text: String) async throws -> ColumnSummary {
    let folder = try TemporaryFolder()
    var scan = NativeScan(TableSource(path: try folder.write(text, to: "t.csv"), displayedAs: "t.csv"))
    var plan = Plan()
    let slot = plan.require(ColumnSummary.Specification(column))
    return try await scan.compute(plan)[slot].saved()
  }

  // MARK: - Free texts

  private let plainWords = ["late", "good", "flight", "crew", "seat", "food", "delay", "bag", "lost", "gate", "never"]

  /// Sentences of a number and eight words, each equally likely.
  private func sentences(_ rows: Int, of words: [String], seed: UInt64, separator: String = " ") -> String {
    var random = SeededGenerator(seed: seed)
    let lines = (0..<rows).map { row -> String in
      let chosen = (0..<8).map { _ in words.randomElement(using: &random) ?? "" }
      return "\(Int.random(in: 100_000..<999_999, using: &random))" + separator + chosen.joined(separator: separator)
        + "\n"
    }
    return "review\n" + lines.joined()
  }

  @Test func freeTextsAreComparedByWhatTheyAreMadeOf() async throws {
    let before = sentences(3000, of: plainWords, seed: 5)
    let same = try await findings(sentences(3000, of: plainWords, seed: 6), before, "review")
    #expect(same.map(\.outcome) == [.passed, .passed], "\(same.map(\.message))")
    // Words of the same lengths and letters.
    let other = try await findings(
      sentences(3000, of: plainWords.map { String($0.reversed()) }, seed: 7), before, "review")
    #expect(other[1].outcome == .failed && other[1].message.contains("hash buckets of words"), "\(other[1].message)")
    // The same words in capitals.
    let loud = try await findings(
      sentences(3000, of: plainWords, seed: 12).uppercased().replacing("REVIEW", with: "review"), before, "review")
    #expect(loud[1].outcome == .failed && loud[1].message.contains("classes of characters"), "\(loud.map(\.message))")
    #expect(loud[1].evidence.notes.contains { $0.hasPrefix("capital letters: 0% before") }, "\(loud[1].evidence.notes)")
    // The same words, and other characters between them.
    let dashes = try await findings(sentences(3000, of: plainWords, seed: 8, separator: "-"), before, "review")
    #expect(dashes[1].outcome == .failed && dashes[1].message.contains("classes of characters"))
    #expect(dashes[1].evidence.notes.contains { $0.hasPrefix("punctuation: 0% before") }, "\(dashes[1].evidence.notes)")
    // All leaves them out, as ever.
    #expect(try await findings(before, before)[1].outcome == .skipped)
  }

  /// A profile that was not asked to look into texts does not say what they are made of: that is no pass of what was asked.
  @Test func aProfileWithoutMakeupLeavesFreeTextsOpen() async throws {
    let before = try await summary(of: "review", in: sentences(3000, of: plainWords, seed: 31))
    let folder = try TemporaryFolder()
    let now = try folder.write(sentences(3000, of: plainWords, seed: 32), to: "t.csv")
    var problems = Problems()
    let rules = try #require(Rules.shape.decode((["drift": "review"] as Tree).node(), &problems))
    let subject = DatasetSubject(
      name: "t", location: nil, source: TableSource(path: now, displayedAs: "t.csv"), rules: rules,
      baseline: DataBaseline(name: "old.json", .profile(ProfiledTable(rows: before.rows, columns: [before]))),
      problems: &problems)
    let context = RunContext(workingDirectory: "/", environment: [:], now: 0)
    let finding = try #require(await subject.evaluate(Selection([]), in: context).last { $0.kind == "drift" })
    #expect(finding.outcome == .inconclusive && finding.message.contains("--texts"), "\(finding.message)")
  }

  /// Three common words and one of five thousand rare ones: what replaces rare words by others falls into the same buckets.
  private func reviews(_ rows: Int, rare prefix: String, seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    let lines = (0..<rows).map { _ -> String in
      let common = (0..<3).map { _ in plainWords.randomElement(using: &random) ?? "" }
      return "\(common.joined(separator: " ")) \(prefix)\(Int.random(in: 0..<5000, using: &random))\n"
    }
    return "review\n" + lines.joined()
  }

  @Test func rareWordsThatAreReplacedAreSeen() async throws {
    let before = reviews(20_000, rare: "w", seed: 21)
    let same = try await findings(reviews(20_000, rare: "w", seed: 22), before, "review")
    #expect(same.map(\.outcome) == [.passed, .passed], "\(same.map(\.message))")
    let rule: Tree = ["columns": "review", "distance": ["at_most": "0.3"]]
    let other = try await findings(reviews(20_000, rare: "x", seed: 23), before, rule)
    #expect(other.map(\.outcome) == [.passed, .failed], "\(other.map(\.message))")
    #expect(other[1].message.hasPrefix("excess of new words 2"), "\(other[1].message)")
  }

  @Test func aHandfulOfTextsIsNoVerdict() async throws {
    let before = sentences(3000, of: plainWords, seed: 9)
    let few = try await findings(sentences(60, of: plainWords, seed: 10), before, "review")
    #expect(few[1].outcome == .inconclusive)
  }
}
