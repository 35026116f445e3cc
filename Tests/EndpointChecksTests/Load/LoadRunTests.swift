import Statistics
import Testing
import Transport
import Verdict

@testable import EndpointChecks

/// The rules of a load against servers in a time of their own.
@Suite struct LoadRunTests {
  private let fast = SimulatedServer { _ in .milliseconds(2) }

  @Test func everyArrivalOfAFastServerIsOnTime() {
    let tally = fast.answer(.open(200, 10)).tally
    #expect((tally.sent, tally.answered, tally.late, tally.dropped, tally.behind) == (2000, 2000, 0, 0, 0))
    #expect(tally.latencies.maximum == .milliseconds(2))
    #expect(tally.services.minimum == .milliseconds(2))
  }

  @Test func theWarmUpIsSentAndNotMeasured() {
    let server = SimulatedServer { $0 < 100 ? .milliseconds(50) : .milliseconds(2) }
    let open = server.answer(.open(100, 5, warmup: 1)).tally
    #expect((open.warmups, open.sent, open.latencies.maximum) == (100, 500, .milliseconds(2)))
    let closed = SimulatedServer { $0 < 20 ? .milliseconds(50) : .milliseconds(2) }.answer(.closed(1, 5, warmup: 1))
      .tally
    #expect((closed.warmups, closed.sent, closed.latencies.maximum) == (20, 2500, .milliseconds(2)))
  }

  /// In the closed model a connection sends as often as the server lets it.
  @Test func closedConnectionsWaitForTheirAnswers() {
    let run = SimulatedServer { _ in .milliseconds(10) }.answer(.closed(4, 2))
    #expect(run.tally.sent == 800)
    #expect(run.result.throughput == 400)
    #expect(run.tally.latencies == run.tally.services)
  }

  @Test func theCountEndsALoadEarly() {
    #expect(fast.answer(.closed(4, 60, maximumRequests: 10)).tally.sent == 10)
    let run = fast.answer(.open(100, 60, warmup: 1, maximumRequests: 50))
    #expect((run.tally.sent, run.tally.warmups) == (50, 100))
    // The last of them is due after 0.49 s and answered 2 ms later.
    #expect(abs(run.measuredSeconds - 0.492) < 1e-9)
  }

  /// What somebody ends before its time was measured no longer than answers came.
  @Test func aLoadThatIsCutEndsWithItsLastAnswer() {
    var run = SimulatedServer { _ in .milliseconds(10) }.answer(.open(1, 1))
    #expect(run.tally.sent == 1 && run.measuredSeconds == 1)
    run.wasCut = true
    #expect(run.measuredSeconds == 0.01)
  }

  /// One request in a hundred takes ten times as long: the median and p95 do not see it, p99.9 does.
  @Test func aSlowTailIsFound() throws {
    let server = SimulatedServer { $0 % 100 == 99 ? .milliseconds(50) : .milliseconds(5) }
    for plan in [LoadPlan.open(1000, 10), .closed(8, 10)] {
      let judgement = LatencyJudgement(result: server.answer(plan).result, confidence: 0.95)
      let limit = Quantity(0.02, .seconds)
      #expect(try judgement.percentile("p50", 0.5, limit).outcome == .passed)
      #expect(try judgement.percentile("p95", 0.95, limit).outcome == .passed)
      #expect(try judgement.percentile("p99.9", 0.999, limit).outcome == .failed)
      #expect(judgement.maximum(limit).outcome == .failed)
      #expect(judgement.mean(limit).outcome == .passed)
    }
  }

  /// A server that stands still for a second. One caller who waits sees one slow request among thousands; callers who
  /// do not wait see all that were due in that second, each by so much less as it came later.
  @Test func aStallShowsInTheOpenModelAndHidesInTheClosedOne() throws {
    var server = SimulatedServer { _ in .milliseconds(1) }
    server.stall = .milliseconds(4000) ..< .milliseconds(5000)
    let limit = Quantity(0.05, .seconds)
    let closed = server.answer(.closed(1, 10)).tally
    #expect(closed.answered - closed.latencies.count(upTo: .milliseconds(50)) == 1)
    #expect(try #require(closed.latencies.mean) < 2e6)

    let run = server.answer(.open(200, 10))
    let slow = run.tally.answered - run.tally.latencies.count(upTo: .milliseconds(50))
    // Due from 4 s to 4.951 s, at 200 a second.
    #expect((190...191).contains(slow))
    let judgement = LatencyJudgement(result: run.result, confidence: 0.95)
    #expect(try judgement.percentile("p99", 0.99, limit).outcome == .failed)
    #expect(run.tally.latencies.maximum == .milliseconds(1001))
    #expect(run.tally.late == 0)
  }

