internal import JSON
internal import Language
internal import Statistics
internal import Transport
internal import Verdict

/// The endpoint answers in time under load.
struct LatencyCheck: ProbingCheck {
  var options = ProbingOptions()
  var load = LoadDeclaration()
  var percentiles: [PercentileLimit] = []
  var mean: TimeLimit?
  var max: Located<Quantity>?
  var throughput: Located<Quantity>?
  /// Nothing may go wrong unless the config says how much.
  var errors: Located<Quantity>?
  var late: Located<Quantity>?
  /// What the server counts itself, when that is to be compared.
  var serverMetrics: ServerMetricsDeclaration?
  var confidence = 0.95
  /// A run that was recorded, to compare with: a log of HdrHistogram.
  var baseline: Located<String>?
  /// What is sent instead of rows, when the command line says so.
  var question: Question?
  /// Takes what was measured, for whoever wants more than the verdict.
  var report: @Sendable (LoadResult) -> Void = { _ in }

  /// A request without rows.
  enum Question: Sendable {
    /// `GET` of the address itself.
    case address
    /// The protocol's request for predictions with this body; where it has none, a `POST` to the address itself.
    case body([UInt8])
  }

  /// A limit on the time that a share of all requests does not exceed.
  struct PercentileLimit: Sendable {
    /// `p99.9`.
    var name: String
    var share: Double
    var limit: TimeLimit
  }

