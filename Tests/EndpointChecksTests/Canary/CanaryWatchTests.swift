import Foundation
import JSON
import Language
import Statistics
import Testing
import Verdict

@testable import EndpointChecks

/// The guards of a canary on pairs that nobody had to send: what they promise, and what they catch.
@Suite struct CanaryWatchTests {
  /// One side of a pair: its time, and what it says; no answer without a score.
  struct Model {
    var median = 0.01
    var errors = 0.02
    var flips = 0.0
    var shift = 0.0
    /// Of so many requests one takes ten times as long.
    var slowShare = 0.0

    func answer(_ score: Double, _ random: inout Philox) -> CanaryPair.Side {
      let isGood = random.uniform() >= errors
      var seconds = median * exp(0.5 * Normal.quantile(max(random.uniform(), 1e-12)))
      if random.uniform() < slowShare { seconds *= 10 }
      let isFlipped = random.uniform() < flips
      let shifted = min(1, max(0, score + shift))
      let outputs = [
        OutputTable.Output(name: "p", datatype: nil, rows: [[.number(JSONNumber(shifted))]]),
        OutputTable.Output(
          name: "label", datatype: nil, rows: [[.string((score >= 0.5) != isFlipped ? "late" : "early")]]),
      ]
      return CanaryPair.Side(
        seconds: seconds,
        answer: isGood
          ? .success(OutputTable(outputs, count: 1)) : .failure(Complaint(.refused(status: 500, nil))), transcript: nil)
    }
  }

  static func pair(_ index: Int, _ candidate: Model, _ baseline: Model, _ random: inout Philox) -> CanaryPair {
    let score = 0.2 + 0.6 * random.uniform()
    return CanaryPair(
      row: index, isNewRow: true, candidate: candidate.answer(score, &random),
      baseline: baseline.answer(score, &random))
  }

  static func located<Value>(_ value: Value) -> Located<Value> {
    Located(value, at: SourceLocation(file: "cupel.yaml", line: 1, column: 1))
  }

  private static func guards(_ text: String) throws -> [any CanaryGuard] {
    let (subject, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', protocol: open-inference-v2, model: m, "
        + "checks: [{canary: {baseline: 'http://127.0.0.1:2', \(text)}}]}")
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    guard case .probing(let check as CanaryCheck) = asked.declaration.entries[0].content else { return [] }
    return try check.guards(expecting: 200)
  }

  /// The verdicts of a canary that is looked at after every pair.
  private static func run(
    _ guards: String, _ candidate: Model, _ baseline: Model = Model(), pairs: Int, seed: UInt64
  ) throws -> (outcomes: [String: Outcome], pairs: Int, judgements: [Judgement]) {
    var random = Philox(Seed(seed))
    var watch = CanaryWatch(try self.guards(guards))
    while watch.pairs < pairs {
      watch.take(pair(watch.pairs, candidate, baseline, &random))
      if watch.isDecided { break }
    }
    let judgements = watch.judgements(notes: [])
    let outcomes = zip(watch.guards, judgements).map { ($0.claim.name, $1.outcome) }
    return (Dictionary(uniqueKeysWithValues: outcomes), watch.pairs, judgements)
  }

  /// A baseline that has gone makes every candidate look good, dead ones too: nothing is passed from then on.
  @Test(arguments: [0.02, 1]) func aBaselineThatHasGoneIsNoBaseline(errors: Double) throws {
    var watch = CanaryWatch(
      try Self.guards("errors: {max_regression: 0.01 absolute}, p50: {max_regression: 5ms absolute}"))
    var random = Philox(Seed(5))
    let (candidate, gone) = (Model(errors: errors), Model(errors: 1))
    while watch.pairs < 20 { watch.take(Self.pair(watch.pairs, Model(errors: 0), Model(errors: 0), &random)) }
    for silent in 1...CanaryWatch.silentInRow {
      watch.take(Self.pair(watch.pairs, candidate, gone, &random))
      #expect((watch.lostBaseline != nil) == (silent == CanaryWatch.silentInRow))
      // What has failed may end it, and nothing else.
      if silent < CanaryWatch.silentInRow, watch.isDecided {
        #expect(watch.judgements(notes: []).contains { $0.outcome == .failed })
      }
    }
    let lost = try #require(watch.lostBaseline)
    let judgement = lost.judgement(wasReached: true)
    #expect(judgement.outcome == .errored && judgement.reason == .baseline)
    #expect(judgement.message.hasPrefix("the baseline gave no good answer 10 times in a row: "), "\(judgement.message)")
    // An answer, and it is there again.
    watch.take(Self.pair(watch.pairs, Model(errors: 0), Model(errors: 0), &random))
    #expect(watch.lostBaseline == nil)
  }

