internal import Statistics
internal import Transport
internal import Verdict

/// A load that is over: what it was, and what was measured.
struct LoadResult: Sendable {
  var plan: LoadPlan
  var tally: LoadTally
  /// How long was measured, in seconds.
  var seconds: Double
  /// Whether nothing answered any more, so that it was ended early.
  var wasAbandoned: Bool
  /// The different requests that took turns.
  var requests: [HTTPRequest]
  /// What they were made from.
  var plans: [RequestPlan] = []

  /// Good answers a second.
  var throughput: Double { seconds > 0 ? Double(tally.answered) / seconds : 0 }

  /// Whether this machine kept the load so busy that a slow answer may be its own: a hundredth of the starts.
  var wasBehind: Bool { tally.behind > 0 && tally.behind * 100 >= tally.due }

  /// What happened, for a person.
  var notes: [String] {
    var notes = [profile(of: tally.latencies, tally.latencies.count > 0)].compactMap { $0 }
    if plan.model.isOpen, tally.services.count > 0 {
      notes.append(
        "from the moment of sending: "
          + [0.5, 0.99].map { "p\(Quantity.text($0 * 100)) \(time(tally.services.quantile($0)))" }.joined(
            separator: ", ")
          + ", max \(time(tally.services.maximum))")
    }
    if tally.firstTokens.count > 0 {
      notes.append(
        "time to first token: "
          + [0.5, 0.99].map { "p\(Quantity.text($0 * 100)) \(time(tally.firstTokens.quantile($0)))" }.joined(
            separator: ", ") + ", max \(time(tally.firstTokens.maximum))")
    }
    notes.append("\(plan)")
    let answers =
      tally.statuses.keys.sorted().map { "\($0): \(Quantity.grouped(tally.statuses[$0, default: 0]))" }
      + tally.breaks.keys.sorted().map { "\($0): \(Quantity.grouped(tally.breaks[$0, default: 0]))" }
    if !answers.isEmpty { notes.append("answers by status: " + answers.joined(separator: ", ")) }
    if tally.flawed > 0 {
      notes.append("\(Quantity.grouped(tally.flawed)) of them no good answers: \(tally.firstFlaw ?? "")")
    }
    if tally.resent > 0 {
      notes.append(
        "sent again over another connection, where the server ended theirs without an answer: "
          + Quantity.grouped(tally.resent))
    }
    if tally.late + tally.dropped > 0 {
      notes.append("\(Quantity.grouped(tally.late)) started late and \(Quantity.grouped(tally.dropped)) never")
    }
    if wasBehind { notes.append(behind) }
    if wasAbandoned {
      notes.append("ended early: \(Quantity.grouped(LoadRun.brokenInRow)) requests in a row had no answer")
    }
    return notes
  }

  var behind: String {
    "this machine was too busy to keep time: \(Quantity.grouped(tally.behind)) of \(Quantity.grouped(tally.due)) "
      + "requests were noticed more than \(Quantity(of: .nanoseconds(LoadRun.tolerance))) after they were due"
  }

  private func profile(of histogram: LatencyHistogram, _ isMeasured: Bool) -> String? {
    guard isMeasured else { return nil }
    let quantiles = [0.5, 0.9, 0.99, 0.999].map { "p\(Quantity.text($0 * 100)) \(time(histogram.quantile($0)))" }
    let bars = LatencyBars(histogram, bars: 24)
    return "\(quantiles.joined(separator: ", ")), max \(time(histogram.maximum)); \(time(histogram.minimum)) "
      + "\(Sparkline(bars.bars.map { Double($0.count) })) \(time(histogram.maximum))"
  }

  private func time(_ nanoseconds: Int64?) -> String { Quantity(of: .nanoseconds(nanoseconds ?? 0)).description }

  // MARK: - Single answers

  /// An answer as an exchange: what to show of it, and to send again.
  func transcript(of answer: LoadAnswer) -> Transcript {
    let elapsed = Duration.nanoseconds(answer.end - answer.sent)
    return Transcript(
      request: requests[answer.start.request],
      result: answer.result.map { reply in
        HTTPResponse(
          status: reply.status, headers: reply.headers, body: reply.body, timings: HTTPTimings(total: elapsed))
      }, elapsed: elapsed,
      plan: plans.indices.contains(answer.start.request) ? plans[answer.start.request] : nil)
  }

  /// Answers as offending places.
  func samples(_ answers: [LoadAnswer]) -> [Evidence.Sample] {
    answers.map { answer in
      let due = Quantity(of: .nanoseconds(answer.start.intended))
      let words =
        switch answer.result {
        case .success(let reply):
          "status \(reply.status)" + (reply.sight?.flaw.map { ", but \($0)" } ?? "")
        case .failure(let error): error.kind
        }
      return Evidence.Sample(
        key: requests.count > 1 ? "row \(answer.start.request + 1), due at \(due)" : "due at \(due)",
        value: "\(time(answer.latency)), \(words)")
    }
  }
}

extension LoadPlan: CustomStringConvertible {
  var description: String {
    let length =
      maximumRequests.map { "at most \(Quantity.grouped($0)) requests in " } ?? ""
    return "\(load), \(length)\(Quantity(duration, .seconds)) after \(Quantity(warmup, .seconds)) of warm-up"
  }

  /// What it does, however long: a shorter run of the same load may be compared with a longer one.
  var load: String {
    let connections = concurrency == 1 ? "1 connection" : "\(Quantity.grouped(concurrency)) connections"
    switch model {
    case .closed: return "closed model: \(connections), each sends when it has its answer"
    case .open(let pattern, let rate):
      let rates =
        Set([rate.first, rate.last]).count == 1
        ? "\(Quantity(rate.first, .perSecond))"
        : "\(Quantity(rate.first, .perSecond)) to \(Quantity(rate.last, .perSecond))"
      return "open model: \(pattern.rawValue) arrivals, \(rates), at most \(connections)"
    }
  }
}
