internal import Language
internal import Transport
internal import Verdict

/// The verdicts on streams that are over: pure, so that each can be tried without a server.
struct StreamJudgement {
  /// A stream, and what was said to the same request without one.
  struct Stream {
    var row: Int
    var reading: StreamReading
    var plain: Result<StreamAnswer, Complaint>?
    var transcript: Transcript
  }

  let streams: [Stream]
  let format: any StreamFormat
  var secrets = Secrets()

  private var words: String { streams.count == 1 ? "the stream" : "all \(Quantity.grouped(streams.count)) streams" }

  /// The verdict on a claim about every stream.
  ///
  /// - Parameter violation: what is wrong with a stream; nil for one that keeps it.
  private func judge(
    _ limit: String, passing: String, location: SourceLocation? = nil, notes: [String] = [],
    _ violation: (Stream) -> String?
  ) -> Judgement {
    let violations = streams.compactMap { stream in violation(stream).map { (stream, $0) } }
    let evidence = Evidence(
      limit: .text(limit),
      counts: .init(rows: streams.count, nulls: 0, evaluated: streams.count, violating: violations.count),
      samples: violations.map { .init(key: "row \($0.0.row + 1)", value: $0.1) }, notes: notes)
    guard let (stream, text) = violations.first else {
      return Judgement(.passed, passing, evidence: evidence, location: location, decisive: streams.first?.transcript)
    }
    let more = violations.count > 1 ? " (and \(violations.count - 1) more of \(streams.count) streams)" : ""
    return Judgement(
      .failed, "row \(stream.row + 1): \(text)\(more)", evidence: evidence, location: location,
      decisive: stream.transcript)
  }

  // MARK: - Form

  func events() -> Judgement {
    let count = streams.map(\.reading.eventCount).reduce(0, +)
    let slowest = streams.max {
      ($0.reading.timeToFirstToken?.nanoseconds ?? 0) < ($1.reading.timeToFirstToken?.nanoseconds ?? 0)
    }
    let times = slowest.map {
      "row \($0.row + 1) was the slowest to begin: \($0.reading.profile.joined(separator: ", "))"
    }
    return judge(
      "events of JSON without an error", passing: "\(words) with \(Quantity.grouped(count)) events read well",
      notes: slowest?.reading.profile.isEmpty == false ? [times].compactMap { $0 } : []
    ) { stream in
      guard let first = stream.reading.issues.first else { return nil }
      let others = stream.reading.issues.count - 1
      return first + (others > 0 ? "; and \(others) more" : "")
    }
  }

  func end() -> Judgement {
    let limit = format.terminator ?? "the end of the reply"
    let passing = streams.count == 1 ? "the stream ends with \(limit)" : "\(words) end with \(limit)"
    return judge(limit, passing: passing) { stream in
      let reading = stream.reading
      if reading.isTerminated, case .timedOut? = reading.interruption {
        return "the reply does not end behind \(limit): the time was up"
      }
      // Behind the terminator nobody reads any more.
      guard !reading.isTerminated, format.terminator != nil || reading.interruption != nil else { return nil }
      let count = reading.eventCount == 1 ? "1 event" : "\(Quantity.grouped(reading.eventCount)) events"
      let how = reading.interruption.map { "breaks off (\($0.kind))" } ?? "ends"
      let terminator = format.terminator.map { " without \($0)" } ?? ""
      return "the stream \(how) after \(count)\(terminator); the last: \(reading.lastEvent ?? "nothing")"
    }
  }

  func finish(_ allowed: [String], at location: SourceLocation?) -> Judgement {
    let count = format.choices.map { $0 == 1 ? "the choice" : "each of \($0) choices" } ?? "each choice"
    let limit = "one finish_reason for \(count): \(allowed.joined(separator: ", "))"
    return judge(
      limit, passing: "each choice is finished once, by \(allowed.joined(separator: " or "))", location: location
    ) { stream in
      let reading = stream.reading
      let choices = Set(reading.choices.keys).union(reading.finishes.keys).sorted()
      // Each of several prompts in a row has as many.
      if let asked = format.choices, choices.isEmpty || choices.count % asked != 0 {
        let came = choices.count == 1 ? "1 choice" : "\(choices.count) choices"
        return "\(came) came, and the request asks for \(asked) (n)"
      }
      for choice in choices {
        let reasons = reading.finishes[choice] ?? []
        if reasons.isEmpty { return "choice \(choice) has no finish_reason" }
        if reasons.count > 1 {
          return "choice \(choice) has \(reasons.count) finish_reasons: \(reasons.joined(separator: ", "))"
        }
        if reading.unfinished.contains(choice) { return "choice \(choice) goes on behind its finish_reason" }
        if !allowed.contains(reasons[0]) {
          return "choice \(choice) is finished by \(reasons[0]), which is none of \(allowed.joined(separator: ", "))"
        }
        if case .success(let plain)? = stream.plain, let other = plain.finishes[choice], other != reasons[0] {
          return "choice \(choice) is finished by \(reasons[0]), and by \(other) without a stream"
        }
      }
      return nil
    }
  }

