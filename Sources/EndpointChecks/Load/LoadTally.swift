internal import Statistics
internal import Transport

/// What was measured of a load, in constant memory however many requests there were. Times are nanoseconds since the
/// load began.
struct LoadTally: Sendable {
  /// From the moment at which a request was due to the last byte of its good answer: what a caller waits.
  private(set) var latencies = LatencyHistogram()
  /// From the moment at which it was sent. A server that stalls delays the requests behind it, too, and this time does
  /// not tell of that.
  private(set) var services = LatencyHistogram()
  /// From the moment at which a request was due to the first piece of its good answer, where answers are streamed.
  private(set) var firstTokens = LatencyHistogram()
  /// How many answers had which status, those that are not good among them.
  private(set) var statuses: [Int: Int] = [:]
  /// How many answers were no good ones for what stood in them, and what that was in the first.
  private(set) var flawed = 0
  private(set) var firstFlaw: String?
  /// How many requests had no complete answer, by the kind of what happened.
  private(set) var breaks: [String: Int] = [:]
  /// How many were sent and are measured.
  private(set) var sent = 0
  /// How many were sent before the measurement.
  private(set) var warmups = 0
  /// How many were answered well, those before the measurement among them.
  private(set) var answeredInAll = 0
  /// How many were due while every connection was busy, and were sent later.
  var late = 0
  /// How many were due and never sent, because every connection was busy to the end.
  var dropped = 0
  /// How many the load itself noticed too late, because this machine did not let it run.
  var behind = 0
  /// When the last answer came.
  private(set) var lastEnd: Int64 = 0
  /// The slowest good answers, the slowest first, and the first of the others.
  private(set) var slowest: [LoadAnswer] = []
  private(set) var firstFailures: [LoadAnswer] = []
  /// How many requests in a row had no complete answer up to now, and whether anything ever answered.
  private(set) var brokenInRow = 0
  private(set) var wasAnswered = false

  /// How many answers are kept of each sort.
  static let keptAnswers = 5

  /// How many were answered well.
  var answered: Int { latencies.count }
  /// How many were sent and not answered well.
  var failed: Int { sent - answered }
  /// How many calls of gRPC a server began to answer and ended the connection in good order, so that nobody knows how.
  private(set) var unread = 0
  /// How many were sent once more, because the server ended the connection without a word on them.
  private(set) var resent = 0
  /// How many nobody answered well, sent or not.
  var unanswered: Int { failed + dropped }
  /// How many were due.
  var due: Int { sent + dropped }

  mutating func take(_ answer: LoadAnswer, isMeasured: Bool, isGood: Bool) {
    lastEnd = max(lastEnd, answer.end)
    if case .success = answer.result {
      (brokenInRow, wasAnswered) = (0, true)
    } else {
      brokenInRow += 1
    }
    if isGood { answeredInAll += 1 }
    guard isMeasured else {
      warmups += 1
      return
    }
    sent += 1
    if answer.wasSentAgain { resent += 1 }
    switch answer.result {
    case .success(let reply):
      statuses[reply.status, default: 0] += 1
      if let flaw = reply.sight?.flaw {
        flawed += 1
        firstFlaw = firstFlaw ?? flaw
      }
    case .failure(let error):
      breaks[error.kind, default: 0] += 1
      if case .endUnread = error { unread += 1 }
    }
    guard isGood else {
      if firstFailures.count < Self.keptAnswers { firstFailures.append(answer) }
      return
    }
    latencies.record(answer.latency)
    if case .success(let reply) = answer.result, let first = reply.sight?.firstContent {
      firstTokens.record(first - answer.start.intended)
    }
    services.record(answer.end - answer.sent)
    if slowest.count < Self.keptAnswers || answer.latency > slowest[slowest.count - 1].latency { keep(answer) }
  }

  private mutating func keep(_ answer: LoadAnswer) {
    let place = slowest.firstIndex { $0.latency < answer.latency } ?? slowest.count
    slowest.insert(answer, at: place)
    if slowest.count > Self.keptAnswers { slowest.removeLast() }
  }
}

extension LoadAnswer {
  /// From the moment at which it was due.
  var latency: Int64 { end - start.intended }
}