  private static let percentiles: [(name: String, share: Double)] = [
    ("p50", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999), ("p99.99", 0.9999),
  ]

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "latency",
    summary:
      "Under expect, the whole reply of one request arrived within the time. As an entry of checks, the "
      + "endpoint is put under load: percentiles, the mean and the largest latency, counted from the moment a "
      + "request was due to the last byte of its answer, are within their limits; no more requests go wrong "
      + "(errors) or find no free connection when they are due (late) than is allowed, none by default; the "
      + "throughput is high enough. With a baseline, a run that was recorded, times may be longer than there by no more "
      + "than a margin. Each limit is a check of its own.",
    why:
      "A model that answers correctly but too late is down for its callers, and a page that asks for a hundred "
      + "answers waits for the slowest of them. Measured from the sending, a server that stalls for a second "
      + "delays the requests behind it unseen; measured from the moment they were due it shows. A percentile is "
      + "judged by an interval: p99 needs 368 requests before it can pass, p99.9 needs 3,688. A request without a "
      + "good answer is slower than any limit.",
    example:
      "- latency: {p99: {at_most: 50ms}, rate: 200/s, duration: 10s}\n"
      + "- latency: {p50: {at_most: 5ms}, throughput: {at_least: 1000/s}, concurrency: 16, duration: 10s, id: closed}\n"
      + "- latency: {p99: {max_regression: 10% relative}, baseline: baselines/delay.hlog, rate: 200/s, duration: 1m, "
      + "id: regression}\n"
      + "- latency: {p95: {at_most: 80ms}, rate: {from: 10/s, to: 400/s}, arrivals: poisson, duration: 1m, id: ramp}",
    fix:
      "Send the slowest request again with the curl command of the finding. If it is fast alone, look for a queue: too "
      + "few workers, a lock, a batch that waits to be filled, a collection of garbage. cupel endpoint load shows the "
      + "whole histogram, and with --hdr records the run as a baseline: on the same machine, or machines are compared. "
      + "Inconclusive: a longer duration or a higher rate decides.")

  static var shape: Shape<LatencyCheck> {
    let time = Shape<Quantity>.positiveDuration
    let share = Shape<Quantity>.share
    return Shape<LatencyCheck>.object(
      LatencyCheck(),
      percentiles.map { percentile in
        .each(
          percentile.name, TimeLimit.shape,
          "The longest allowed time that \(Quantity(percentile.share, .share)) of the requests do not exceed."
        ) { limit, _, check in
          check.percentiles.append(PercentileLimit(name: percentile.name, share: percentile.share, limit: limit))
        }
      } + [
        .optional("mean", \.mean, TimeLimit.shape, "The longest allowed mean."),
        .optional(
          "baseline", \.baseline, Shape<String>.name.located,
          "A run of the same load that cupel endpoint load --hdr recorded, to compare with."),
        .key("max", \.max, .atMost(time), "The longest allowed time of any request of the run."),
        .key("errors", \.errors, .atMost(share), "The largest share of requests without a good answer; 0%."),
        .key(
          "late", \.late, .atMost(share),
          "The largest share of requests that find no free connection when they are due; 0%."),
        .key("throughput", \.throughput, .atLeast(.rate), "The fewest good answers a second."),
        .optional(
          "server_metrics", \.serverMetrics, ServerMetricsDeclaration.shape,
          "Where the server counts its good answers, which must be as many as came: {} for the protocol's own place."),
        .key("confidence", \.confidence, confidence, "The level of the intervals; 95%."),
      ] + LoadDeclaration.keys.map { $0.within(\.load) } + ProbingOptions.keys(\.options)
    ) { check, node, problems in
      check.load.validate(node, &problems)
      if let late = check.late, check.load.rate == nil {
        problems.report(
          "nothing can be late when each connection waits for its answer", at: late.location,
          help: ["leave it out, or write rate: 200/s"])
      }
      let regression = (check.percentiles.map(\.limit) + [check.mean].compactMap { $0 }).lazy.compactMap(
        \.maxRegression
      )
      .first
      if let regression, check.baseline == nil {
        problems.report(
          "nothing says what to compare with", at: regression.location,
          help: ["add baseline: FILE, which cupel endpoint load --hdr FILE writes"])
      }
      if let baseline = check.baseline, regression == nil {
        problems.report(
          "nothing is compared with this", at: baseline.location,
          help: ["write p99: {max_regression: 10% relative}, for example"])
      }
      let others = [check.max, check.throughput, check.errors]
      if check.percentiles.isEmpty, check.mean == nil, others.allSatisfy({ $0 == nil }) {
        problems.report("a limit is missing", at: node.location, help: ["write p99: {at_most: 50ms}, for example"])
      }
      for limit in [check.errors, check.late].compactMap({ $0 }) where limit.value.value >= 1 {
        problems.report("every run would keep this limit", at: limit.location)
      }
    }
  }

  private static var confidence: Shape<Double> {
    Shape<Quantity>.share.map { share, node, problems in
      if share.value > 0.5, share.value < 1 { return share.value }
      problems.report("a confidence is between 50% and 100%, found \(share)", at: node.location)
      return nil
    }
  }

  var sendsRows: Bool { options.rows != nil }

  func claims(of preset: any ServingProtocol) -> [ProbingClaim] {
    limits.map(\.claim)
      + (serverMetrics.map { [ProbingClaim(name: "server_metrics", location: $0.location)] } ?? [])
  }

  func misfit(with preset: any ServingProtocol, named name: String) -> Misfit? {
    guard let serverMetrics, serverMetrics.counter(of: preset) == nil else { return nil }
    return Misfit(
      "nothing says what the server counts", help: [#"write counter: 'name{label="value"}', and url: where it is"#],
      at: serverMetrics.location)
  }

  private typealias Baseline = Result<RecordedLoad, EndpointFolders.Unreadable>

  /// A claim with what judges it.
  private struct Limit {
    var claim: ProbingClaim
    var judge: (LatencyJudgement, Baseline?) throws(Undefined) -> Judgement
    /// Whether it says something about loads without any good answer.
    var countsFailures = false

    init(
      _ name: String, at location: SourceLocation?, countsFailures: Bool = false,
      judge: @escaping (LatencyJudgement, Baseline?) throws(Undefined) -> Judgement
    ) {
      claim = ProbingClaim(name: name, location: location)
      self.judge = judge
      self.countsFailures = countsFailures
    }
  }

  private var limits: [Limit] {
    let none = Quantity(0, .share)
    var limits = [
      Limit("errors", at: errors?.location, countsFailures: true) { load, _ in load.errors(errors?.value ?? none) }
    ]
    if load.rate != nil {
      limits.append(
        Limit("late", at: late?.location, countsFailures: true) { load, _ in load.late(late?.value ?? none) })
    }
    for percentile in percentiles {
      if let limit = percentile.limit.atMost {
        limits.append(
          Limit(percentile.name, at: limit.location) { (load, _) throws(Undefined) in
            try load.percentile(percentile.name, percentile.share, limit.value)
          })
      }
      limits += regression(percentile.name, percentile.share, percentile.limit.maxRegression)
    }
    if let limit = mean?.atMost {
      limits.append(Limit("mean", at: limit.location) { load, _ in load.mean(limit.value) })
    }
    limits += regression("mean", nil, mean?.maxRegression)
    if let max { limits.append(Limit("max", at: max.location) { load, _ in load.maximum(max.value) }) }
    if let throughput {
      limits.append(Limit("throughput", at: throughput.location) { load, _ in load.throughput(throughput.value) })
    }
    return limits
  }

  private func regression(_ name: String, _ share: Double?, _ margin: Located<Margin>?) -> [Limit] {
    guard let margin else { return [] }
    return [
      Limit("\(name)-regression", at: margin.location) { (load, baseline) throws(Undefined) in
        switch baseline {
        case .success(let recorded): return try load.regression(name, share, margin.value, from: recorded)
        case .failure(let mistake):
          return Judgement(
            .errored, "\(mistake.reason); cupel endpoint load --hdr records a run", reason: .baseline)
        case nil: return Judgement(.errored, "there is no baseline", reason: .baseline)
        }
      }
    ]
  }

  /// Compares with no run any more.
  mutating func forgetBaseline() {
    baseline = nil
    for index in percentiles.indices { percentiles[index].limit.maxRegression = nil }
    mean?.maxRegression = nil
  }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    let result: LoadResult
    var counted: [Judgement] = []
    do throws(Complaint) {
      let questions = try await questions(&inquiry)
      let counter = serverMetrics?.counter(of: inquiry.preset)
      let before = await inquiry.count(counter, at: serverMetrics?.url?.value)
      result = try await inquiry.load(
        questions.requests, load.plan(patience: inquiry.declaration.timeout.value), accepting: questions.accepts)
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

  /// The verdicts on a load that is over.
  func judgements(
    of result: LoadResult, baseline: Result<RecordedLoad, EndpointFolders.Unreadable>? = nil
  ) -> [Judgement] {
    let judgement = LatencyJudgement(result: result, confidence: confidence)
    guard result.tally.due > 0 else {
      let message = "no request was due in \(load.duration) after the warm-up, so nothing was measured"
      let errored = Judgement(
        .errored, message, reason: .nothingToEvaluate, evidence: Evidence(notes: result.notes))
      return limits.indices.map { $0 == 0 ? errored : .dependent }
    }
    return limits.map { limit in
      // Without any good answer there is no time to speak of, and the errors say why.
      if result.tally.answered == 0, !limit.countsFailures { return .dependent }
      do throws(Undefined) {
        return try limit.judge(judgement, baseline)
      } catch {
        return Judgement(.errored, error.description, reason: .undefined)
      }
    }
  }

  // MARK: - What is sent

  private struct Questions {
    var requests: [RequestPlan]
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
    _ = try await inquiry.predict(rows.rows([0]), options)
    return Questions(requests: requests, accepts: isSuccess)
  }

  private func request(_ question: Question, _ inquiry: Inquiry) throws(Complaint) -> RequestPlan {
    guard case .body(let body) = question else { return RequestPlan(path: "") }
    let json: HTTPHeaders = ["Content-Type": "application/json"]
    guard inquiry.preset.sendsRows else { return RequestPlan(method: "POST", path: "", headers: json, body: body) }
    let any = FeatureRows([FeatureRows.Column(name: "x", values: [.number(JSONNumber(Double.zero))])])
    var request = try inquiry.preset.request(for: any, inquiry.encoding(options), nil)
    (request.headers, request.body) = (json, body)
    return request
  }
}
