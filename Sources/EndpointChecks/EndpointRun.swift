internal import Language
internal import Processes
internal import Transport
internal import Verdict

/// One evaluation of one endpoint: start, wait, ask, stop. All I/O of the suite happens below this.
struct EndpointRun: Sendable {
  var name: String
  var declaration: EndpointDeclaration
  var plan: EndpointPlan
  var folders: EndpointFolders
  var selection: Selection
  var context: RunContext
  var client: any Responder

  /// One finding for each selected check, in the order of the plan; fewer when the task is cancelled.
  func findings() async -> [Finding] {
    guard let url = declaration.url?.value, !Task.isCancelled else { return [] }
    guard let start = declaration.start else { return await ask(at: url, process: nil, launch: nil).findings }
    do throws(Launch.Obstacle) {
      let launch = try Launch(start, at: url, folders: folders, environment: context.environment)
      return await launched(launch, start)
    } catch {
      return blocked(wanted(plan.checks), by: Judgement(.errored, error.description, reason: .process))
    }
  }

  func wanted(_ checks: [PlannedCheck]) -> [PlannedCheck] { checks.filter { selection.includes($0.id) } }

  /// The first of the checks says why none of them could be evaluated; the others name it.
  private func blocked(_ checks: [PlannedCheck], by judgement: Judgement, reproduce: String? = nil) -> [Finding] {
    guard let first = checks.first else { return [] }
    return [finding(first, judgement, reproduce: reproduce)] + checks.dropFirst().map { $0.skipped(because: first.id) }
  }

  private func finding(_ check: PlannedCheck, _ judgement: Judgement, reproduce: String? = nil) -> Finding {
    var finding = check.finding(
      judgement.outcome, judgement.message, reason: judgement.reason, evidence: judgement.evidence,
      location: judgement.location)
    finding.reproduce = reproduce
    return finding
  }

  // MARK: - Lifecycle

  private func launched(_ launch: Launch, _ start: StartDeclaration) async -> [Finding] {
    context.progress("\(name): starting \(start.image?.value ?? start.command.first ?? "")")
    let grace = start.stopWithin.duration
    do {
      return try await ServerProcess.run(launch.command, grace: grace, asking: start.term) { process in
        let answers = await ask(at: launch.url, process: process, launch: launch)
        let exitBefore = process.exitStatus
        context.progress("\(name): stopping")
        let drain = await process.drain(grace: grace, asking: start.term)
        let containerWasLeft = await launch.container?.remove() ?? false
        let report = StoppedCheck.Report(
          exitBefore: exitBefore, drain: drain, port: launch.port, portIsOpen: LoopbackPort.isOpen(launch.port),
          containerWasLeft: containerWasLeft, log: process.logTail)
        // What it wrote may hold what was captured.
        let stopped = stopped(report, start, after: answers.findings, launch)
        return answers.findings + stopped.map { $0.mapText(answers.secrets.mask) }
      }
    } catch {
      let message = (error as? LaunchError)?.description ?? "\(error)"
      return blocked(wanted(plan.checks), by: Judgement(.errored, message, reason: .process))
    }
  }

  private func stopped(
    _ report: StoppedCheck.Report, _ start: StartDeclaration, after answers: [Finding], _ launch: Launch
  ) -> [Finding] {
    guard let check = plan.stopped, selection.includes(check.id), !Task.isCancelled else { return [] }
    // An early end is the failure of readiness already, unless something was left behind.
    if report.exitBefore != nil, report.drain.outcome == .wasGone, report.drain.strays.isEmpty, !report.portIsOpen,
      !report.containerWasLeft, let ready = plan.ready,
      answers.contains(where: { $0.id == ready.id && $0.outcome != .passed })
    {
      return [check.skipped(because: ready.id)]
    }
    let judgement = StoppedCheck(limit: start.stopWithin).judge(report)
    return [finding(check, judgement, reproduce: launch.commandLine(declaration.secrets))]
  }

  // MARK: - Questions

