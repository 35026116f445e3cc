internal import Language
internal import Transport
internal import Verdict

/// The endpoint streams its answers as its protocol says, whole and in time.
struct StreamCheck: ProbingCheck {
  var options = ProbingOptions()
  var sample = 8
  var repeats = 1
  var concurrent = 1
  /// Why an answer may be finished.
  var finish: Located<[String]>?
  var usage: Located<Bool>?
  var answer: Located<AnswerRule>?
  var limits: [TimeLimit] = []

  /// What a streamed answer has to be.
  enum AnswerRule: String, Sendable, CaseIterable {
    /// That which the same request has without a stream.
    case same
    case any
  }

  /// A limit on a time of the streams.
  struct TimeLimit: Sendable {
    var time: Time
    var limit: Located<Quantity>
  }

  /// The times of a stream.
  enum Time: String, Sendable, CaseIterable {
    case ttft, tpot, gap
    case gapP99 = "gap_p99"

    var words: String {
      switch self {
      case .ttft: "time to first token"
      case .tpot: "time per output token"
      case .gap: "largest gap between pieces"
      case .gapP99: "p99 of the gaps between pieces"
      }
    }

    fileprivate var documentation: String {
      switch self {
      case .ttft: "The longest allowed time from the request to the first piece of an answer."
      case .tpot: "The longest allowed mean time of a token after the first."
      case .gap: "The longest allowed time between two pieces of an answer."
      case .gapP99: "The longest allowed time that 99% of the times between two pieces do not exceed."
      }
    }

