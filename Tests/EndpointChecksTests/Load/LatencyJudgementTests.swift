import Language
import Statistics
import Testing
import Transport
import Verdict

@testable import EndpointChecks

/// What a load says about limits.
@Suite struct LatencyJudgementTests {
  /// A load whose requests took 1, 2, 3, … milliseconds, and of which some were not answered well.
  private func judgement(
    _ count: Int, unanswered: Int = 0, dropped: Int = 0, unread: Int = 0
  ) -> LatencyJudgement {
    var tally = LoadTally()
    for index in 0..<count {
      let time = Int64.milliseconds(Double(index + 1))
      tally.take(
        LoadAnswer(
          start: LoadStart(request: 0, intended: 0), sent: 0, end: time, result: .success(.init(status: 200))),
        isMeasured: true, isGood: true)
    }
    for _ in 0..<unanswered {
      tally.take(
        LoadAnswer(
          start: LoadStart(request: 0, intended: 0), sent: 0, end: 1000, result: .success(.init(status: 503))),
        isMeasured: true, isGood: false)
    }
    for _ in 0..<unread {
      tally.take(
        LoadAnswer(
          start: LoadStart(request: 0, intended: 0), sent: 0, end: 1000,
          result: .failure(.endUnread(origin: "http://127.0.0.1:9"))), isMeasured: true, isGood: false)
    }
    tally.dropped = dropped
    return LatencyJudgement(
      result: LoadResult(
        plan: .open(100, 10), tally: tally, seconds: 10, wasAbandoned: false,
        requests: [HTTPRequest(url: "http://127.0.0.1:9/")]), confidence: 0.95)
  }

  private func milliseconds(_ count: Double) -> Quantity { Quantity(count / 1000, .seconds) }

  /// log(0.025)/log(p), rounded up.
  @Test(arguments: [(0.5, 6), (0.9, 36), (0.95, 72), (0.99, 368), (0.999, 3688), (0.9999, 36887)])
  func aPercentileNeedsSoManyRequests(_ share: Double, _ count: Int) {
    #expect(LatencyJudgement.needed(for: share, confidence: 0.95) == count)
  }

  /// Of 1,000 values the median lies between the 469th and the 532nd at 95 %: the binomial of 1,000 and a half leaves
  /// at most 0.025 below 469 and above 531.
  @Test func theIntervalIsThatOfTheOrderStatistics() throws {
    let load = judgement(1000)
    let found = try load.percentile("p50", 0.5, milliseconds(600))
    #expect(found.outcome == .passed)
    let interval = try #require(found.evidence.interval)
    #expect(abs(interval.lower - 0.469) < 0.001)
    #expect(abs(interval.upper - 0.532) < 0.001)
    #expect(interval.level == 0.95)
    #expect(found.evidence.method == "order statistics")
    #expect(try load.percentile("p50", 0.5, milliseconds(400)).outcome == .failed)
    let straddling = try load.percentile("p50", 0.5, milliseconds(510))
    #expect(straddling.outcome == .inconclusive)
    #expect(straddling.message.contains("the limit of 510ms lies within it; about "), "\(straddling.message)")
    #expect(straddling.message.hasSuffix("requests would decide"), "\(straddling.message)")
  }

  @Test func tooFewSayHowManyAreNeeded() throws {
    let load = judgement(367)
    let found = try load.percentile("p99", 0.99, milliseconds(1000))
    #expect(found.outcome == .inconclusive)
    #expect(found.message.contains("at least 368 are needed"), "\(found.message)")
    #expect(found.evidence.interval == nil)
    #expect(try judgement(368).percentile("p99", 0.99, milliseconds(1000)).outcome == .passed)
    // What is too slow is too slow, however few there are.
    #expect(try judgement(50).percentile("p99", 0.99, milliseconds(10)).outcome == .failed)
  }

