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
  var mean: Located<Quantity>?
  var max: Located<Quantity>?
  var throughput: Located<Quantity>?
  /// Nothing may go wrong unless the config says how much.
  var errors: Located<Quantity>?
  var late: Located<Quantity>?
  var confidence = 0.95
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
    var limit: Located<Quantity>
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
      + "throughput is high enough. Each limit is a check of its own.",
    why:
      "A model that answers correctly but too late is down for its callers, and a page that asks for a hundred "
      + "answers waits for the slowest of them. Measured from the sending, a server that stalls for a second "
      + "delays the requests behind it unseen; measured from the moment they were due it shows. A percentile is "
      + "judged by an interval: p99 needs 368 requests before it can pass, p99.9 needs 3,688. A request without a "
      + "good answer is slower than any limit.",
    example:
      "- latency: {p99: {at_most: 50ms}, rate: 200/s, duration: 10s}\n"
      + "- latency: {p50: {at_most: 5ms}, throughput: {at_least: 1000/s}, concurrency: 16, duration: 10s, id: closed}\n"
      + "- latency: {p95: {at_most: 80ms}, rate: {from: 10/s, to: 400/s}, arrivals: poisson, duration: 1m, id: ramp}",
    fix:
      "Send the slowest request again with the curl command of the finding. If it is fast alone, look for a queue: too "
      + "few workers, a lock, a batch that waits to be filled, a collection of garbage. cupel endpoint load shows the "
      + "whole histogram. Inconclusive: a longer duration or a higher rate decides.")

  static var shape: Shape<LatencyCheck> {
    let time = Shape<Quantity>.positiveDuration
    let share = Shape<Quantity>.share
    return Shape<LatencyCheck>.object(
      LatencyCheck(),
      percentiles.map { percentile in
        .each(
          percentile.name, .atMost(time),
          "The longest allowed time that \(Quantity(percentile.share, .share)) of the requests do not exceed."
        ) { limit, _, check in
          guard let limit else { return }
          check.percentiles.append(PercentileLimit(name: percentile.name, share: percentile.share, limit: limit))
        }
      } + [
        .key("mean", \.mean, .atMost(time), "The longest allowed mean."),
        .key("max", \.max, .atMost(time), "The longest allowed time of any request of the run."),
        .key("errors", \.errors, .atMost(share), "The largest share of requests without a good answer; 0%."),
        .key(
          "late", \.late, .atMost(share),
          "The largest share of requests that find no free connection when they are due; 0%."),
        .key("throughput", \.throughput, .atLeast(.rate), "The fewest good answers a second."),
        .key("confidence", \.confidence, confidence, "The level of the intervals; 95%."),
      ] + LoadDeclaration.keys.map { $0.within(\.load) } + ProbingOptions.keys(\.options)
    ) { check, node, problems in
      check.load.validate(node, &problems)
      if let late = check.late, check.load.rate == nil {
        problems.report(
          "nothing can be late when each connection waits for its answer", at: late.location,
          help: ["leave it out, or write rate: 200/s"])
      }
      if check.percentiles.isEmpty, [check.mean, check.max, check.throughput, check.errors].allSatisfy({ $0 == nil }) {
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

  func claims(of preset: any ServingProtocol) -> [ProbingClaim] { limits.map(\.claim) }

  /// The claims with what judges each.
  private var limits: [(claim: ProbingClaim, judge: (LatencyJudgement) throws(Undefined) -> Judgement)] {
    typealias Limit = (claim: ProbingClaim, judge: (LatencyJudgement) throws(Undefined) -> Judgement)
    let none = Quantity(0, .share)
    func claim(_ name: String, _ limit: Located<Quantity>?) -> ProbingClaim {
      ProbingClaim(name: name, location: limit?.location)
    }
    var limits: [Limit] = [(claim("errors", errors), { $0.errors(errors?.value ?? none) })]
    if load.rate != nil { limits.append((claim("late", late), { $0.late(late?.value ?? none) })) }
    for percentile in percentiles {
      limits.append(
        (
          claim(percentile.name, percentile.limit),
          { (load) throws(Undefined) in
            try load.percentile(percentile.name, percentile.share, percentile.limit.value)
          }
        ))
    }
    if let mean { limits.append((claim("mean", mean), { $0.mean(mean.value) })) }
    if let max { limits.append((claim("max", max), { $0.maximum(max.value) })) }
    if let throughput { limits.append((claim("throughput", throughput), { $0.throughput(throughput.value) })) }
    return limits
  }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    let result: LoadResult
    do throws(Complaint) {
      let questions = try await questions(&inquiry)
      result = try await inquiry.load(
        questions.requests, load.plan(patience: inquiry.declaration.timeout.value), accepting: questions.accepts)
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
    report(result)
    return judgements(of: result)
  }

  /// The verdicts on a load that is over.
  func judgements(of result: LoadResult) -> [Judgement] {
    let judgement = LatencyJudgement(result: result, confidence: confidence)
    guard result.tally.due > 0 else {
      let message = "no request was due in \(load.duration) after the warm-up, so nothing was measured"
      let errored = Judgement(
        .errored, message, reason: .nothingToEvaluate, evidence: Evidence(notes: result.notes))
      return limits.indices.map { $0 == 0 ? errored : .dependent }
    }
    return limits.map { limit in
      // Without any good answer there is no time to speak of, and the errors say why.
      if result.tally.answered == 0, !["errors", "late"].contains(limit.claim.name) { return .dependent }
      do throws(Undefined) {
        return try limit.judge(judgement)
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