  /// With few connections the requests that are due in the stall cannot even be sent: from the sending hardly one is
  /// slow, from the moment they were due all are.
  @Test func waitingForAConnectionCounts() throws {
    var server = SimulatedServer { _ in .milliseconds(1) }
    server.stall = .milliseconds(4000) ..< .milliseconds(5000)
    let tally = server.answer(.open(200, 10, concurrency: 2)).tally
    #expect(tally.late > 150)
    #expect(tally.dropped == 0)
    #expect(tally.services.count - tally.services.count(upTo: .milliseconds(50)) <= 2)
    #expect(tally.latencies.count - tally.latencies.count(upTo: .milliseconds(50)) >= 185)
  }

  /// A server that answers 100 a second and is asked 200: half is late or never sent, and latencies grow to the end.
  @Test func aServerSlowerThanTheRateHasLateStarts() {
    let server = SimulatedServer { _ in .milliseconds(40) }
    let run = server.answer(.open(200, 10, concurrency: 4))
    let tally = run.tally
    #expect(tally.due == 2000)
    #expect((990...1010).contains(tally.sent))
    #expect(tally.late > 900)
    #expect(tally.dropped > 900)
    #expect((tally.latencies.maximum ?? 0) > .milliseconds(4500))
    #expect(tally.services.maximum == .milliseconds(40))
    let judgement = LatencyJudgement(result: run.result, confidence: 0.95)
    #expect(judgement.late(Quantity(0, .share)).outcome == .failed)
    #expect(judgement.late(Quantity(0.999, .share)).outcome == .passed)
    #expect(judgement.throughput(Quantity(150, .perSecond)).outcome == .failed)
    #expect(judgement.throughput(Quantity(90, .perSecond)).outcome == .passed)
  }

  @Test func nobodyWaitsLongerThanTheirPatience() {
    let server = SimulatedServer { _ in .milliseconds(100) }
    let tally = server.answer(.open(100, 10, concurrency: 1, patience: 0.5)).tally
    #expect(tally.due == 1000)
    #expect(tally.sent + tally.dropped == 1000)
    #expect((tally.latencies.maximum ?? 0) <= .milliseconds(600))
  }

  @Test func aServerWhoIsGoneEndsTheLoad() {
    var run = LoadRun(.closed(1, 3600), requests: 1) { $0 == 200 }
    var now: Int64 = 0
    var sent = 0
    while case .send(let start) = run.next(at: now, isFree: true) {
      sent += 1
      now += 1000
      run.take(
        LoadAnswer(start: start, sent: now, end: now, result: .failure(.connectionRefused(origin: "http://x:1"))))
    }
    #expect(sent == LoadRun.brokenInRow)
    #expect(run.wasAbandoned)
    #expect(run.tally.breaks == ["connection-refused": 1000])
  }

  /// When this machine does not let the load run, what fails is not the server's failure.
  @Test func aBusyMachineIsNoSlowServer() throws {
    var run = LoadRun(.open(1000, 1), requests: 1) { $0 == 200 }
    // It sleeps for half a second and finds 500 requests due.
    var now: Int64 = .milliseconds(500)
    while true {
      let step = run.next(at: now, isFree: true)
      if case .send(let start) = step {
        run.take(LoadAnswer(start: start, sent: now, end: now + 1000, result: .success(.init(status: 200))))
      } else if case .wait(let moment?) = step {
        now = moment
      } else {
        break
      }
    }
    #expect((run.tally.late, run.tally.behind) == (0, 490))
    let judgement = LatencyJudgement(result: run.result, confidence: 0.95)
    let failed = try judgement.percentile("p99", 0.99, Quantity(0.05, .seconds))
    #expect(failed.outcome == .inconclusive)
    #expect(failed.message.contains("too busy to keep time: 490 of 1,000 requests"), "\(failed.message)")
    #expect(try judgement.percentile("p99", 0.99, Quantity(1, .seconds)).outcome == .passed)
  }

  @Test func requestsTakeTurns() {
    var run = LoadRun(.closed(1, 1), requests: 3) { $0 == 200 }
    let turns = (0..<7).compactMap { _ in
      if case .send(let start) = run.next(at: 0, isFree: true) { start.request } else { nil }
    }
    #expect(turns == [0, 1, 2, 0, 1, 2, 0])
  }

  @Test func memoryDoesNotGrowWithTheRequests() {
    let tally = fast.answer(.closed(1, 400)).tally
    #expect(tally.sent == 200_000)
    #expect(tally.slowest.count == LoadTally.keptAnswers)
    #expect(tally.latencies.counts.count == LatencyHistogram().counts.count)
  }
}
