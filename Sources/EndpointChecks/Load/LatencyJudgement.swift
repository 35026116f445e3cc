internal import Language
internal import Statistics
internal import Verdict

/// What a load says about one limit of a `latency` check: pure, so that every verdict can be tried without a server.
///
/// A request without a good answer, sent or not, is slower than any limit: a server that refuses quickly is not fast.
struct LatencyJudgement {
  let result: LoadResult
  /// The two-sided level of the intervals.
  let confidence: Double

  private var tally: LoadTally { result.tally }
  private var unanswered: Int { tally.unanswered }

  // MARK: - Percentiles

  /// A quantile of all requests is at most a limit: by the order statistics between which it lies with confidence,
  /// whatever the distribution.
  ///
  /// - Parameter others: other times of the good answers than their latencies.
  func percentile(
    _ name: String, _ share: Double, _ limit: Quantity, of others: LatencyHistogram? = nil
  ) throws(Undefined) -> Judgement {
    let times = others ?? tally.latencies
    let count = tally.due
    let estimate = try LatencyEstimate.percentile(
      share, of: times, unanswered: count - times.count, confidence: confidence)
    let (point, lower, upper) = (estimate.point, estimate.lower, estimate.upper)
    let needed = Self.needed(for: share, confidence: confidence)
    var evidence = evidence(
      point, .atMost(limit), "order statistics",
      interval: Evidence.Interval(lower: lower, upper: upper, level: confidence))
    if others == nil { evidence.samples = result.samples(tally.slowest) }
    let end = upper.isFinite ? text(upper) : count < needed ? "unknown" : "no answer"
    let found =
      point.isFinite
      ? "\(name) is \(text(point)) (\(Quantity(confidence, .share)) interval \(text(lower)) to \(end))"
      : "\(name) is no time, since \(Quantity.grouped(count - times.count)) of \(counted(count)) had no good answer"
    if upper <= limit.value { return judgement(.passed, "\(found), at most \(limit)", evidence) }
    if lower > limit.value {
      let best = try LatencyEstimate.percentile(
        share, of: atBest(times), unanswered: count - times.count - tally.unread, confidence: confidence)
      return failed("\(found), but must be at most \(limit)", evidence, isKnown: best.lower > limit.value)
    }
    guard count >= needed else {
      let requests = count == 1 ? "1 request says" : "\(Quantity.grouped(count)) requests say"
      return judgement(
        .inconclusive,
        "\(requests) too little of \(name): at least \(Quantity.grouped(needed)) are needed, and the largest time that "
          + "was seen is \(text(seconds(times.maximum))); at most \(limit) is asked for", evidence)
    }
    let within = try BinomialCount(times.count(upTo: nanoseconds(limit)), of: count)
    let interval = try ClopperPearson.interval(within, confidence: confidence).interval
    let deciding = try DecidingCount(estimate: within.share, interval: interval, limit: share, count: count)
    return judgement(
      .inconclusive, "\(found), and the limit of \(limit) lies within it; \(deciding.words)", evidence)
  }

  /// The fewest values of which the largest is above the quantile with confidence on its side.
  static func needed(for share: Double, confidence: Double) -> Int {
    let tail = (1 - confidence) / 2
    var (count, power) = (0, 1.0)
    while power > tail {
      power *= share
      count += 1
    }
    return count
  }

  // MARK: - Other times

  func mean(_ limit: Quantity) -> Judgement {
    guard unanswered == 0, let estimate = LatencyEstimate.mean(of: tally.latencies, confidence: confidence) else {
      return unansweredMean(limit)
    }
    let (value, lower, upper) = (estimate.point, estimate.lower, estimate.upper)
    let count = tally.latencies.count
    let evidence = evidence(
      value, .atMost(limit), "t-interval",
      interval: Evidence.Interval(lower: lower, upper: upper, level: confidence))
    let end = upper.isFinite ? text(upper) : "unknown"
    let found = "mean is \(text(value)) (\(Quantity(confidence, .share)) interval \(text(lower)) to \(end))"
    if upper <= limit.value { return judgement(.passed, "\(found), at most \(limit)", evidence) }
    if lower > limit.value { return failed("\(found), but must be at most \(limit)", evidence) }
    let words =
      upper.isFinite
      ? (try? DecidingCount(
        estimate: value, interval: ConfidenceInterval(lower: lower, upper: upper, confidence: confidence),
        limit: limit.value, count: count))?.words : "at least \(LatencyEstimate.fewestForMean) requests are needed"
    return judgement(
      .inconclusive, "\(found), and the limit of \(limit) lies within it" + (words.map { "; \($0)" } ?? ""), evidence)
  }

