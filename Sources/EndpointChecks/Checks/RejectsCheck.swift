internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// Requests that make no sense are refused: every kind of them is a claim of its own.
struct RejectsCheck: ProbingCheck {
  var options = ProbingOptions()
  /// The cases that are tried, with the statuses that the config allows for them.
  var cases: [Malformation: Rule] = [:]
  /// The statuses that refuse a request; nil for those of each case.
  var statuses: [Int]?
  var oversize = Quantity(16e6, .bytes)
  var looksForLeaks = true

  /// What the config says of a case.
  enum Rule: Sendable {
    case off
    case statuses([Int], at: SourceLocation)
  }

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "rejects",
    summary:
      "Requests that make no sense are refused with a 4xx: features that are missing, unknown, misnamed or of a wrong "
      + "type, wrong shapes, null, NaN and infinities, no rows, unknown models and versions, bodies that are too large or "
      + "no JSON. An answer of 200 to nonsense fails, and so does a 5xx, and whoever does not "
      + "answer good rows any more afterwards. Apart from that, no reply shows a traceback or a path.",
    why:
      "A server that answers nonsense gives wrong predictions to every caller with a bug, and nobody notices. One that "
      + "breaks with a 500 hides whose fault it is, and its traceback tells strangers how it is built.",
    example: "- rejects: malformed\n- rejects: {cases: {extra-feature: off, unknown-version: {status: [404, 501]}}}",
    fix: "Send the request again with the curl command of the finding. Validate names, types and shapes against the "
      + "model's signature before predicting, and answer 400 or 422, over gRPC INVALID_ARGUMENT, with a sentence "
      + "and without a traceback.",
    topics: Malformation.allCases.map { CheckDocumentation.Topic(name: $0.rawValue, text: "a request \($0.words)") })

  static let bare: Self? = RejectsCheck()

  static var shape: Shape<RejectsCheck> {
    let short = Shape<RejectsCheck>.word(among: [("malformed", RejectsCheck())])
    return long.when(\.isMapping, otherwise: short)
  }

  private static var long: Shape<RejectsCheck> {
    let keys: [Key<RejectsCheck>] = [
      .key("cases", \.cases, cases, "The cases by name: off, or the statuses that refuse them."),
      .optional("status", \.statuses, statusList, "The statuses that refuse a request, in all cases."),
      .key("oversize", \.oversize, size, "How large the oversize body is; 16MB."),
      .key("leaks", \.looksForLeaks, leakSwitch, "Whether a traceback or a path in a reply fails; off for no."),
    ]
    return Shape<RejectsCheck>.object(RejectsCheck(), keys + ProbingOptions.keys(\.options)) { check, node, problems in
      if Malformation.allCases.allSatisfy({ check.isOff($0) }) {
        problems.report("all cases are off, so nothing would be asked", at: node.location)
      }
    }
  }

  private static var statusList: Shape<[Int]> {
    Shape<Int>.integer(in: 100...599).oneOrMany.map { codes, node, problems in
      if codes.isEmpty { problems.report("no status is allowed here, so nothing could pass", at: node.location) }
      return codes.isEmpty ? nil : codes
    }
  }

  private static var size: Shape<Quantity> {
    Shape<Quantity>.bytes.map { size, node, problems in
      if (1...1e9).contains(size.value) { return size }
      problems.report("a body has between 1B and 1GB, found \(size)", at: node.location)
      return nil
    }
  }

  private static var leakSwitch: Shape<Bool> {
    Shape<Bool>.bool.when({ $0.content != .scalar("off", quoted: false) }, otherwise: .word(among: [("off", false)]))
  }

  private static var cases: Shape<[Malformation: Rule]> {
    let expectation = Shape<[Int]>.object(
      [], [.key("status", \.self, statusList, "The statuses that refuse it.", required: true)]
    ).map { codes, node, _ in Rule.statuses(codes, at: node.location) }
    let words = Shape<Rule>.word(among: [("off", .off)])
    let keys = Malformation.allCases.map { malformation in
      Key<[Malformation: Rule]>.each(
        malformation.rawValue, expectation.when(\.isMapping, otherwise: words), "A request \(malformation.words)."
      ) { expectation, _, cases in cases[malformation] = expectation }
    }
    return Shape<[Malformation: Rule]>.object([:], keys)
  }

  private func isOff(_ malformation: Malformation) -> Bool {
    if case .off? = cases[malformation] { true } else { false }
  }

  private func malformations(of preset: any ServingProtocol) -> [Malformation] {
    Malformation.allCases.filter { !isOff($0) && $0.exists(in: preset) }
  }

  private static let leaks = "no-leaks"

  func claims(of preset: any ServingProtocol) -> [ProbingClaim] {
    malformations(of: preset).map { malformation in
      guard case .statuses(_, let location)? = cases[malformation] else {
        return ProbingClaim(name: malformation.rawValue)
      }
      return ProbingClaim(name: malformation.rawValue, location: location)
    } + (looksForLeaks ? [ProbingClaim(name: Self.leaks)] : [])
  }

  // MARK: - Judging

  func faults(of claim: String) -> [ReplyFault] { claim == Self.leaks ? [.leak] : [.status] }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    let material: Malformation.Material
    do throws(Complaint) {
      material = try await self.material(&inquiry)
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
    var judgements: [Judgement] = []
    var transcripts: [Transcript] = []
    for malformation in malformations(of: inquiry.preset) {
      if Task.isCancelled { break }
      let plan: RequestPlan?
      do throws(Complaint) {
        plan = try malformation.request(from: material)
      } catch {
        judgements.append(error.judgement(wasReached: true))
        continue
      }
      guard let plan else {
        judgements.append(
          Judgement(.skipped, "these rows leave no request \(malformation.words) to make", reason: .nothingToEvaluate))
        continue
      }
      let transcript = await inquiry.send(plan)
      transcripts.append(transcript)
      var judgement = judge(transcript, malformation, inquiry)
      judgement.decisive = transcript
      judgements.append(judgement)
    }
    await judgeAftermath(&judgements, material, &inquiry)
    return looksForLeaks ? judgements + [judgeLeaks(transcripts)] : judgements
  }

  /// Asks the good request again: a server that nonsense has broken refuses everything from then on, which is no merit.
  /// Which of the cases broke it is not known; the first that was refused is told.
  private func judgeAftermath(
    _ judgements: inout [Judgement], _ material: Malformation.Material, _ inquiry: inout Inquiry
  ) async {
    guard !Task.isCancelled, let first = judgements.firstIndex(where: { $0.outcome == .passed }) else { return }
    do throws(Complaint) {
      _ = try await inquiry.predict(material.rows, options)
    } catch {
      // Who limits the rate of requests is not broken.
      if case .refused(status: 429, _) = error.kind { return }
      let words = error.judgement(wasReached: true).message
      for index in judgements.indices where judgements[index].outcome == .passed {
        var judgement = Judgement(
          .failed,
          "\(judgements[index].message), but after these cases good rows are not answered any more: \(words)",
          evidence: judgements[index].evidence)
        if index != first {
          judgement = Judgement(
            .errored, "the server was broken by one of the cases, so that its refusal proves nothing",
            reason: .nothingToEvaluate, evidence: judgements[index].evidence)
        }
        judgement.decisive = index == first ? error.transcript : judgements[index].decisive
        judgements[index] = judgement
      }
    }
  }

  /// The rows of one good request. When that is refused, refusals prove nothing.
  private func material(_ inquiry: inout Inquiry) async throws(Complaint) -> Malformation.Material {
    let rows = try await inquiry.rows(options).features
    let few = rows.rows(0..<min(rows.count, inquiry.preset.rowsPerRequest ?? 2))
    guard !few.names.isEmpty else { throw Complaint(.noRows("the rows have no features", .nothingToEvaluate)) }
    do throws(Complaint) {
      _ = try await inquiry.predict(few, options)
    } catch {
      guard case .refused(let status, let words) = error.kind else { throw error }
      throw Complaint(
        .undecided(
          "good rows are answered with \(status)" + (words.map { " (\($0))" } ?? "")
            + ", so that other refusals would prove nothing"), in: error.transcript)
    }
    return Malformation.Material(
      preset: inquiry.preset, rows: few, encoding: inquiry.encoding(options),
      signature: try await inquiry.knownSignature().signature, oversize: Int(oversize.value))
  }

  private func judge(_ transcript: Transcript, _ malformation: Malformation, _ inquiry: Inquiry) -> Judgement {
    guard let reply = inquiry.reply(of: transcript) else {
      return transcript.failure.map { judge($0, malformation) } ?? .dependent
    }
    let status = reply.response.status
    let allowed = allowed(malformation, inquiry.preset)
    let evidence = Evidence(
      observed: Quantity(Double(status)),
      limit: .text("one of " + allowed.map { String($0) }.joined(separator: ", ")))
    if allowed.contains(status) {
      return Judgement(
        .passed, "a request \(malformation.words) is refused with \(reply.response.statusWords)", evidence: evidence)
    }
    if status == 429 {
      return Judgement(
        .errored,
        "a request \(malformation.words) is answered with \(reply.response.statusWords), which says nothing of what is "
          + "wrong with it: the server limits the rate of requests. Ask where it does not, or write the status under status:",
        reason: .nothingToEvaluate, evidence: evidence)
    }
    let said = status < 500 ? nil : inquiry.preset.errorText(in: reply)
    let words =
      switch status {
      case 200..<300: "is answered with \(status), as if it made sense"
      case 500...: "breaks the server: \(said == nil ? reply.response.statusWords : "\(status)")"
      default:
        "is answered with \(reply.response.statusWords), but must be refused with "
          + allowed.map { String($0) }.joined(separator: " or ")
      }
    return Judgement(
      .failed, "a request \(malformation.words) \(words)" + (said.map { ": \($0)" } ?? ""), evidence: evidence)
  }

  private func judge(_ error: TransportError, _ malformation: Malformation) -> Judgement {
    // Whoever hangs up on a body that is too large has refused it, and who answered good rows speaks the version.
    let isHangUp =
      switch error {
      case .connectionReset, .brokenExchange, .wrongVersion(_, nil): true
      default: false
      }
    if malformation == .oversize, isHangUp {
      return Judgement(
        .passed, "a request \(malformation.words) is refused by closing the connection",
        evidence: Evidence(observedText: error.kind))
    }
    return Judgement(of: error, wasReached: true)
  }

  private func allowed(_ malformation: Malformation, _ preset: any ServingProtocol) -> [Int] {
    if case .statuses(let codes, _)? = cases[malformation] { return codes }
    return statuses ?? malformation.refusals(over: preset)
  }

  private func judgeLeaks(_ transcripts: [Transcript]) -> Judgement {
    let replies = transcripts.compactMap { transcript in transcript.response.map { (transcript, $0) } }
    let leaks = replies.compactMap { transcript, response in Leak(in: response).map { (transcript, $0) } }
    var evidence = Evidence(
      limit: .text("no traceback and no path in a reply"),
      counts: Evidence.Counts(rows: replies.count, nulls: 0, evaluated: replies.count, violating: leaks.count),
      samples: leaks.map { Evidence.Sample(key: "\($0.0.response?.status ?? 0)", value: $0.1.text) })
    guard !replies.isEmpty else {
      return Judgement(.errored, "no reply came, so nothing can be said of them", reason: .nothingToEvaluate)
    }
    guard let (transcript, leak) = leaks.first else {
      return Judgement(.passed, "none of \(replies.count) replies shows a traceback or a path", evidence: evidence)
    }
    evidence.observedText = leak.what
    return Judgement(
      .failed, "\(leaks.count) of \(replies.count) replies show what is inside: \(leak.what)", evidence: evidence,
      decisive: transcript)
  }
}