  // MARK: - What is promised

  /// A candidate that is the baseline again, with margins of nothing and a limit on flips that is their true share:
  /// looked at 50 times, it is stopped in at most 5 % of 200 canaries.
  @Test func aCanaryOfTheSameModelAlarmsAtMostAtTheLevel() throws {
    let guards = try Self.guards(
      "errors: {max_regression: 0 absolute}, p50: {max_regression: 0% relative}, p90: {max_regression: 0ms absolute}, "
        + "mean: {max_regression: 0% relative}, flips: {at_most: 10%}")
    var alarms = 0
    for canary in 0..<200 {
      var random = Philox(Seed(7), stream: UInt64(canary))
      var watch = CanaryWatch(guards)
      for look in 1...50 {
        while watch.pairs < look * 4 {
          watch.take(Self.pair(watch.pairs, Model(errors: 0.1, flips: 0.1), Model(errors: 0.1), &random))
        }
        guard watch.isDecided else { continue }
        if watch.judgements(notes: []).contains(where: { $0.outcome == .failed }) { alarms += 1 }
        break
      }
    }
    #expect(alarms <= 10, "\(alarms)")
  }

  /// A candidate that is exactly as much worse as is allowed seldom passes either.
  @Test func aCandidateOnTheLimitSeldomPasses() throws {
    var passes = 0
    for seed in 0..<100 {
      let found = try Self.run(
        "errors: {max_regression: 0.05 absolute}, flips: {at_most: 5%}", Model(errors: 0.07, flips: 0.05), pairs: 200,
        seed: UInt64(1000 + seed))
      if found.outcomes["flips"] == .passed || found.outcomes["errors"] == .passed { passes += 1 }
    }
    #expect(passes <= 5, "\(passes)")
  }

  @Test func theSameModelPassesWithinSensibleMargins() throws {
    let found = try Self.run(
      "errors: {max_regression: 0.05 absolute}, p50: {max_regression: 50% relative}, mean: {max_regression: 50% relative}, "
        + "flips: {at_most: 5%}", Model(), pairs: 2000, seed: 3)
    #expect(found.outcomes.values.allSatisfy { $0 == .passed }, "\(found.judgements.map(\.message))")
    #expect(found.pairs < 2000)
  }

  // MARK: - What is caught

  @Test(arguments: [
    ("errors", Model(errors: 0.2)), ("p50", Model(median: 0.02)), ("mean", Model(median: 0.02)),
    ("flips", Model(flips: 0.15)), ("shift", Model(shift: 0.2)),
    // No answers at all are slower than any.
    ("p50", Model(errors: 1)),
  ])
  func aCandidateThatRegressesIsStopped(_ name: String, _ candidate: Model) throws {
    let all = [
      "errors": "errors: {max_regression: 0.02 absolute}", "p50": "p50: {max_regression: 20% relative}",
      "mean": "mean: {max_regression: 2ms absolute}", "flips": "flips: {at_most: 2%}",
      "shift": "shift: {at_most: 0.05}, output: p",
    ]
    let found = try Self.run(
      name == "errors" ? all[name]! : "errors: {max_regression: 0.9 absolute}, \(all[name]!)", candidate, pairs: 1500,
      seed: 11)
    #expect(found.outcomes[name] == .failed, "\(found.judgements.map(\.message))")
    #expect(found.pairs < 1500)
  }

  /// 3 % of the requests take ten times as long: the median does not see it, p99 does.
  @Test func aSlowTailIsSeenByTheTail() throws {
    let found = try Self.run(
      "errors: {max_regression: 0.9 absolute}, p50: {max_regression: 80% relative}, p99: {max_regression: 50% relative}",
      Model(errors: 0, slowShare: 0.03), Model(errors: 0), pairs: 6000, seed: 12)
    #expect(found.outcomes["p99"] == .failed && found.outcomes["p50"] == .passed, "\(found.judgements.map(\.message))")
  }

  // MARK: - What is said