  private func unansweredMean(_ limit: Quantity) -> Judgement {
    failed(
      "\(counted(unanswered)) without a good answer, so that the mean is no time, but it must be at most \(limit)",
      evidence(.infinity, .atMost(limit), "point", interval: nil), isKnown: unanswered > tally.unread)
  }

  func maximum(_ limit: Quantity) -> Judgement {
    let value = unanswered > 0 ? .infinity : seconds(tally.latencies.maximum)
    var evidence = evidence(value, .atMost(limit), "point", interval: nil)
    evidence.samples = result.samples(tally.slowest)
    if value <= limit.value { return judgement(.passed, "max is \(text(value)), at most \(limit)", evidence) }
    let found = unanswered > 0 ? "\(counted(unanswered)) without a good answer" : "max is \(text(value))"
    let isTooSlow = tally.latencies.maximum.map { seconds($0) > limit.value } ?? false
    let isKnown = isTooSlow || unanswered > tally.unread
    return failed("\(found), but must be at most \(limit)", evidence, isKnown: isKnown)
  }

  // MARK: - Comparisons

  /// How much longer a time is than in a run that was recorded: a percentile, or the mean without a share.
  func regression(
    _ name: String, _ share: Double?, _ margin: Margin, from baseline: RecordedLoad
  ) throws(Undefined) -> Judgement {
    if let load = baseline.load, load != result.plan.load {
      let message = "the baseline was measured under another load: \(load); this one is \(result.plan.load)"
      return Judgement(.errored, message, reason: .undefined)
    }
    let each = LatencyRegression.eachConfidence(confidence)
    let pair: (LatencyEstimate, LatencyEstimate)
    if let share {
      pair = (
        try .percentile(share, of: tally.latencies, unanswered: unanswered, confidence: each),
        try .percentile(share, of: baseline.latencies, unanswered: baseline.unanswered, confidence: each)
      )
      guard pair.1.point.isFinite else {
        let all = baseline.latencies.count + baseline.unanswered
        let message =
          "the baseline's \(name) is no time: \(Quantity.grouped(baseline.unanswered)) of its \(counted(all)) had no "
          + "good answer; record a run without errors, or compare a lower percentile"
        return Judgement(.errored, message, reason: .baseline)
      }
    } else {
      guard unanswered + baseline.unanswered == 0,
        let candidate = LatencyEstimate.mean(of: tally.latencies, confidence: each),
        let recorded = LatencyEstimate.mean(of: baseline.latencies, confidence: each)
      else {
        let counts =
          "\(counted(unanswered)) without a good answer, \(Quantity.grouped(baseline.unanswered)) in the baseline"
        throw .outsideDomain("\(counts): the mean is no time")
      }
      pair = (candidate, recorded)
    }
    var judgement = LatencyRegression(
      name: name, candidate: pair.0, baseline: pair.1, margin: margin, confidence: confidence
    ).judgement(requests: tally.due)
    judgement.evidence.notes = result.notes
    judgement.evidence.samples = result.samples(tally.slowest)
    guard judgement.outcome == .failed else {
      return self.judgement(judgement.outcome, judgement.message, judgement.evidence)
    }
    var isKnown = false
    if let share {
      let best = try LatencyEstimate.percentile(
        share, of: atBest(tally.latencies), unanswered: unanswered - tally.unread, confidence: each)
      let regression = LatencyRegression(
        name: name, candidate: best, baseline: pair.1, margin: margin, confidence: confidence)
      isKnown = regression.judgement(requests: tally.due).outcome == .failed
    }
    return failed(judgement.message, judgement.evidence, isKnown: isKnown)
  }

  // MARK: - Counts

  func errors(_ limit: Quantity) -> Judgement {
    guard tally.sent > 0 else {
      let message = "none of the \(counted(tally.dropped)) that were due was sent: no connection was free"
      return Judgement(.errored, message, reason: .nothingToEvaluate, evidence: Evidence(notes: result.notes))
    }
    let share = Double(tally.failed) / Double(tally.sent)
    var evidence = Evidence(
      observed: Quantity(share, .share), limit: .atMost(limit),
      counts: .init(rows: tally.sent, nulls: 0, evaluated: tally.sent, violating: tally.failed))
    evidence.samples = result.samples(tally.firstFailures)
    evidence.notes = result.notes
    let found = "\(Quantity.grouped(tally.failed)) of \(counted(tally.sent)) had no good answer"
    var judgement =
      share <= limit.value
      ? Judgement(.passed, "\(found), at most \(limit)", evidence: evidence)
      : Judgement(.failed, "\(found), but must be at most \(limit)", evidence: evidence)
    // Not known is not failed, unless what is known is enough for that.
    if tally.unread > 0, judgement.outcome == .failed,
      Double(tally.failed - tally.unread) <= limit.value * Double(tally.sent)
    {
      judgement = undecided("\(found), at most \(limit)", evidence)
    }
    judgement.decisive = (tally.firstFailures.first ?? tally.slowest.first).map(result.transcript)
    return judgement
  }

