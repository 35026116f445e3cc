internal import Language
internal import Transport
internal import Verdict

/// The reply came within the time.
struct LatencyExpectation: WrittenExpectation {
  var limit: Located<Quantity>

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "latency",
    summary: "The whole reply arrived within the time, counted from the start of the request to its last byte.",
    why: "A model that answers correctly but too late is down for its callers. One request shows what is grossly slow: "
      + "a missing warm-up, a model that runs on the wrong device, a lookup that times out.",
    example: "expect:\n  latency: {at_most: 500ms}",
    fix:
      "Send the request again with the curl command of the finding. If only the first one is slow, warm the model up "
      + "before it reports ready.")

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
    .each("latency", shape, documentation.summary) { limit, _, list in
      if let limit { list.written.append(LatencyExpectation(limit: limit)) }
    }
  }

  private static var shape: Shape<Located<Quantity>?> {
    Shape<Located<Quantity>?>.object(
      nil,
      [
        .key(
          "at_most", \.self, Shape<Quantity>.positiveDuration.located.optional, "The longest allowed time, inclusive.",
          required: true)
      ])
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