  @Test func whatIsUndecidedSaysHowManyMore() throws {
    let found = try Self.run(
      "errors: {max_regression: 0.05 absolute}, p99: {max_regression: 20% relative}, mean: {max_regression: 1ms absolute}",
      Model(errors: 0), Model(errors: 0), pairs: 30, seed: 4)
    #expect(found.outcomes.values.allSatisfy { $0 == .inconclusive })
    #expect(found.judgements[0].message.contains("is not decided after 30 pairs of requests; about"))
    #expect(found.judgements[1].message.contains("more are needed") && found.judgements[1].message.contains("unknown"))
    #expect(found.judgements[2].message.contains("at least 20 pairs of requests more are needed"))
  }

  /// After the first failure the others are not decided, which is no verdict on them.
  @Test func theRestOfAStoppedCanaryIsSkipped() throws {
    let found = try Self.run(
      "errors: {max_regression: 0.02 absolute}, p99: {max_regression: 20% relative}", Model(errors: 0.9), pairs: 500,
      seed: 5)
    #expect(found.outcomes == ["errors": .failed, "p99": .skipped], "\(found.judgements.map(\.message))")
    #expect(found.judgements[1].message.contains("when the canary was stopped by errors"))
  }

  @Test func nothingIsNeverGreen() throws {
    let nobody = CanaryPair.Side(seconds: 0, answer: .failure(Complaint(.refused(status: 500, nil))), transcript: nil)
    var watch = CanaryWatch(
      try Self.guards("flips: {at_most: 50%}, mean: {max_regression: 1s absolute}, shift: {at_most: 0.5}"))
    #expect(watch.judgements(notes: []).allSatisfy { $0.outcome == .errored })
    #expect(!watch.isDecided)
    for row in 0..<300 { watch.take(CanaryPair(row: row, isNewRow: true, candidate: nobody, baseline: nobody)) }
    #expect(watch.judgements(notes: []).dropFirst().allSatisfy { $0.outcome == .errored })
    // Rows asked again tell nothing new of rows.
    var again = CanaryWatch(try Self.guards("flips: {at_most: 50%}"))
    var random = Philox(Seed(1))
    for row in 0..<300 {
      var pair = Self.pair(row, Model(), Model(), &random)
      pair.isNewRow = row < 5
      again.take(pair)
    }
    #expect(again.judgements(notes: []).last?.outcome == .inconclusive)
    #expect(again.guards.last?.counts.evaluated == 5)
  }

  @Test func outputsThatSayNothingAreErrors() throws {
    func table(_ names: [String], _ value: JSONValue) -> CanaryPair.Side {
      let outputs = names.map { OutputTable.Output(name: $0, datatype: nil, rows: [[value]]) }
      return CanaryPair.Side(seconds: 0.01, answer: .success(OutputTable(outputs, count: 1)), transcript: nil)
    }
    func judged(_ guards: String, _ candidate: CanaryPair.Side, _ baseline: CanaryPair.Side) throws -> Judgement {
      var watch = CanaryWatch(try Self.guards(guards))
      watch.take(CanaryPair(row: 0, isNewRow: true, candidate: candidate, baseline: baseline))
      return try #require(watch.judgements(notes: []).last)
    }
    let half = JSONValue.number(JSONNumber(0.5))
    let cases:
      [(guards: String, candidate: CanaryPair.Side, baseline: CanaryPair.Side, outcome: Outcome, words: String)] = [
        ("flips: {at_most: 1%}", table(["p"], 17.5), table(["p"], 17.5), .errored, "threshold: 0.5"),
        ("flips: {at_most: 1%}", table(["q"], half), table(["p"], half), .failed, "has the output p"),
        ("shift: {at_most: 0.1}", table(["p", "q"], half), table(["p", "q"], half), .errored, "output: NAME"),
        ("shift: {at_most: 0.1}, output: r", table(["p"], half), table(["p"], half), .errored, "neither endpoint has"),
        ("shift: {at_most: 0.1}, output: r", table(["p"], half), table(["r"], half), .failed, "no output r"),
        ("shift: {at_most: 0.1}", table(["p"], .string("x")), table(["p"], half), .failed, "no score"),
        ("shift: {at_most: 0.1}", table(["p"], half), table(["p"], .string("x")), .errored, "no score"),
        ("shift: {at_most: 0.1, }", table(["p"], .number(JSONNumber(1.5))), table(["p"], half), .errored, "range:"),
      ]
    for item in cases {
      let judgement = try judged(item.guards, item.candidate, item.baseline)
      #expect(judgement.outcome == item.outcome && judgement.message.contains(item.words), "\(judgement.message)")
    }
  }
}