    fileprivate func values(_ reading: StreamReading) -> [StreamTime] {
      switch self {
      case .ttft: reading.timeToFirstToken.map { [$0] } ?? []
      case .tpot: reading.timePerOutputToken.map { [StreamTime(nanoseconds: $0)] } ?? []
      case .gap, .gapP99: reading.gaps
      }
    }
  }

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "stream",
    summary:
      "Answers that are streamed as server-sent events are whole, well-formed and in time, and say what the same request "
      + "is answered without a stream. Each claim is a check of its own: events, end, finish, usage, answer, and the times "
      + "ttft, tpot, gap and gap_p99. Times are those of the streams of this check; latency puts streams under load.",
    why:
      "A stream says 200 before it knows how it ends. One that breaks off, or that brings an error as its last event, "
      + "looks to a status check like a good answer, and to a reader like a short one. A proxy that buffers makes "
      + "one piece of it, which only the times tell.",
    example:
      "- stream\n- stream: {rows: data/prompts.jsonl, sample: 20, ttft: {at_most: 500ms}, gap: {at_most: 200ms}}",
    fix:
      "Send the request again with the curl command of the finding: the last event is where it ends. A proxy with a "
      + "timeout of its own cuts long streams. finish_reason length: raise max_tokens in parameters:, or allow it with "
      + "finish: [stop, length].",
    topics: [
      .init(name: "events", text: "the content type is text/event-stream, every event is JSON, and none is an error"),
      .init(name: "end", text: "the stream ends with [DONE] (openai) and does not break off"),
      .init(
        name: "finish",
        text: "as many choices came as n asks for, and each has one finish_reason, which is allowed (openai)"),
      .init(name: "usage", text: StreamJudgement.usageRule + " (openai)"),
      .init(
        name: "answer",
        text:
          "the pieces make up the answer that the same request has without a stream: the text, the refusal, the calls "
          + "of tools (arguments as JSON) and, where both show it, the reasoning of each choice"),
      .init(
        name: "ttft",
        text:
          "from the request to the first piece of the answer, of several choices of that which begins last; a chunk "
          + "with only a role is none"),
      .init(name: "tpot", text: "from the first piece to the last, divided by the tokens less one"),
      .init(name: "gap", text: "between two pieces of a choice; gap_p99 lets one of a hundred be longer"),
    ])

  static let bare: Self? = StreamCheck()

  static var shape: Shape<StreamCheck> {
    let keys: [Key<StreamCheck>] = [
      .key("sample", \.sample, .integer(in: 1...10_000), "How many rows are asked about; 8."),
      .key("repeats", \.repeats, .integer(in: 1...1000), "How often each is asked; once."),
      .key("concurrent", \.concurrent, .integer(in: 1...256), "How many streams are open at once; 1."),
      .optional("finish", \.finish, reasons, "The finish_reasons that are allowed: stop, length, tool_calls; stop."),
      .optional(
        "usage", \.usage, Shape<Bool>.bool.located,
        "Whether the stream is asked for its usage, which then must fit; true."
      ),
      .optional(
        "answer", \.answer, Shape<AnswerRule>.choice.located,
        "same: what the same request answers without a stream (the default); any: whatever comes."),
    ]
    let limits = Time.allCases.map { time in
      Key<StreamCheck>.each(time.rawValue, .atMost(.positiveDuration), time.documentation) { limit, _, check in
        if let limit { check.limits.append(TimeLimit(time: time, limit: limit)) }
      }
    }
    return Shape<StreamCheck>.object(StreamCheck(), keys + limits + ProbingOptions.keys(\.options))
  }

  private static var reasons: Shape<Located<[String]>> {
    Shape<String>.name.oneOrMany.map { reasons, node, problems in
      if reasons.isEmpty {
        problems.report("no finish_reason is allowed here, so nothing could pass", at: node.location)
      }
      return reasons.isEmpty ? nil : Located(reasons, at: node.location)
    }
  }

  // MARK: - Claims

  private enum Claim {
    case events, end, finish, usage, answer
    case time(TimeLimit)
  }

  private func parts(_ format: any StreamFormat) -> [Claim] {
    var parts: [Claim] = [.events, .end]
    if format.saysFinish { parts.append(.finish) }
    if asksForUsage(format) { parts.append(.usage) }
    if comparesAnswers(format) { parts.append(.answer) }
    return parts + limits.map { .time($0) }
  }

  private func asksForUsage(_ format: any StreamFormat) -> Bool { format.tellsUsage && usage?.value != false }

  private func comparesAnswers(_ format: any StreamFormat) -> Bool { format.joinsToAnswer && answer?.value != .any }

  static let untested = "streams are not tested: the self-test changes whole replies, and no events of a stream"

  func claims(of preset: any ServingProtocol) -> [ProbingClaim] {
    guard let format = preset.streamFormat else { return [] }
    return parts(format).map { part in
      switch part {
      case .events: ProbingClaim(name: "events")
      case .end: ProbingClaim(name: "end")
      case .finish: ProbingClaim(name: "finish", location: finish?.location)
      case .usage: ProbingClaim(name: "usage", location: usage?.location)
      case .answer: ProbingClaim(name: "answer", location: answer?.location)
      case .time(let time): ProbingClaim(name: time.time.rawValue, location: time.limit.location)
      }
    }
  }

  func misfit(with preset: any ServingProtocol, named name: String) -> Misfit? {
    guard let format = preset.streamFormat else {
      let others = ProtocolName.allCases.filter { $0.preset.init(EndpointDeclaration()).streamFormat != nil }
      return Misfit(
        "the protocol \(name) does not say how answers are streamed",
        help: ["streams are those of \(others.map(\.rawValue).joined(separator: ", "))"])
    }
    if let finish, !format.saysFinish {
      return Misfit("streams of \(name) have no finish_reason", help: ["leave it out"], at: finish.location)
    }
    if let usage, usage.value, !format.tellsUsage {
      return Misfit("streams of \(name) tell no usage", help: ["leave it out"], at: usage.location)
    }
    if let answer, answer.value == .same, !format.joinsToAnswer {
      return Misfit(
        "\(name) does not say that the pieces of a stream make up the answer without one", help: ["leave it out"],
        at: answer.location)
    }
    guard comparesAnswers(format), let variation = preset.variation else { return nil }
    return Misfit(
      "\(variation), so a streamed answer is another than that without a stream",
      help: [Misfit.steadyAnswers, "or write stream: {answer: any}, which compares none"])
  }

  // MARK: - Judging

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    guard let format = inquiry.preset.streamFormat else { return [] }
    do throws(Complaint) {
      let asked = try await inquiry.rows(options)
      let judgement = StreamJudgement(
        streams: try await streams(asked.features, format, &inquiry), format: format,
        secrets: inquiry.declaration.secrets)
      let (events, end) = (judgement.events(), judgement.end())
      let isWhole = events.outcome == .passed && end.outcome == .passed
      return parts(format).map { part -> Judgement in
        switch part {
        case .events: events
        // What is no stream, or broke by an error, need not end like one.
        case .end: events.outcome == .passed ? end : .dependent
        // What is said of half a stream says nothing.
        case _ where !isWhole: .dependent
        case .finish: judgement.finish(finish?.value ?? ["stop"], at: finish?.location)
        case .usage: judgement.usage()
        case .answer: judgement.answer(at: answer?.location)
        case .time(let time):
          judgement.time(
            time.time.words, time.limit, quantile: time.time == .gapP99 ? 0.99 : 1, time.time.values)
        }
      }.map { $0.noting(asked.remarks + beginning(of: asked.features.count)) }
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
  }

  private func beginning(of rows: Int) -> [String] {
    rows > sample
      ? ["asked about the first \(Quantity.grouped(sample)) of \(Quantity(Double(rows), .rows)) (sample: …)"] : []
  }

  /// Asks about the rows in streams, and once more without.
  private func streams(
    _ rows: FeatureRows, _ format: any StreamFormat, _ inquiry: inout Inquiry
  ) async throws(Complaint) -> [StreamJudgement.Stream] {
    let declared = try? await inquiry.signature().get()
    let size = inquiry.preset.rowsPerRequest ?? rows.count
    var (plain, streamed): ([RequestPlan], [RequestPlan]) = ([], [])
    for start in stride(from: 0, to: min(rows.count, max(1, sample)), by: max(1, size)) {
      let part = rows.rows(start..<min(start + size, rows.count, max(1, sample)))
      let request = try inquiry.preset.request(for: part, inquiry.encoding(options), declared)
      guard var stream = format.streamed(request, withUsage: asksForUsage(format)) else {
        throw Complaint(.unwritable("this request cannot be streamed: its path or body is the config's own"))
      }
      stream.recordsArrivals = true
      plain.append(request)
      streamed.append(stream)
    }
    guard !streamed.isEmpty else { throw Complaint(.noRows("there are no rows to ask about", .nothingToEvaluate)) }
    var streams: [StreamJudgement.Stream] = []
    let all = (0..<repeats).flatMap { _ in streamed }
    let transcripts = await inquiry.send(all, concurrently: concurrent)
    if let broken = transcripts.first(where: { $0.failure != nil }), let error = broken.failure {
      throw Complaint(.transport(error), in: broken)
    }
    for (place, transcript) in transcripts.enumerated() {
      guard let reply = inquiry.reply(of: transcript) else { continue }
      let status = reply.response.status
      guard (200..<300).contains(status) else {
        throw Complaint(.refused(status: status, inquiry.preset.errorText(in: reply)), in: transcript)
      }
      streams.append(
        .init(
          row: place % streamed.count, reading: StreamReading(reply, format), plain: nil, transcript: transcript))
    }
    guard comparesAnswers(format) else { return streams }
    let answers = await inquiry.send(plain, concurrently: concurrent).map { answer(in: $0, format, inquiry) }
    for place in streams.indices where streams[place].row < answers.count {
      streams[place].plain = answers[streams[place].row]
    }
    return streams
  }

  private func answer(
    in transcript: Transcript, _ format: any StreamFormat, _ inquiry: Inquiry
  ) -> Result<StreamAnswer, Complaint> {
    if let error = transcript.failure { return .failure(Complaint(.transport(error), in: transcript)) }
    guard let reply = inquiry.reply(of: transcript) else { return .failure(Complaint(.unusable("no reply"))) }
    let status = reply.response.status
    guard (200..<300).contains(status) else {
      return .failure(Complaint(.refused(status: status, inquiry.preset.errorText(in: reply)), in: transcript))
    }
    guard case .success(let document) = reply.document, let answer = format.answer(in: document) else {
      return .failure(Complaint(.unusable("the reply holds no answer"), in: transcript))
    }
    return .success(answer)
  }
}