  /// The findings, and all secrets that are known by then.
  private func ask(
    at url: EndpointURL, process: ServerProcess?, launch: Launch?
  ) async -> (findings: [Finding], secrets: Secrets) {
    let secrets = declaration.secrets
    let session = declaration.session(with: client, at: url, folders)
    var findings: [Finding] = []
    var firstInference: Transcript?
    if let ready = plan.ready {
      context.progress("\(name): waiting until it is ready")
      let limit = declaration.start?.readyWithin ?? declaration.ready?.within
      var readiness = Readiness(session: session, probes: plan.probes, limit: limit?.value.duration)
      if !plan.hasInferenceProbe {
        readiness.inference = {
          var inquiry = Inquiry(declaration, declaration.preset, folders, session, wasReached: true)
          return await inquiry.firstInference()
        }
      }
      let outcome = await readiness.wait(for: process)
      let check = ReadyCheck(
        limit: limit, program: declaration.start?.image?.value ?? process?.command.argv.first,
        isContainer: launch?.container != nil, log: process?.logTail ?? LogTail(), secrets: declaration.secrets)
      guard let judgement = check.judge(outcome) else { return ([], secrets) }
      let command =
        launch?.commandLine(declaration.secrets)
        ?? outcome.last?.transcript.command(declaration.secrets)
      guard judgement.outcome == .passed else {
        if let findings = await barred(session) { return (findings, secrets) }
        let checks = plan.checks.filter { $0.id != plan.stopped?.id }
        return (blocked(wanted(checks), by: judgement, reproduce: command), secrets)
      }
      if let last = outcome.last, last.probe.name == EndpointPlan.inferenceProbe { firstInference = last.transcript }
      if selection.includes(ready.id) { findings.append(finding(ready, judgement, reproduce: command)) }
    }
    var conversation = Conversation(
      session: session, process: process, wasReached: plan.ready != nil, secrets: secrets)
    findings += await steps(&conversation, firstInference: firstInference)
    return (findings, conversation.secrets)
  }

  private func steps(_ conversation: inout Conversation, firstInference: Transcript?) async -> [Finding] {
    var inquiry = Inquiry(
      declaration, declaration.preset, folders, conversation.session, now: context.now,
      wasReached: conversation.wasReached)
    inquiry.firstInference = firstInference
    inquiry.environment = context.environment
    /// Nobody will answer what follows this.
    var blocker: CheckID?
    var findings: [Finding] = []
    for (step, isNeeded) in zip(plan.steps, plan.needed(by: selection)) where isNeeded {
      let checks = wanted(step.checks)
      if let blocker {
        findings += checks.map { $0.skipped(because: blocker) }
        continue
      }
      conversation.session.headers = declaration.headers(with: conversation.captures)
      if let first = step.checks.first { context.progress("\(name): \(first.id.column ?? first.id.check)") }
      switch step {
      case .exchange(let exchange):
        let claims = exchange.claims.filter { selection.includes($0.planned.id) }
        guard let found = await conversation.hold(exchange, judging: claims) else { break }
        findings += found
        if conversation.isOver { blocker = claims.first?.planned.id }
      case .probing(let probing):
        let found = await probe(probing, &inquiry, &conversation)
        findings += found
        if conversation.isOver { blocker = found.first { $0.outcome != .passed }?.id }
      }
      if Task.isCancelled { break }
      if conversation.isOver, !conversation.wasReached,
        let findings = await barred(conversation.session)
      {
        return findings
      }
    }
    // Only the end knows every secret that a reply brought.
    return findings.map { $0.mapText(conversation.secrets.mask) }
  }

  private func probe(
    _ probing: Probing, _ inquiry: inout Inquiry, _ conversation: inout Conversation
  ) async -> [Finding] {
    if let findings = conversation.findings(of: wanted(probing.planned), lacking: probing.inherited) {
      return findings
    }
    let retry = probing.check.isRetried ? declaration.retry : RetryPolicy()
    var flakiness = Flakiness()
    for attempt in 1... {
      if attempt > 1 {
        let asked = inquiry.last?.response?.retryAfter
        try? await Task.sleep(
          for: retry.wait(before: attempt, asked: asked, atMost: declaration.timeout.duration))
        inquiry.askAgain()
      }
      inquiry.begin(after: conversation)
      let judgements = await probing.check.judge(&inquiry)
      if Task.isCancelled { break }
      let circumstances = await conversation.circumstances(after: inquiry.broken?.interruption)
      let isSilent = inquiry.broken != nil && !inquiry.wasReached
      conversation.note(
        wasReached: inquiry.wasReached, isOver: isSilent || circumstances.exit != nil)
      let findings = probing.findings(judgements, after: inquiry, circumstances, of: selection)
      // Rows that cannot be read are none another time either.
      let isWorthwhile = findings.contains { $0.outcome == .failed || $0.reason == .transport }
      guard isWorthwhile, circumstances.exit == nil, attempt < retry.attempts else {
        return flakiness.told(findings)
      }
      flakiness.note(findings)
    }
    return []
  }
}
