import DataChecks
import TestSupport
import Testing
import Verdict

/// What a person is told of rows that are compared as a whole.
@Suite struct MultivariateDriftTests {
  /// Rows with a key, a kind and two numbers, of which the second goes with the first as far as `dependence` says.
  private static func table(_ rows: Int, dependence: Double = 0.9, _ seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    func normal() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
    }
    var text = "id,kind,a,b\n"
    for row in 0..<rows {
      let a = normal()
      let b = dependence * a + (1 - dependence * dependence).squareRoot() * normal()
      text += "\(row),\(Bool.random(using: &generator) ? "x" : "y"),\(a),\(b)\n"
    }
    return text
  }

  private static func finding(
    _ kind: String, _ now: String, _ before: String?, _ rule: Tree = [:], threads: Int = 1
  ) async throws -> Finding {
    var tables = Neighbours(now, ("before", before))
    (tables.baseline, tables.threads) = ("before", threads)
    return try await tables.finding(kind, .mapping([(kind, rule)]))
  }

  private static let kinds = ["multivariate_drift", "reconstruction_drift"]

  @Test(arguments: kinds) func samplesOfOnePopulationPass(kind: String) async throws {
    let limit: Tree = kind == "multivariate_drift" ? "0.6" : "1.2"
    let found = try await Self.finding(kind, Self.table(1200, 1), Self.table(1500, 2), ["at_most": limit])
    #expect(found.outcome == .passed, "\(found.message)")
    #expect(found.evidence.interval?.level == 0.95)
    #expect(found.evidence.notes.contains("judged on 1,200 of 1,200 rows here and 1,500 of 1,500 in before"))
    #expect(found.evidence.notes.contains("values that name rows, left out: \"id\""), "\(found.evidence.notes)")
  }

  /// Each column is distributed as before.
  @Test(arguments: kinds) func aDependenceThatIsGoneFails(kind: String) async throws {
    let found = try await Self.finding(kind, Self.table(800, dependence: 0, 3), Self.table(800, 4))
    #expect(found.outcome == .failed, "\(found.message)")
    if kind == "multivariate_drift" {
      #expect(found.evidence.notes[0].hasPrefix("told apart by \"a\" with \"b\""), "\(found.evidence.notes)")
    }
  }

  /// A column that is left out for what it has become, or read as what it was, would hide that every row is another.
  @Test(
    arguments: kinds, [[String]]([["numbers", "texts"], ["dates", "texts"], ["row", "texts"], ["texts", "texts"]]))
  func aColumnThatBecameSomethingElseFails(kind: String, became: [String]) async throws {
    func table(_ what: String, _ seed: UInt64) -> String {
      var generator = SeededGenerator(seed: seed)
      return "a,c\n"
        + (0..<400).map { row in
          let value =
            switch what {
            case "numbers": "\(Double.random(in: 0..<1, using: &generator))"
            case "dates": "2026-0\(1 + row % 9)-\(10 + row % 19)"
            case "row": "delivery \(row)"
            default: ["x", "y", "z"].randomElement(using: &generator) ?? ""
            }
          return "\(Double.random(in: 0..<1, using: &generator)),\(value)\n"
        }.joined()
    }
    for (now, before) in [(became[0], became[1]), (became[1], became[0])] {
      for rule: Tree in [[:], ["columns": ["a", "c"]]] {
        let found = try await Self.finding(kind, table(now, 5), table(before, 6), rule)
        if now == before {
          #expect(found.outcome != .failed, "\(found.message)")
        } else {
          #expect(found.outcome == .failed && found.message.hasPrefix("\"c\" holds "), "\(found.message)")
          #expect(found.message.hasSuffix("by that alone every row is told from those of before"), "\(found.message)")
        }
      }
    }
  }

  /// None of a thousand names is frequent enough to be looked at by itself.
  @Test func namesThatAreReplacedFail() async throws {
    func table(_ prefix: String, _ seed: UInt64) -> String {
      var generator = SeededGenerator(seed: seed)
      return "city,a\n"
        + (0..<1500).map { _ in
          "\(prefix)\(Int.random(in: 0..<600, using: &generator)),\(Double.random(in: 0..<1, using: &generator))\n"
        }.joined()
    }
    let rule: Tree = ["at_most": "0.6"]
    let same = try await Self.finding("multivariate_drift", table("n", 30), table("n", 31), rule)
    #expect(same.outcome == .passed, "\(same.message)")
    let other = try await Self.finding("multivariate_drift", table("m", 32), table("n", 33), rule)
    #expect(other.outcome == .failed && other.evidence.notes[0].hasPrefix("told apart by \"city\""), "\(other.message)")
  }

  @Test(arguments: kinds) func tooFewRowsAreNoVerdict(kind: String) async throws {
    let few = try await Self.finding(kind, Self.table(30, 5), Self.table(1000, 6))
    #expect(few.outcome == .inconclusive && few.severity == .block && few.message.contains("too few"))
    let warned = try await Self.finding(
      kind, Self.table(30, 5), Self.table(1000, 6), ["when_inconclusive": "warn"])
    #expect(warned.outcome == .inconclusive && warned.severity == .warn)
    let some = try await Self.finding(kind, Self.table(120, 7), Self.table(240, 8))
    #expect(some.outcome == .inconclusive && some.message.contains("would decide"), "\(some.message)")
  }

  @Test(arguments: kinds) func nothingToCompareIsNoPass(kind: String) async throws {
    let some = Self.table(200, 9)
    for (now, before, reason) in [
      ("id,kind,a,b\n", Optional(some), Reason.nothingToEvaluate), (some, "id,kind,a,b\n", .nothingToEvaluate),
      (some, nil, .io), (some, "c\n1\n", .nothingToEvaluate),
    ] {
      let found = try await Self.finding(kind, now, before)
      #expect(found.outcome == .errored && found.reason == reason, "\(found.message)")
    }
    var alone = Neighbours(some, ("before", some))
    let plain: Tree = [:]
    let without = try await alone.finding(kind, .mapping([(kind, plain)]))
    #expect(without.outcome == .errored && without.reason == .baseline)
    let accepting: Tree = ["when_missing": "accept"]
    let accepted = try await alone.finding(kind, .mapping([(kind, accepting)]))
    #expect(accepted.outcome == .skipped)
    alone.baseline = "before"
    let constant = "a,b\n" + String(repeating: "1,2\n", count: 200)
    let found = try await Self.finding(kind, constant, constant)
    #expect(found.outcome == .errored && found.reason == .undefined, "\(found.message)")
  }

  @Test(arguments: kinds) func columnsAreChosen(kind: String) async throws {
    let (now, before) = (Self.table(800, dependence: 0, 10), Self.table(800, 11))
    let wide: Tree = kind == "multivariate_drift" ? "0.6" : "1.2"
    #expect(try await Self.finding(kind, now, before, ["except": "b", "at_most": wide]).outcome != .failed)
    #expect(try await Self.finding(kind, now, before, ["columns": ["a", "b"]]).outcome == .failed)
    let absent = try await Self.finding(kind, now, before, ["columns": ["a", "c"]])
    #expect(absent.outcome == .skipped && absent.reason == .dependency)
  }

  /// Nothing before and nothing now is no column that has stayed as it was.
  @Test(arguments: kinds) func aNamedColumnWithoutValuesIsNoPass(kind: String) async throws {
    func emptied(_ seed: UInt64) -> String {
      Self.table(900, seed).split(separator: "\n").enumerated().map { "\($1),\($0 == 0 ? "none" : "")\n" }.joined()
    }
    let wide: Tree = kind == "multivariate_drift" ? "0.7" : "1.5"
    let named = try await Self.finding(
      kind, emptied(20), emptied(21), ["columns": ["a", "b", "none"], "at_most": wide])
    #expect(named.outcome == .errored && named.message.contains("no row has a value in \"none\""), "\(named.message)")
    let all = try await Self.finding(kind, emptied(20), emptied(21), ["at_most": wide])
    #expect(all.outcome == .passed && all.evidence.notes.contains("without a value on either side: \"none\""))
  }

  @Test(arguments: kinds) func nothingDependsOnThreads(kind: String) async throws {
    let (now, before) = (Self.table(3000, dependence: 0.5, 12), Self.table(3000, 13))
    #expect(
      try await Self.finding(kind, now, before, threads: 1) == Self.finding(kind, now, before, threads: 3))
  }

  private static let mistakes: [(String, Tree, String)] = [
    ("multivariate_drift", ["at_most": "0.4"], "at least 0.5"), ("multivariate_drift", ["at_most": "1"], "below 1"),
    ("reconstruction_drift", ["at_most": "0.9"], "at least 1"), ("multivariate_drift", ["confidence": "1"], "share"),
    ("embedding_drift", ["at_most": "0.6"], "column"), ("embedding_drift", ["column": "a", "columns": "b"], "columns"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreSaid(kind: String, rule: Tree, word: String) throws {
    let problems = try Neighbours("a\n", ("b", "a\n")).problems(.mapping([(kind, rule)]))
    #expect(problems.contains { ([$0.headline] + $0.help).contains { $0.contains(word) } }, "\(problems)")
  }
}