  // MARK: - Tokens and text

  /// The rule by which a count of tokens is held against a stream.
  static let usageRule =
    "every event with a piece of the answer is at least one token; the total is that of prompt and completion; the "
    + "same answer without a stream has as many"

  func usage() -> Judgement {
    judge(
      "usage that fits the stream", passing: "\(words) \(streams.count == 1 ? "tells" : "tell") a usage that fits",
      notes: [Self.usageRule]
    ) { stream in
      guard let usage = stream.reading.usage else { return "no event has a usage, which was asked for" }
      guard let tokens = usage.completion else { return "the usage has no completion_tokens" }
      let pieces = stream.reading.times.count
      if let negative = [usage.prompt, tokens].compactMap({ $0 }).first(where: { $0 < 0 }) {
        return "the usage counts \(negative) tokens"
      }
      if tokens < pieces {
        return "the usage counts \(tokens) completion_tokens, and \(pieces) events have a piece of the answer"
      }
      if let prompt = usage.prompt, let total = usage.total,
        prompt.addingReportingOverflow(tokens).partialValue != total
      {
        return "the usage has \(prompt) prompt_tokens and \(tokens) completion_tokens, but \(total) total_tokens"
      }
      if case .success(let plain)? = stream.plain, let others = plain.completionTokens,
        others != tokens, AnswerDifference(streamed: stream.reading.choices, answered: plain.choices) == nil
      {
        return "the usage counts \(tokens) completion_tokens, and \(others) for the same answer without a stream"
      }
      return nil
    }
  }

  /// Whether what is streamed is what is answered without a stream.
  func answer(at location: SourceLocation?) -> Judgement {
    for stream in streams {
      guard case .failure(let complaint)? = stream.plain else { continue }
      var judgement = complaint.judgement(wasReached: true)
      judgement.message = "row \(stream.row + 1) without a stream: " + judgement.message
      return judgement
    }
    let passing = "\(words) \(streams.count == 1 ? "says" : "say") what is answered without one"
    return judge("the answer without a stream", passing: passing, location: location) { stream in
      guard case .success(let plain)? = stream.plain else { return "there is no answer without a stream" }
      return AnswerDifference(streamed: stream.reading.choices, answered: plain.choices)?.words(secrets)
    }
  }

  // MARK: - Times

  /// A time of every stream that has it, of which the largest must keep the limit.
  ///
  /// - Parameter times: those of one stream.
  func time(
    _ name: String, _ limit: Located<Quantity>, quantile: Double = 1, _ times: (StreamReading) -> [StreamTime]
  ) -> Judgement {
    let found = streams.flatMap { stream in times(stream.reading).map { (time: $0, stream: stream) } }
      .sorted { $0.time.nanoseconds < $1.time.nanoseconds }
    guard !found.isEmpty else {
      return Judgement(
        .errored, "no answer has more than one piece, so that there is no \(name)", reason: .nothingToEvaluate,
        location: limit.location, decisive: streams.first?.transcript)
    }
    let rank = max(1, Int((quantile * Double(found.count)).rounded(.up)))
    let (time, slowest) = found[rank - 1]
    let observed = Self.quantity(time)
    let isKept = time.nanoseconds / 1e9 <= limit.value.value
    let violating = found.count { $0.time.nanoseconds / 1e9 > limit.value.value }
    var evidence = Evidence(
      observed: observed, limit: .atMost(limit.value),
      counts: .init(rows: found.count, nulls: 0, evaluated: found.count, violating: violating))
    evidence.samples = found.suffix(3).reversed().map {
      .init(key: Self.place($0.time, in: $0.stream), value: Self.quantity($0.time).description)
    }
    let words = "\(name) is \(observed) in \(Self.place(time, in: slowest))"
    return Judgement(
      isKept ? .passed : .failed,
      isKept ? "\(words), at most \(limit.value)" : "\(words), but must be at most \(limit.value)",
      evidence: evidence, location: limit.location, decisive: slowest.transcript)
  }

  private static func quantity(_ time: StreamTime) -> Quantity {
    Quantity(of: .nanoseconds(Int64(time.nanoseconds.rounded())))
  }

  private static func place(_ time: StreamTime, in stream: Stream) -> String {
    "row \(stream.row + 1)" + (time.choice.map { ", choice \($0)" } ?? "")
  }
}
