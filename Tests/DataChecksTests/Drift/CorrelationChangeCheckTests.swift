import Language
import Planning
import Scan
import TestSupport
import Testing
import Verdict

@testable import DataChecks

/// How two columns go together, here and in the baseline.
@Suite struct CorrelationChangeCheckTests {
  /// Rows of a, b and c: b is a times a slope beside noise, c has nothing to do with either.
  private func table(_ rows: Int, slope: Double, seed: UInt64, words: Int = 0) -> String {
    var random = SeededGenerator(seed: seed)
    func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) } }
    var text = "a,b,c,name\n"
    for row in 0..<rows {
      let a = normal()
      text += "\(a),\(row < words ? "many" : "\(slope * a + normal())"),\(normal()),n\(row % 5)\n"
    }
    return text
  }

  private func finding(
    _ now: String, _ before: String?, _ rule: Tree = "all"
  ) async throws -> Finding {
    var tables = Neighbours(now, ("before", before))
    tables.baseline = "before"
    return try await tables.finding("correlation_change", ["correlation_change": rule])
  }

  @Test func samplesOfOnePopulationPass() async throws {
    let found = try await finding(table(3000, slope: 1, seed: 1), table(3000, slope: 1, seed: 2))
    #expect(found.outcome == .passed, "\(found.message)")
    #expect(found.message.hasPrefix("no correlation of 3 pairs of columns has changed; most "))
    #expect(
      found.evidence.notes.contains("left out, for they hold no numbers alone: \"name\""), "\(found.evidence.notes)")
    #expect(found.evidence.method == "correlation-change by interval, Benjamini-Hochberg over 3 pairs")
  }

  /// A slope of 1 beside noise as large is a correlation of 0.71; one of 0 is none.
  @Test func aBrokenRelationFails() async throws {
    let found = try await finding(table(3000, slope: 0, seed: 3), table(3000, slope: 1, seed: 4))
    #expect(found.outcome == .failed)
    #expect(found.message.hasPrefix("the correlation of 1 of 3 pairs of columns has changed; \"a\", \"b\": 0.7"))
    let interval = try #require(found.evidence.interval)
    #expect(interval.upper < -0.6 && interval.lower > -0.8 && found.evidence.observed.map { $0.value > 0.6 } == true)
    let tolerant = try await finding(
      table(3000, slope: 0, seed: 3), table(3000, slope: 1, seed: 4), ["columns": "all", "at_most": "0.9"])
    #expect(tolerant.outcome == .passed)
    let without = try await finding(
      table(3000, slope: 0, seed: 3), table(3000, slope: 1, seed: 4), ["columns": "all", "except": "a"])
    #expect(without.outcome == .passed)
  }

  @Test func aHandfulOfRowsIsNoVerdict() async throws {
    let (now, before) = (table(80, slope: 1, seed: 5), table(3000, slope: 1, seed: 6))
    let found = try await finding(now, before, ["columns": ["a", "c"], "at_most": "0.1"])
    #expect(found.outcome == .inconclusive && found.severity == .warn, "\(found.message)")
    #expect(found.message.contains("rows in each sample would decide if nothing has changed"))
    let blocking = try await finding(
      now, before, ["columns": ["a", "c"], "at_most": "0.1", "when_inconclusive": "block"])
    #expect(blocking.outcome == .inconclusive && blocking.severity == .block)
  }

  @Test func whatCannotBeToldIsAnError() async throws {
    let before = table(500, slope: 1, seed: 7)
    let words = try await finding(table(500, slope: 1, seed: 8, words: 3), before, ["columns": ["a", "b"]])
    #expect(words.outcome == .errored && words.message.contains("\"b\" holds values that are no numbers"))
    let constant = try await finding(
      "a,b,c,name\n" + (0..<300).map { "\($0),5,1,x\n" }.joined(), before, ["columns": ["a", "b"]])
    #expect(constant.outcome == .errored && constant.reason == .undefined, "\(constant.message)")
    // What is correlated with nothing any more is no correlation that has not changed.
    for value in ["5", ""] {
      let rows = (0..<300).map { "\($0),\(value),\($0 * 7 % 11),x\n" }.joined()
      let lost = try await finding("a,b,c,name\n" + rows, before)
      #expect(lost.outcome == .errored && lost.reason == .undefined, "\(lost.message)")
      #expect(lost.message.hasPrefix("\"b\" has numbers that differ on one side alone"))
      let without = try await finding("a,b,c,name\n" + rows, before, ["columns": "all", "except": "b", "at_most": "2"])
      #expect(without.outcome == .passed, "\(without.message)")
    }
    let absent = try await finding("a,z\n1,2\n3,5\n", "a,b\n1,2\n3,4\n", ["columns": ["a", "z"]])
    #expect(absent.outcome == .errored && absent.reason == .baseline)
    let missing = try await finding(before, nil)
    #expect(missing.outcome == .errored)
    var alone = Neighbours(before, ("before", before))
    alone.baseline = nil
    let without = try await alone.finding("correlation_change", ["correlation_change": "all"])
    #expect(without.outcome == .errored && without.reason == .baseline)
    let accepted = try await alone.finding(
      "correlation_change", ["correlation_change": ["columns": "all", "when_missing": "accept"]])
    #expect(accepted.outcome == .skipped)
    #expect(Gate.problems(["correlation_change": "a"]).contains { $0.headline.contains("two and more") })
  }

  @Test func whatIsNotFiniteIsCounted() async throws {
    let before = table(400, slope: 1, seed: 20)
    let now = table(400, slope: 1, seed: 21) + "NaN,1,2,n1\ninf,1,2,n1\n3,NaN,1,n2\n"
    let found = try await finding(now, before, ["columns": ["a", "b"], "at_most": "0.5"])
    #expect(found.outcome == .passed, "\(found.message)")
    let words = "NaN and infinite values, whose rows are in no correlation of"
    #expect(found.evidence.notes.contains("\(words) \"a\": 2 now, 0 in before"), "\(found.evidence.notes)")
    #expect(found.evidence.notes.contains("\(words) \"b\": 1 now, 0 in before"))
  }

  @Test func aProfileDoesNotHoldCorrelations() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(table(200, slope: 1, seed: 9), to: "t.csv")
    var problems = Problems()
    let rules = try #require(Rules.shape.decode((["correlation_change": "all"] as Tree).node(), &problems))
    let subject = DatasetSubject(
      name: "t", location: nil, source: TableSource(path: path, displayedAs: "t.csv"), rules: rules,
      baseline: DataBaseline(name: "old.json", .profile(ProfiledTable(rows: 1, columns: []))), problems: &problems)
    let context = RunContext(workingDirectory: "/", environment: [:], now: 0)
    let found = await subject.evaluate(Selection([]), in: context).filter { $0.kind == "correlation_change" }
    #expect(found.map(\.outcome) == [.errored])
    #expect(found[0].message == "old.json is a profile, which does not hold how columns go together")
  }
}
