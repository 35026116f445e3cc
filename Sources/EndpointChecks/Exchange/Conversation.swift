internal import JSON
internal import Processes
internal import Transport
internal import Verdict

/// The exchanges of one endpoint, one after the other: what they captured so far, and whether anybody answers.
struct Conversation: Sendable {
  var session: Session
  var process: ServerProcess?
  /// Whether the endpoint has said or taken anything.
  private(set) var wasReached: Bool
  private(set) var secrets: Secrets
  private(set) var captures = Captures()
  /// Why captured values are missing, by their names.
  private(set) var missing: [String: Missing] = [:]
  /// Whether the process ended, or nobody was ever reached.
  private(set) var isOver = false

  /// A captured value that could not be had.
  struct Missing: Sendable {
    var check: CheckID
    var isReported: Bool
    var message: String
  }

  init(session: Session, process: ServerProcess?, wasReached: Bool, secrets: Secrets) {
    self.session = session
    self.process = process
    self.wasReached = wasReached
    self.secrets = secrets
  }

  /// A crash breaks the connection before the system tells of the end of the process.
  private static let exitDelay = Duration.seconds(1)

  /// Sends the exchange, again as often as its policy allows, and judges the given claims. Nil when the task is cancelled.
  mutating func hold(_ exchange: Exchange, judging claims: [Exchange.Claim]) async -> [Finding]? {
    if let name = missingName(among: exchange.uses.union(exchange.inherited)) {
      note(exchange.captures, as: missing[name], judging: claims)
      return withoutValue(of: name, claims.map(\.planned))
    }
    let request = exchange.request(with: captures)
    // What nobody asked for is sent for what it captures, and judged for the sake of the retries.
    let judged = claims.isEmpty ? exchange.claims : claims
    var flakiness = Flakiness()
    var asked: Duration?
    for attempt in 1... {
      if attempt > 1 {
        let limit = request.timeout ?? session.timeout
        try? await Task.sleep(for: exchange.retry.wait(before: attempt, asked: asked, atMost: limit))
      }
      if Task.isCancelled { return nil }
      let transcript = await session.send(request)
      if Task.isCancelled { return nil }
      take(exchange, from: transcript, judging: claims)
      let circumstances = await circumstances(after: transcript.failure)
      let findings = exchange.findings(of: judged, for: transcript, circumstances)
      wasReached = wasReached || transcript.wasReached
      let isDone =
        circumstances.exit != nil || attempt >= exchange.retry.attempts || findings.allSatisfy { $0.outcome == .passed }
      guard isDone else {
        asked = transcript.response?.retryAfter
        flakiness.note(findings)
        continue
      }
      isOver = !wasReached || circumstances.exit != nil
      return claims.isEmpty ? [] : flakiness.told(findings)
    }
    return nil
  }

  /// What is known besides a transcript, once it is over.
  func circumstances(after failure: TransportError?) async -> Exchange.Circumstances {
    var circumstances = Exchange.Circumstances(wasReached: wasReached, secrets: secrets, captures: captures)
    if failure != nil { circumstances.exit = await process?.exitStatus(within: Self.exitDelay) }
    if let process { circumstances.processNotes = ReadyCheck.notes(on: process.logTail) }
    return circumstances
  }

  /// Takes over what was found out about the endpoint by other means.
  mutating func note(wasReached: Bool, isOver: Bool) {
    self.wasReached = wasReached
    self.isOver = isOver
  }

  /// Keeps what the reply gives; of a reply that is none, why there is nothing.
  private mutating func take(
    _ exchange: Exchange, from transcript: Transcript, judging claims: [Exchange.Claim]
  ) {
    for expectation in exchange.captures {
      let name = expectation.capture
      do throws(CaptureExpectation.Absent) {
        guard let response = transcript.response else {
          throw CaptureExpectation.Absent(message: "there was no complete reply")
        }
        let reply = Reply(response, secrets: secrets)
        // A reply with the wrong status is the answer to something else.
        if let status = exchange.status?.judge(reply), status.outcome != .passed {
          throw CaptureExpectation.Absent(message: status.message)
        }
        let value = try expectation.value(in: reply)
        captures[name] = value
        missing[name] = nil
        if expectation.isSecret {
          secrets.add(headerValue: value.captured)
          secrets.addNearMisses(of: value.captured)
        }
      } catch {
        if expectation.isSecret, let response = transcript.response { hide(expectation, in: response) }
        captures[name] = nil
        missing[name] = Missing(
          check: expectation.check, isReported: claims.contains { $0.planned.id == expectation.check },
          message: error.message)
      }
    }
  }

  /// A reply that is not as expected may hold the secret all the same: with another status, or elsewhere.
  private mutating func hide(_ expectation: CaptureExpectation, in response: HTTPResponse) {
    let reply = Reply(response)
    if let value = try? expectation.value(in: reply) {
      secrets.add(headerValue: value.captured)
    } else {
      secrets.addSuspects(of: reply)
    }
  }

  /// What is captured from a reply that never comes is missing for the same reason.
  private mutating func note(
    _ expectations: [CaptureExpectation], as cause: Missing?, judging claims: [Exchange.Claim]
  ) {
    for expectation in expectations {
      missing[expectation.capture] = Missing(
        check: expectation.check, isReported: claims.contains { $0.planned.id == expectation.check },
        message: cause.map { "its request was not sent: \($0.message)" } ?? "its request was not sent")
    }
  }

  /// The first of the names, by the alphabet, that has no value.
  private func missingName(among names: Set<String>) -> String? { names.sorted().first { captures[$0] == nil } }

  /// What is said of checks whose requests need a value that never came; nil when all values are there.
  func findings(of checks: [PlannedCheck], lacking names: Set<String>) -> [Finding]? {
    missingName(among: names).map { withoutValue(of: $0, checks) }
  }

  /// The checks name the one that says why; where nobody reports that, the first of them says it.
  private func withoutValue(of name: String, _ checks: [PlannedCheck]) -> [Finding] {
    guard let first = checks.first, let cause = missing[name] else { return [] }
    if cause.isReported { return checks.map { $0.skipped(because: cause.check) } }
    let finding = first.finding(
      .errored, "{{\(name)}} has no value: \(cause.message)", reason: .capture,
      evidence: Evidence(limit: .text("the reply to \(cause.check.column ?? "an earlier request")")))
    return [finding] + checks.dropFirst().map { $0.skipped(because: first.id) }
  }
}

extension Reason {
  /// A value of an earlier reply is missing.
  static let capture = Reason(rawValue: "capture")
}

extension ServerProcess {
  /// How the leader ended, as soon as it has; nil when it still runs after the time.
  fileprivate func exitStatus(within time: Duration) async -> ProcessExit? {
    await withTaskGroup(of: ProcessExit?.self) { tasks in
      tasks.addTask { await self.waitForExit() }
      tasks.addTask {
        try? await Task.sleep(for: time)
        return nil
      }
      let first = await tasks.next()
      tasks.cancelAll()
      if let exit = first ?? nil { return exit }
      // On a machine without a free core the time may be over before anybody is told of the end.
      return hasEnded ? await waitForExit() : nil
    }
  }
}