  /// A server that refuses a twentieth of the requests at once is not fast: 95 in a hundred have an answer.
  @Test func noAnswerIsSlowerThanAnyLimit() throws {
    let load = judgement(1900, unanswered: 100)
    #expect(try load.percentile("p50", 0.5, milliseconds(2000)).outcome == .passed)
    #expect(try load.percentile("p99", 0.99, milliseconds(86_400_000)).outcome == .failed)
    #expect(load.maximum(milliseconds(5000)).outcome == .failed)
    #expect(load.mean(milliseconds(5000)).outcome == .failed)
    #expect(load.errors(Quantity(0.05, .share)).outcome == .passed)
    #expect(load.errors(Quantity(0.049, .share)).outcome == .failed)
    #expect(
      load.errors(Quantity(0, .share)).message == "100 of 2,000 requests had no good answer, but must be at most 0%")
    let dropped = judgement(1900, dropped: 100)
    #expect(try dropped.percentile("p99", 0.99, milliseconds(86_400_000)).outcome == .failed)
    #expect(dropped.errors(Quantity(0, .share)).outcome == .passed)
    #expect(dropped.late(Quantity(0, .share)).outcome == .failed)
  }

  /// Of whatever calls nobody knows how they ended, they are no failure, and hide none.
  @Test func whatIsNotKnownIsNoFailureAndHidesNone() throws {
    let load = judgement(1000, unread: 5)
    #expect(try load.percentile("p50", 0.5, milliseconds(600)).outcome == .passed)
    #expect(try load.percentile("p50", 0.5, milliseconds(400)).outcome == .failed)
    let many = judgement(1000, unread: 50)
    let undecided = try many.percentile("p99", 0.99, milliseconds(5000))
    #expect(undecided.outcome == .errored && undecided.message.contains("of 50 nobody knows"), "\(undecided.message)")
    #expect(try many.percentile("p99", 0.99, milliseconds(500)).outcome == .failed)
    #expect(load.maximum(milliseconds(5000)).outcome == .errored)
    #expect(load.maximum(milliseconds(500)).outcome == .failed)
    #expect(load.mean(milliseconds(5000)).outcome == .errored)
    #expect(judgement(1000, unanswered: 1, unread: 5).mean(milliseconds(5000)).outcome == .failed)
    #expect(load.errors(Quantity(0, .share)).outcome == .errored)
    #expect(judgement(1000, unanswered: 1, unread: 5).errors(Quantity(0, .share)).outcome == .failed)
    // 1,000 in ten seconds, and 1,005 at best.
    #expect(load.throughput(Quantity(100.2, .perSecond)).outcome == .errored)
    #expect(load.throughput(Quantity(101, .perSecond)).outcome == .failed)
    #expect(judgement(1900, dropped: 100, unread: 5).late(Quantity(0, .share)).outcome == .failed)
  }

  /// 1 to 100 ms: mean 50.5, standard deviation 29.011492, and t of 99 degrees at 95 % is 1.984217.
  @Test func theMeanHasItsInterval() throws {
    let load = judgement(100)
    let found = load.mean(milliseconds(60))
    #expect(found.outcome == .passed)
    let interval = try #require(found.evidence.interval)
    #expect(abs(interval.lower - 0.044744) < 5e-6)
    #expect(abs(interval.upper - 0.056256) < 5e-6)
    #expect(load.mean(milliseconds(40)).outcome == .failed)
    #expect(load.mean(milliseconds(52)).outcome == .inconclusive)
    #expect(judgement(1).mean(milliseconds(2)).outcome == .inconclusive)
    // Few that are fast do not say that all are; few that are slow do.
    #expect(judgement(49).mean(milliseconds(5000)).outcome == .inconclusive)
    #expect(judgement(50).mean(milliseconds(5000)).outcome == .passed)
    #expect(judgement(49).mean(milliseconds(2)).outcome == .failed)
  }

  @Test func theFindingShowsTheSlowest() throws {
    let found = try judgement(1000).percentile("p50", 0.5, milliseconds(100))
    #expect(found.evidence.samples.map(\.value).first == "1s, status 200")
    #expect(found.evidence.samples.count == LoadTally.keptAnswers)
    #expect(found.decisive?.request.url == "http://127.0.0.1:9/")
    #expect(found.evidence.notes[0].hasPrefix("p50 500"), "\(found.evidence.notes)")
  }

  // MARK: - The check

  private func check(_ text: String) throws -> LatencyCheck {
    var problems = Problems()
    let check = LatencyCheck.shape.decode(FlowText.node(text), &problems)
    return try #require(check, "\(problems.diagnostics.map(\.headline))")
  }

  @Test func nothingDueIsAnError() throws {
    let check = try check("{p99: {at_most: 1s}, rate: 0.01/s, warmup: 1s, duration: 1s}")
    let judgements = check.judgements(
      of: SimulatedServer { _ in 1 }.answer(check.load.plan(patience: 1)).result)
    #expect(judgements.map(\.outcome) == [.errored, .skipped, .skipped])
    #expect(judgements[0].reason == .nothingToEvaluate)
  }

  @Test func withoutAnyGoodAnswerTimesAreNotJudged() throws {
    let check = try check("{p99: {at_most: 1s}, mean: {at_most: 1s}, throughput: {at_least: 1/s}, rate: 50/s}")
    let server = SimulatedServer(work: { _ in 1000 }, status: { _ in 500 })
    let judgements = check.judgements(of: server.answer(check.load.plan(patience: 1)).result)
    #expect(judgements.map(\.outcome) == [.failed, .passed, .skipped, .skipped, .skipped])
  }

  /// The warm-up's requests hold every connection to the end.
  @Test func nothingSentIsNoPass() throws {
    let check = try check("{p50: {at_most: 1s}, rate: 10/s, concurrency: 1, warmup: 1s, duration: 1s}")
    let server = SimulatedServer { _ in .milliseconds(5000) }
    let run = server.answer(check.load.plan(patience: 60))
    #expect((run.tally.sent, run.tally.dropped) == (0, 10))
    let judgements = check.judgements(of: run.result)
    #expect(judgements.map(\.outcome) == [.errored, .failed, .skipped])
  }

  @Test func limitsAreClaimsInTheirOrder() throws {
    let preset = ProtocolName.http.preset.init(EndpointDeclaration())
    let open = try check("{p99.9: {at_most: 1s}, p50: {at_most: 1s}, max: {at_most: 1s}, rate: 9/s, duration: 10s}")
    #expect(open.claims(of: preset).map(\.name) == ["errors", "late", "p99.9", "p50", "max"])
    #expect(open.load.plan(patience: 1).warmup == 1)
    let closed = try check("{throughput: {at_least: 5/s}, mean: {at_most: 1s}, concurrency: 3, warmup: 0s}")
    #expect(closed.claims(of: preset).map(\.name) == ["errors", "mean", "throughput"])
    #expect(closed.load.plan(patience: 1).model == .closed)
  }

  @Test(arguments: [
    ("{p99: {at_most: 1s}}", "nothing says how requests arrive"),
    ("{rate: 10/s}", "a limit is missing"),
    ("{p99: 50ms, rate: 10/s}", "expected a mapping with keys such as \"at_most\""),
    ("{p99: {at_most: 0s}, rate: 10/s}", "a limit must be longer than nothing"),
    ("{p99: {at_most: 1s}, rate: 10}", "expected a rate such as 200/s"),
    ("{p99: {at_most: 1s}, rate: 0/s}", "a rate is from 0.001/s to 1000000/s, found 0/s"),
    ("{p99: {at_most: 1s}, rate: {from: 1/s}}", "the key \"to\" is missing here"),
    ("{p99: {at_most: 1s}, concurrency: 2, arrivals: poisson}", "arrivals belong to a rate"),
    ("{p99: {at_most: 1s}, concurrency: 2, late: {at_most: 1%}}", "nothing can be late"),
    ("{p99: {at_most: 1s}, concurrency: 0}", "expected a whole number from 1 to 10000"),
    ("{p98: {at_most: 1s}, rate: 1/s}", "unknown key \"p98\""),
    ("{p99: {at_most: 1s}, rate: 1/s, arrivals: uniform}", "is not one of constant, poisson"),
    ("{p99: {at_most: 1s}, rate: 1000000/s, duration: 1h}", "more than a thousand million requests"),
    ("{errors: {at_most: 100%}, rate: 1/s}", "every run would keep this limit"),
    ("{p99: {at_most: 1s}, rate: 1/s, confidence: 100%}", "a confidence is between 50% and 100%"),
  ])
  func mistakesAreFound(_ text: String, _ words: String) {
    var problems = Problems()
    #expect(LatencyCheck.shape.decode(FlowText.node(text), &problems) == nil)
    #expect(problems.diagnostics.contains { $0.headline.contains(words) }, "\(problems.diagnostics.map(\.headline))")
    #expect(problems.diagnostics.allSatisfy { $0.location?.line == 1 })
  }
}
