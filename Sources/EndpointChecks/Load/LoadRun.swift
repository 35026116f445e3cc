internal import Transport

/// The rules of a load: which request starts when, what is late, what is dropped, and what is measured. It knows
/// neither sockets nor clocks, so the same rules hold in a simulation.
struct LoadRun: LoadPacing, Sendable {
  let plan: LoadPlan
  private(set) var tally = LoadTally()
  /// Whether nothing answered any more, so that the load was ended.
  private(set) var wasAbandoned = false
  private let requests: Int
  private let accepts: @Sendable (Int) -> Bool
  /// Where the calls of gRPC go that the requests are; nil for requests that are what they seem.
  private let calledOrigin: String?
  private let measuredFrom: Int64
  private let end: Int64
  private let givesUpAfter: Int64

  private var arrivals: Arrivals?
  private var upcoming: Int64?
  /// What is due and not sent, and how many of the first of them were due while no connection was free.
  private var waiting = WaitingLine()
  /// Whether somebody ended it before its time.
  var wasCut = false
  private var started = 0
  private var measured = 0
  private var underWay = 0

  /// A load that begins a start this much later than it is due is itself behind, in nanoseconds.
  static let tolerance: Int64 = 10_000_000
  /// So many requests in a row without a complete answer, and nobody is there any more.
  static let brokenInRow = 1000

  /// - Parameters:
  ///   - requests: how many different requests there are; they take turns.
  ///   - calling: the origin of the calls of gRPC that the requests are.
  ///   - accepts: whether a status is a good answer.
  init(_ plan: LoadPlan, requests: Int, calling origin: String? = nil, accepts: @escaping @Sendable (Int) -> Bool) {
    self.plan = plan
    self.requests = requests
    self.accepts = accepts
    calledOrigin = origin
    measuredFrom = Int64((plan.warmup * 1e9).rounded())
    end = Int64(((plan.warmup + plan.duration) * 1e9).rounded())
    givesUpAfter = Int64((plan.patience * 1e9).rounded())
    arrivals = plan.arrivals
    upcoming = arrivals?.next()
  }

  mutating func next(at now: Int64, isFree: Bool) -> LoadStep {
    if wasAbandoned { return underWay > 0 ? .wait(until: nil) : .end }
    return plan.model.isOpen ? nextDue(at: now, isFree: isFree) : nextFree(at: now, isFree: isFree)
  }

  private mutating func nextFree(at now: Int64, isFree: Bool) -> LoadStep {
    if now >= end || isFull { return underWay > 0 ? .wait(until: nil) : .end }
    return isFree ? .send(start(due: now)) : .wait(until: nil)
  }

  private mutating func nextDue(at now: Int64, isFree: Bool) -> LoadStep {
    while let moment = upcoming, moment <= now, !isFull {
      waiting.append(moment)
      if moment >= measuredFrom {
        measured += 1
        if now - moment > Self.tolerance { tally.behind += 1 }
      }
      upcoming = arrivals?.next()
    }
    if isFull { upcoming = nil }
    if !isFree { waiting.block() }
    while let (moment, _) = waiting.first, now - moment > givesUpAfter { drop(moment) }
    if isFree, let (moment, wasBlocked) = waiting.first, !wasBlocked || now < end {
      waiting.removeFirst()
      if wasBlocked, moment >= measuredFrom { tally.late += 1 }
      return .send(start(due: moment))
    }
    if now >= end {
      while let (moment, _) = waiting.first { drop(moment) }
      // The last ones may be due at the very end.
      if upcoming == nil { return underWay > 0 ? .wait(until: nil) : .end }
    }
    if let upcoming { return .wait(until: upcoming) }
    if waiting.isEmpty, underWay == 0 { return .end }
    return .wait(until: waiting.isEmpty ? nil : end)
  }

  /// Nobody waits any longer for a request that could not be sent.
  private mutating func drop(_ moment: Int64) {
    waiting.removeFirst()
    if moment >= measuredFrom { tally.dropped += 1 }
  }

  /// Whether as many requests are due as may be measured.
  private var isFull: Bool { plan.maximumRequests.map { measured >= $0 } ?? false }

  private mutating func start(due moment: Int64) -> LoadStart {
    defer {
      started += 1
      underWay += 1
      if !plan.model.isOpen, moment >= measuredFrom { measured += 1 }
    }
    return LoadStart(request: started % requests, intended: moment)
  }

  mutating func take(_ answer: LoadAnswer) {
    underWay -= 1
    var answer = calledOrigin.map { answer.ofCall(from: $0) } ?? answer
    // What stands in an answer says nothing beside a status that is refused.
    if case .success(var reply) = answer.result, !accepts(reply.status) {
      reply.sight = nil
      answer.result = .success(reply)
    }
    let isGood =
      if case .success(let reply) = answer.result { accepts(reply.status) && reply.sight?.isGood != false } else {
        false
      }
    tally.take(answer, isMeasured: answer.start.intended >= measuredFrom, isGood: isGood)
    if tally.brokenInRow >= Self.brokenInRow { wasAbandoned = true }
  }

  /// How long was measured, in seconds: to the end of the time, or to the last answer when that came later or ended it.
  var measuredSeconds: Double {
    let last = isFull || wasAbandoned || wasCut ? tally.lastEnd : max(tally.lastEnd, end)
    return Double(max(0, last - measuredFrom)) / 1e9
  }
}

/// Requests that are due, in the order in which they became so.
private struct WaitingLine: Sendable {
  private var moments: [Int64] = []
  private var head = 0
  /// Where those begin that never met a busy moment.
  private var unblocked = 0

  var isEmpty: Bool { head == moments.count }

  /// The first one, and whether it had to wait for a connection.
  var first: (moment: Int64, wasBlocked: Bool)? { isEmpty ? nil : (moments[head], head < unblocked) }

  mutating func append(_ moment: Int64) { moments.append(moment) }

  /// No connection is free for any of them.
  mutating func block() { unblocked = moments.count }

  mutating func removeFirst() {
    head += 1
    // What is over goes when it is as much as what is left, so that each moment moves once on average.
    guard head * 2 >= moments.count else { return }
    moments.removeFirst(head)
    (head, unblocked) = (0, max(0, unblocked - head))
  }
}
