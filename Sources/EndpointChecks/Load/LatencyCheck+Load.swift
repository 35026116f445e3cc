internal import JSON
internal import Language
internal import Transport
internal import Verdict

extension LatencyCheck {
  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    let result: LoadResult
    var counted: [Judgement] = []
    do throws(Complaint) {
      let questions = try await questions(&inquiry)
      let counter = serverMetrics?.counter(of: inquiry.preset)
      let before = await inquiry.count(counter, at: serverMetrics?.url?.value)
      let format = isStreamed || !firstTokens.isEmpty ? inquiry.preset.streamFormat : nil
      result = try await inquiry.load(
        try streamed(questions.requests, format), load.plan(patience: inquiry.declaration.timeout.value),
        watchedBy: watcher(of: format, questions), accepting: questions.accepts)
      if let counter, let before {
        counted = [await judge(counter, since: before, result.tally, &inquiry)]
      }
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
    report(result)
    return judgements(of: result, baseline: baseline.map { recorded($0.value, inquiry.folders) }) + counted
  }

  private func recorded(_ path: String, _ folders: EndpointFolders) -> Baseline {
    folders.read(path).flatMap { bytes in
      do throws(RecordedLoad.Unreadable) {
        return .success(try RecordedLoad(log: String(decoding: bytes, as: UTF8.self)))
      } catch {
        return .failure(EndpointFolders.Unreadable(reason: "\(path):\(error.line): \(error.reason)"))
      }
    }
  }

  private func judge(
    _ counter: ServerCounter, since before: Result<ServerCounter.Count, ServerCounter.Absent>, _ tally: LoadTally,
    _ inquiry: inout Inquiry
  ) async -> Judgement {
    var judgement = ServerCountJudgement(
      counter: counter, before: before, after: before, answered: tally.answeredInAll, sent: tally.sent + tally.warmups,
      location: serverMetrics?.location)
    // Some servers count a little later than they answer.
    for attempt in 0..<10 {
      if attempt > 0 { try? await Task.sleep(for: .milliseconds(100)) }
      guard let after = await inquiry.count(counter, at: serverMetrics?.url?.value), !Task.isCancelled else { break }
      judgement.after = after
      if judgement.judgement.outcome == .passed { break }
    }
    return judgement.judgement
  }

  // MARK: - What is sent

  private func streamed(
    _ requests: [RequestPlan], _ format: (any StreamFormat)?
  ) throws(Complaint) -> [RequestPlan] {
    guard let format else { return requests }
    var streamed: [RequestPlan] = []
    for request in requests {
      guard let stream = format.streamed(request, withUsage: false) else {
        throw Complaint(.unwritable("this request cannot be streamed: its path or body is the config's own"))
      }
      streamed.append(stream)
    }
    return streamed
  }

  private struct Questions {
    var requests: [RequestPlan]
    /// How answers are read where each request asks about a row, so that they are predictions.
    var reading: PredictionReading?
    var accepts: @Sendable (Int) -> Bool
  }

  /// One request for each row, or the endpoint's own first question. The first of them is asked alone before: an
  /// endpoint that answers wrongly is not worth a load.
  private func questions(_ inquiry: inout Inquiry) async throws(Complaint) -> Questions {
    let isSuccess: @Sendable (Int) -> Bool = { (200..<300).contains($0) }
    if let question {
      let request = try request(question, inquiry)
      let transcript = await inquiry.send(request)
      if let error = transcript.failure { throw Complaint(.transport(error), in: transcript) }
      let status = transcript.response?.status ?? 0
      guard isSuccess(status) else {
        let words = inquiry.reply(of: transcript).flatMap { inquiry.preset.errorText(in: $0) }
        throw Complaint(.refused(status: status, words), in: transcript)
      }
      return Questions(requests: [request], accepts: isSuccess)
    }
    if options.rows == nil, inquiry.declaration.rows == nil, let question = inquiry.declaration.firstQuestion {
      let transcript = await inquiry.send(question.request)
      if let error = transcript.failure { throw Complaint(.transport(error), in: transcript) }
      if let reply = inquiry.reply(of: transcript), let status = question.status {
        let judgement = status.judge(reply)
        if judgement.outcome != .passed { throw Complaint(.unusable(judgement.message), in: transcript) }
      }
      let allowed = Set(question.status?.allowed ?? [])
      return Questions(requests: [question.request]) { allowed.contains($0) }
    }
    guard inquiry.preset.sendsRows else {
      let hasRows = options.rows != nil || inquiry.declaration.rows != nil
      let why =
        hasRows
        ? "the protocol does not say how rows are sent"
        : "there is nothing to send: the endpoint has neither rows nor an inference or a request of its own"
      throw Complaint(.noRows(why, .nothingToEvaluate))
    }
    let rows = try await inquiry.rows(options).features
    let declared = try? await inquiry.signature().get()
    var requests: [RequestPlan] = []
    for row in 0..<rows.count {
      requests.append(try inquiry.preset.request(for: rows.rows([row]), inquiry.encoding(options), declared))
    }
    let answer = try await inquiry.predict(rows.rows([0]), options)
    let first = answer.transcripts.first?.response?.body ?? []
    let reading = PredictionReading(inquiry.preset, inquiry.declaration.secrets, requests.first?.call, like: first)
    return Questions(requests: requests, reading: reading, accepts: isSuccess)
  }

  /// Who looks into the answers: into streams as they come, else for predictions.
  private func watcher(
    of format: (any StreamFormat)?, _ questions: Questions
  ) -> (@Sendable () -> any BodyWatcher)? {
    if let format { return { StreamWatcher(format) } }
    guard let reading = questions.reading else { return nil }
    return { PredictionWatcher(reading) }
  }

  private func request(_ question: Question, _ inquiry: Inquiry) throws(Complaint) -> RequestPlan {
    guard case .body(let body) = question else { return RequestPlan(path: "") }
    let json: HTTPHeaders = ["Content-Type": "application/json"]
    guard inquiry.preset.sendsRows else { return RequestPlan(method: "POST", path: "", headers: json, body: body) }
    let any = FeatureRows([FeatureRows.Column(name: "x", values: [.number(JSONNumber(Double.zero))])])
    var request = try inquiry.preset.request(for: any, inquiry.encoding(options), nil)
    request.body = body
    if request.call == nil { request.headers = json }
    return request
  }
}
