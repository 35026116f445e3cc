internal import Language
internal import Verdict

/// The keys that say how an endpoint is loaded: `rate`, `arrivals`, `concurrency`, `duration`, `requests`, `warmup`.
struct LoadDeclaration: Sendable {
  /// Requests a second, from the first to the last; nil for the closed model.
  var rate: Located<Arrivals.Rate>?
  var arrivals: Located<Arrivals.Pattern>?
  var concurrency: Located<Int>?
  var duration = Quantity(10, .seconds)
  var requests: Int?
  var warmup: Located<Quantity>?

  /// The most requests under way in the open model, when nothing is said: more than a server works on at once, so that
  /// a queue is the server's.
  static let standardConcurrency = 100
  /// What a run may be asked for, so that a slip of the pen does not run for days.
  static let maximumRate = 1_000_000.0
  static let maximumRequests = 1_000_000_000

  static var keys: [Key<LoadDeclaration>] {
    [
      .optional(
        "rate", \.rate, rate.located,
        "The open model: so many requests are due a second, whatever became of those before; or a ramp of rates."
      ),
      .optional(
        "arrivals", \.arrivals, Shape<Arrivals.Pattern>.choice.located,
        "How the requests of the open model come: constant (the default), or poisson like independent callers."),
      .optional(
        "concurrency", \.concurrency, Shape<Int>.integer(in: 1...10_000).located,
        "The most connections. Without a rate, the closed model: each sends its next request when it has an answer. "
          + "With one, 100 when left out."),
      .key("duration", \.duration, .positiveDuration, "How long is measured; 10s."),
      .optional("requests", \.requests, .integer(in: 1...maximumRequests), "At most so many requests are measured."),
      .optional(
        "warmup", \.warmup, Shape<Quantity>.duration.located,
        "What starts in this time before is sent and not measured; a tenth of the duration."),
    ]
  }

  /// `200/s`, or `{from: 10/s, to: 400/s}`.
  private static var rate: Shape<Arrivals.Rate> {
    let end = Shape<Double>.requestRate
    let single = end.map { rate, _, _ in Arrivals.Rate(first: rate, last: rate) }
    let ramp = Shape<Arrivals.Rate>.object(
      Arrivals.Rate(first: 0, last: 0),
      [
        .key("from", \.first, end, "The rate at the beginning, and while it warms up.", required: true),
        .key("to", \.last, end, "The rate at the end.", required: true),
      ])
    return ramp.when(\.isMapping, otherwise: single)
  }

  /// What is impossible about the keys together.
  func validate(_ node: Node, _ problems: inout Problems) {
    if rate == nil, concurrency == nil {
      problems.report(
        "nothing says how requests arrive", at: node.location,
        help: ["write rate: 200/s, or concurrency: 8 for callers who wait for their answers"])
    }
    if rate == nil, let arrivals {
      problems.report(
        "arrivals belong to a rate", at: arrivals.location,
        help: ["add rate: 200/s; without it each connection sends when it has its answer"])
    }
    if let warmup, warmup.value.value > 86400 {
      problems.report("a warm-up is at most a day, found \(warmup.value)", at: warmup.location)
    }
    if let rate, rate.value.expected(in: duration.value) > Double(Self.maximumRequests) {
      problems.report(
        "this rate for \(duration) is more than a thousand million requests", at: rate.location)
    }
  }

  /// - Parameter patience: how long a caller waits, in seconds.
  func plan(patience: Double) -> LoadPlan {
    LoadPlan(
      model: rate.map { .open(arrivals?.value ?? .constant, $0.value) } ?? .closed,
      concurrency: concurrency?.value ?? (rate == nil ? 1 : Self.standardConcurrency),
      warmup: warmup?.value.value ?? duration.value / 10, duration: duration.value, maximumRequests: requests,
      patience: patience)
  }
}

extension Shape<Double> {
  /// Requests a second: `200/s`.
  static var requestRate: Shape {
    Shape<Quantity>.rate.map { rate, node, problems in
      if rate.value >= 0.001, rate.value <= LoadDeclaration.maximumRate { return rate.value }
      problems.report("a rate is from 0.001/s to 1000000/s, found \(rate)", at: node.location)
      return nil
    }
  }
}