  func late(_ limit: Quantity) -> Judgement {
    let count = tally.late + tally.dropped
    let share = Double(count) / Double(max(tally.due, 1))
    var evidence = Evidence(
      observed: Quantity(share, .share), limit: .atMost(limit),
      counts: .init(rows: tally.due, nulls: 0, evaluated: tally.due, violating: count))
    evidence.notes = result.notes
    let found =
      "\(Quantity.grouped(tally.late)) of \(counted(tally.due)) started late and "
      + "\(Quantity.grouped(tally.dropped)) never, for want of a free connection"
    if share <= limit.value {
      let words = count == 0 ? "all \(counted(tally.due)) started when they were due" : "\(found), at most \(limit)"
      return judgement(.passed, words, evidence)
    }
    return failed("\(found), but must be at most \(limit)", evidence, isKnown: true)
  }

  func throughput(_ limit: Quantity) -> Judgement {
    let found = Quantity((result.throughput * 100).rounded() / 100, .perSecond)
    var evidence = Evidence(observed: found, limit: .atLeast(limit))
    evidence.notes = result.notes
    if result.throughput >= limit.value {
      return judgement(.passed, "throughput is \(found), at least \(limit)", evidence)
    }
    return failed(
      "throughput is \(found), but must be at least \(limit)", evidence,
      isKnown: Double(tally.answered + tally.unread) < limit.value * result.seconds)
  }

  // MARK: - Words

  private func evidence(
    _ value: Double, _ limit: Bound, _ method: String, interval: Evidence.Interval?
  ) -> Evidence {
    Evidence(
      observed: value.isFinite ? Quantity(of: .seconds(value)) : nil,
      observedText: value.isFinite ? nil : "no time, for want of good answers", limit: limit,
      counts: .init(rows: tally.due, nulls: 0, evaluated: tally.due, violating: nil),
      // An end that nobody has seen is told in the message: reports write numbers.
      interval: interval.flatMap { $0.upper.isFinite ? $0 : nil },
      method: method, notes: result.notes)
  }

  private func judgement(_ outcome: Outcome, _ message: String, _ evidence: Evidence) -> Judgement {
    Judgement(outcome, message, evidence: evidence, decisive: tally.slowest.first.map(result.transcript))
  }

  private func undecided(_ message: String, _ evidence: Evidence) -> Judgement {
    Judgement(
      .errored,
      "\(message); of \(Quantity.grouped(tally.unread)) nobody knows whether they succeeded: the server ended the "
        + "connection during its answer (GOAWAY), and libcurl before 8 loses the end of that", reason: .transport,
      evidence: evidence)
  }

  /// The times, and those of which nobody knows as if they had been good at once.
  private func atBest(_ times: LatencyHistogram) -> LatencyHistogram {
    var times = times
    times.record(0...0, times: tally.unread)
    return times
  }

  /// A failure, unless it may be this machine's own, or none.
  ///
  /// - Parameter isKnown: whether it is one however those ended of which nobody knows.
  private func failed(_ message: String, _ evidence: Evidence, isKnown: Bool = false) -> Judgement {
    if tally.unread > 0, !isKnown { return undecided(message, evidence) }
    return result.wasBehind
      ? judgement(.inconclusive, "\(message); it may be no fault of the endpoint's: \(result.behind)", evidence)
      : judgement(.failed, message, evidence)
  }

  private func counted(_ count: Int) -> String { count == 1 ? "1 request" : "\(Quantity.grouped(count)) requests" }

  private func seconds(_ nanoseconds: Int64?) -> Double { nanoseconds.map { Double($0) / 1e9 } ?? .infinity }

  private func nanoseconds(_ limit: Quantity) -> Int64 { Int64((limit.value * 1e9).rounded()) }

  private func text(_ seconds: Double) -> String {
    seconds.isFinite ? Quantity(of: .seconds(seconds)).description : "no answer"
  }
}

extension DecidingCount {
  var words: String {
    switch self {
    case .rows(let count): "about \(Quantity.grouped(count)) requests would decide"
    case .more(let count): "more than \(Quantity.grouped(count)) requests would be needed to decide"
    case .never: "what was seen sits on the limit, so that no number of requests decides"
    }
  }
}
