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
  /// Limits on the time to the first piece of an answer: with them, answers are streamed.
  var firstTokens: [PercentileLimit] = []
  /// Whether answers are streamed without any limit on that, because the command line says so.
  var isStreamed = false
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
    var percentile: Percentile
    var limit: TimeLimit

    /// A key for each percentile.
    static func keys(_ shape: Shape<TimeLimit>) -> [Key<[PercentileLimit]>] {
      Percentile.all.map { percentile in
        .each(
          percentile.name, shape,
          "The longest allowed time that \(Quantity(percentile.share, .share)) of the requests do not exceed."
        ) { limit, _, limits in
          limits.append(PercentileLimit(percentile: percentile, limit: limit))
        }
      }
    }
  }

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "latency",
    summary:
      "Under expect, the whole reply of one request arrived within the time. As an entry of checks, the "
      + "endpoint is put under load: percentiles, the mean and the largest latency, counted from the moment a "
      + "request was due to the last byte of its answer, are within their limits; no more requests go wrong "
      + "(errors) or find no free connection when they are due (late) than is allowed, none by default; the "
      + "throughput is high enough. With a baseline, a run that was recorded, times may be longer than there by no more "
      + "than a margin. With ttft answers are streamed, and one that is not whole is none; with server_metrics the server "
      + "has counted as many answers as came. Where rows are asked about, an answer without a usable prediction is "
      + "none, whatever its status: an error, a null, a NaN, another model's; beyond 64 KB, and in formats that the body "
      + "alone does not tell, the status says what an answer is worth. Each limit is a check of its own.",
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
      + "- latency: {p95: {at_most: 80ms}, rate: {from: 10/s, to: 400/s}, arrivals: poisson, duration: 1m, id: ramp}\n"
      + "- latency: {ttft: {p95: {at_most: 1s}}, concurrency: 8, duration: 1m, server_metrics: {}, id: streams}",
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
      PercentileLimit.keys(TimeLimit.shape).map { $0.within(\.percentiles) } + [
        .key(
          "ttft", \.firstTokens, firstTokens,
          "Streams the answers; the longest allowed times to their first piece, by percentile: {p99: {at_most: 1s}}."),
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
        .key("confidence", \.confidence, .confidence, "The level of the intervals; 95%."),
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
      if check.percentiles.isEmpty, check.firstTokens.isEmpty, check.mean == nil, others.allSatisfy({ $0 == nil }) {
        problems.report("a limit is missing", at: node.location, help: ["write p99: {at_most: 50ms}, for example"])
      }
      for limit in [check.errors, check.late].compactMap({ $0 }) where limit.value.value >= 1 {
        problems.report("every run would keep this limit", at: limit.location)
      }
    }
  }

  private static var firstTokens: Shape<[PercentileLimit]> {
    Shape<[PercentileLimit]>.object([], PercentileLimit.keys(TimeLimit.absolute)) { limits, node, problems in
      if limits.isEmpty {
        problems.report("a limit is missing", at: node.location, help: ["write p99: {at_most: 1s}, for example"])
      }
    }
  }

  var sendsRows: Bool { options.rows != nil }

  static let untested = "what is measured under load is not tested: the self-test replays single replies, and no load"

  func claims(of preset: any ServingProtocol) -> [ProbingClaim] {
    limits.map(\.claim)
      + (serverMetrics.map { [ProbingClaim(name: "server_metrics", location: $0.location)] } ?? [])
  }

  func misfit(with preset: any ServingProtocol, named name: String) -> Misfit? {
    if let first = firstTokens.first, preset.streamFormat == nil {
      return Misfit(
        "the protocol \(name) does not say how answers are streamed", help: ["leave ttft out"],
        at: first.limit.atMost?.location
      )
    }
    guard let serverMetrics, serverMetrics.counter(of: preset) == nil else { return nil }
    return Misfit(
      "nothing says what the server counts", help: [#"write counter: 'name{label="value"}', and url: where it is"#],
      at: serverMetrics.location)
  }
}
