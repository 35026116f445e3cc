internal import Processes
internal import Transport
internal import Verdict

/// One request and all that is claimed about its reply.
struct Exchange: Sendable {
  var request: RequestPlan
  /// At least one, a claim about the status first when there is one.
  var claims: [Claim]
  /// What makes the body when captured values stand in it.
  var template: RequestEntry?
  /// The names of the captured values that the request or its claims need.
  var uses: Set<String> = []
  /// The names of those that the endpoint's headers need by then.
  var inherited: Set<String> = []
  var retry = RetryPolicy()

  /// What it captures from the reply.
  var captures: [CaptureExpectation] { claims.compactMap { $0.expectation as? CaptureExpectation } }

  /// The request with the captured values in it.
  func request(with captures: Captures) -> RequestPlan {
    var filled = request
    filled.path = captures.fill(request.path) { $0.percentEncoded }
    filled.headers = HTTPHeaders(
      request.headers.fields.map { HTTPHeaders.Field(name: $0.name, value: captures.fill($0.value)) })
    if let body = template?.body(with: captures) { filled.body = body }
    return filled
  }

  /// An expectation with the check that reports it.
  struct Claim: Sendable {
    var planned: PlannedCheck
    var expectation: any Expectation
  }

  /// What is known besides the transcript.
  struct Circumstances: Sendable {
    /// The endpoint has answered before, so that silence is its own fault.
    var wasReached: Bool
    var secrets: Secrets
    var captures = Captures()
    /// How the started process ended, when it is gone.
    var exit: ProcessExit?
    /// The last that the started process wrote.
    var processNotes: [String] = []
  }

  /// One finding for each of the claims given, in their order: the whole verdict on a transcript, without any I/O.
  ///
  /// Without a usable reply the first claim says why, and the others name it.
  func findings(of claims: [Claim], for transcript: Transcript, _ circumstances: Circumstances) -> [Finding] {
    let notes = transcript.notes(circumstances.secrets)
    let command = transcript.command(circumstances.secrets)
    func finding(_ claim: Claim, _ judgement: Judgement) -> Finding {
      var evidence = judgement.evidence
      evidence.notes += notes + (judgement.outcome == .passed ? [] : circumstances.processNotes)
      var finding = claim.planned.finding(
        judgement.outcome, judgement.message, reason: judgement.reason, evidence: evidence,
        location: judgement.location, duration: transcript.elapsed)
      finding.reproduce = command
      return finding
    }
    func obstructed(by judgement: Judgement, carrier: CheckID?) -> [Finding] {
      guard let carrier = claims.first(where: { $0.planned.id == carrier }) ?? claims.first else { return [] }
      return claims.map { claim in
        claim.planned.id == carrier.planned.id
          ? finding(claim, judgement) : claim.planned.skipped(because: carrier.planned.id)
      }
    }
    switch transcript.result {
    case .failure(let error):
      let judgement = Judgement(of: error, wasReached: circumstances.wasReached, exit: circumstances.exit)
      return obstructed(by: judgement, carrier: nil)
    case .success(let response):
      let reply = Reply(response, secrets: circumstances.secrets, captures: circumstances.captures)
      // A wrong status makes every other claim about the reply pointless.
      if let status = self.claims.first(where: { $0.expectation is StatusExpectation }) {
        let judgement = status.expectation.judge(reply)
        if judgement.outcome != .passed { return obstructed(by: judgement, carrier: status.planned.id) }
      }
      return claims.map { finding($0, $0.expectation.judge(reply)) }
    }
  }
}
