internal import Language
internal import Transport
internal import Verdict

/// The first inference after the start and those that follow are fast enough, each by a limit of its own.
struct WarmupCheck: ProbingCheck {
  var options = ProbingOptions()
  /// The longest allowed time of the first inference.
  var cold: Located<Quantity>?
  /// The longest allowed median of the inferences after it.
  var warm: Located<Quantity>?
  /// How many of them are sent, one after the other.
  var requests = 10

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "warmup",
    summary: "The first inference of a started endpoint (cold) and the median of the requests after it (warm) take no "
      + "longer than their limits. They are the endpoint's first inference or request, else its first row, sent one "
      + "after the other; each must be answered with its expected status.",
    why:
      "Models are loaded, compiled and cached by their first request. Whoever is scaled from zero waits for the cold "
      + "one, everybody else for the warm ones, and a mean of both describes nobody.",
    example: "start: {command: [serve-model, --port, \"{port}\"], ready_within: 60s}\nchecks:\n"
      + "  - warmup: {cold: {at_most: 5s}, warm: {at_most: 50ms}, requests: 20}",
    fix:
      "Send an inference in the server before it reports ready. When the warm ones are slow too, look for a model that "
      + "is loaded for each request, or that runs on the wrong device.")

  static var shape: Shape<WarmupCheck> {
    let limit = Shape<Located<Quantity>?>.atMost(.positiveDuration)
    return Shape<WarmupCheck>.object(
      WarmupCheck(),
      [
        .key("cold", \.cold, limit, "How long the first inference after the start may take."),
        .key("warm", \.warm, limit, "How long the median of the requests after it may take."),
        .key("requests", \.requests, Shape<Int>.integer(in: 3...10_000), "How many warm requests are sent; 10."),
      ] + ProbingOptions.keys(\.options)
    ) { check, node, problems in
      if check.cold == nil, check.warm == nil {
        problems.report("a limit is missing", at: node.location, help: ["write cold: {at_most: 5s}, warm: …, or both"])
      }
    }
  }

  var sendsRows: Bool { false }
  var needsQuestion: Bool { true }

  func claims(of preset: any ServingProtocol) -> [ProbingClaim] {
    [cold.map { ProbingClaim(name: "cold", location: $0.location) }].compactMap { $0 }
      + [warm.map { ProbingClaim(name: "warm", location: $0.location) }].compactMap { $0 }
  }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    let question: RequestPlan
    do throws(Complaint) {
      question = try await inquiry.question(options)
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
    let wanted = options.rows == nil ? inquiry.declaration.firstQuestion?.status : nil
    let first = await inquiry.send(question)
    // The wait until the endpoint was ready has sent the very first one already, where the protocol has inferences.
    let coldest = inquiry.firstInference ?? first
    var judgements: [Judgement] = []
    if let cold {
      let method = inquiry.firstInference == nil ? "the first request of this check" : "the inference of readiness"
      judgements.append(judge([coldest], wanted, cold.value, method: method, inquiry))
    }
    if let warm {
      let following = await inquiry.send(Array(repeating: question, count: requests))
      judgements.append(judge(following, wanted, warm.value, method: "median of \(following.count)", inquiry))
    }
    return judgements
  }

  /// The median of the times, of which there is at least one; a request that is not answered well decides instead.
  private func judge(
    _ transcripts: [Transcript], _ wanted: StatusExpectation?, _ limit: Quantity, method: String, _ inquiry: Inquiry
  ) -> Judgement {
    let bound = Bound.atMost(limit)
    var times: [Duration] = []
    for transcript in transcripts {
      guard let response = transcript.response, let reply = inquiry.reply(of: transcript) else {
        guard let error = transcript.failure else { continue }
        var judgement = Judgement(of: error, wasReached: inquiry.wasReached)
        judgement.decisive = transcript
        return judgement
      }
      // Rows are answered with a success.
      if wanted == nil, !(200..<300).contains(response.status) {
        let words = inquiry.preset.errorText(in: reply)
        return Complaint(.refused(status: response.status, words), in: transcript).judgement(wasReached: true)
      }
      if var judgement = wanted?.judge(reply), judgement.outcome != .passed {
        judgement.decisive = transcript
        return judgement
      }
      times.append(response.timings.total)
    }
    times.sort()
    guard let slowest = times.last else {
      return Judgement(.errored, "nothing was measured", reason: .nothingToEvaluate)
    }
    // The lower one of the two in the middle, so that it is a time that was seen.
    let median = Quantity(of: times[(times.count - 1) / 2])
    var evidence = Evidence(observed: median, limit: bound, method: method)
    if times.count > 1 {
      evidence.notes = ["fastest \(Quantity(of: times[0])), slowest \(Quantity(of: slowest))"]
    }
    let holds = median.value <= limit.value
    return Judgement(
      holds ? .passed : .failed, "\(method): \(median), \(holds ? "" : "but must be ")\(bound)", evidence: evidence,
      decisive: transcripts.last)
  }
}
