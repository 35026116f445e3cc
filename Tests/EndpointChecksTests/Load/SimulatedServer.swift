import Transport

@testable import EndpointChecks

/// A server in a time of its own, where nothing is measured and everything is known: how long it works on each request,
/// and how many it works on at once.
struct SimulatedServer {
  /// In nanoseconds, by the number of the request.
  var work: (Int) -> Int64
  /// When nothing moves.
  var stall: Range<Int64> = 0..<0
  /// How many requests it works on at once; the others wait in its queue.
  var workers = Int.max
  /// The status of each answer.
  var status: (Int) -> Int = { _ in 200 }

  /// Runs a load to its end.
  func answer(_ plan: LoadPlan) -> LoadRun {
    var run = LoadRun(plan, requests: 1) { $0 == 200 }
    /// When each request that is under way is answered, and each worker that is busy is free.
    var underWay: [(end: Int64, sent: Int64, start: LoadStart, number: Int)] = []
    var busy: [Int64] = []
    var (now, number): (Int64, Int) = (0, 0)
    while true {
      switch run.next(at: now, isFree: underWay.count < plan.concurrency) {
      case .end: return run
      case .send(let start):
        busy.removeAll { $0 <= now }
        let begins = busy.count < workers ? now : busy.sorted()[busy.count - workers]
        var end = begins + work(number)
        if end > stall.lowerBound, begins < stall.upperBound { end += stall.upperBound - max(begins, stall.lowerBound) }
        busy.append(end)
        underWay.append((end, now, start, number))
        number += 1
      case .wait(let moment):
        let next = underWay.min { ($0.end, $0.number) < ($1.end, $1.number) }
        guard let next, next.end <= moment ?? .max else {
          // A load that waits for nothing would wait for ever.
          guard let moment, moment > now else { return run }
          now = moment
          continue
        }
        now = next.end
        underWay.removeAll { $0.number == next.number }
        run.take(
          LoadAnswer(
            start: next.start, sent: next.sent, end: next.end, result: .success(.init(status: status(next.number)))))
      }
    }
  }
}

extension LoadPlan {
  static func open(
    _ rate: Double, _ duration: Double, concurrency: Int = 1000, warmup: Double = 0,
    _ pattern: Arrivals.Pattern = .constant, maximumRequests: Int? = nil, patience: Double = 60
  ) -> LoadPlan {
    LoadPlan(
      model: .open(pattern, .init(first: rate, last: rate)), concurrency: concurrency, warmup: warmup,
      duration: duration, maximumRequests: maximumRequests, patience: patience)
  }

  static func closed(
    _ concurrency: Int, _ duration: Double, warmup: Double = 0, maximumRequests: Int? = nil
  ) -> LoadPlan {
    LoadPlan(
      model: .closed, concurrency: concurrency, warmup: warmup, duration: duration, maximumRequests: maximumRequests,
      patience: 60)
  }
}

extension LoadRun {
  var result: LoadResult {
    LoadResult(
      plan: plan, tally: tally, seconds: measuredSeconds, wasAbandoned: wasAbandoned,
      requests: [HTTPRequest(url: "http://127.0.0.1:9/")])
  }
}

extension Int64 {
  static func milliseconds(_ count: Double) -> Int64 { Int64(count * 1e6) }
}
