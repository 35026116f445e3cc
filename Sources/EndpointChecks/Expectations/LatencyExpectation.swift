internal import Language
internal import Transport
internal import Verdict

/// The reply came within the time.
struct LatencyExpectation: WrittenExpectation {
  var limit: Located<Quantity>

  var faults: [ReplyFault] { [] }

  static var documentation: CheckDocumentation { LatencyCheck.documentation }

  var name: String { "latency" }
  var location: SourceLocation? { limit.location }

  func judge(_ reply: Reply) -> Judgement {
    let latency = Quantity(of: reply.response.timings.total)
    let bound = Bound.atMost(limit.value)
    let evidence = Evidence(observed: latency, limit: bound, method: "one request")
    return latency.value <= limit.value.value
      ? Judgement(.passed, "latency is \(latency), \(bound)", evidence: evidence)
      : Judgement(.failed, "latency is \(latency), but must be \(bound)", evidence: evidence)
  }

  static var key: Key<ExpectationList> {
    .each(
      "latency", .atMost(.positiveDuration),
      "The whole reply arrived within the time, counted from the start of the request to its last byte."
    ) { limit, _, list in
      if let limit { list.written.append(LatencyExpectation(limit: limit)) }
    }
  }
}

extension Quantity {
  /// A duration in seconds, to a hundredth of a millisecond: more digits say nothing about a server.
  init(of duration: Duration) {
    self.init((duration / .seconds(1) * 1e5).rounded() / 1e5, .seconds)
  }

  /// A quantity of seconds as a duration.
  var duration: Duration { .seconds(value) }
}
