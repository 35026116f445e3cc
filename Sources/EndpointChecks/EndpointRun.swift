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
  var client: HTTPClient

  /// One finding for each selected check, in the order of the plan; fewer when the task is cancelled.
  func findings() async -> [Finding] {
    guard let url = declaration.url?.value, !Task.isCancelled else { return [] }
    guard let start = declaration.start else { return await ask(at: url, process: nil, launch: nil) }
    do throws(Launch.Obstacle) {
      let launch = try Launch(start, at: url, folders: folders, environment: context.environment)
      return await launched(launch, start)
    } catch {
      return blocked(wanted(plan.checks), by: Judgement(.errored, error.description, reason: .process))
    }
  }

  private func wanted(_ checks: [PlannedCheck]) -> [PlannedCheck] { checks.filter { selection.includes($0.id) } }

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
    context.progress("\(name): starting \(start.command.first ?? "")")
    let grace = start.stopWithin.duration
    do {
      return try await ServerProcess.run(launch.command, grace: grace) { process in
        let answers = await ask(at: launch.url, process: process, launch: launch)
        let exitBefore = process.exitStatus
        context.progress("\(name): stopping")
        let drain = await process.drain(grace: grace)
        let report = StoppedCheck.Report(
          exitBefore: exitBefore, drain: drain, port: launch.port, portIsOpen: LoopbackPort.isOpen(launch.port),
          log: process.logTail)
        return answers + stopped(report, start, after: answers, launch)
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
    if report.exitBefore != nil, report.drain.outcome == .wasGone, !report.portIsOpen, let ready = plan.ready,
      answers.contains(where: { $0.id == ready.id && $0.outcome != .passed })
    {
      return [check.skipped(because: ready.id)]
    }
    let judgement = StoppedCheck(limit: start.stopWithin).judge(report)
    return [finding(check, judgement, reproduce: launch.commandLine(declaration.secrets))]
  }

  // MARK: - Questions

  private func ask(at url: EndpointURL, process: ServerProcess?, launch: Launch?) async -> [Finding] {
    let tls = TLSOptions(
      caFile: declaration.tls.ca.map { folders.resolve($0) }, acceptsAnyCertificate: declaration.tls.insecure)
    let session = Session(
      client: client, url: url, headers: HTTPHeaders(declaration.headers), timeout: declaration.timeout.duration,
      tls: tls)
    var findings: [Finding] = []
    if let ready = plan.ready {
      context.progress("\(name): waiting until it is ready")
      let limit = declaration.start?.readyWithin ?? declaration.ready?.within
      let readiness = Readiness(session: session, probes: plan.probes, limit: limit?.value.duration)
      let outcome = await readiness.wait(for: process)
      let check = ReadyCheck(
        limit: limit, program: process.flatMap { $0.command.argv.first }, log: process?.logTail ?? LogTail(),
        secrets: declaration.secrets)
      guard let judgement = check.judge(outcome) else { return [] }
      let command =
        launch?.commandLine(declaration.secrets)
        ?? outcome.last.map { CurlCommand(request: $0.transcript.request, secrets: declaration.secrets).description }
      guard judgement.outcome == .passed else {
        let checks = plan.checks.filter { $0.id != plan.stopped?.id }
        return blocked(wanted(checks), by: judgement, reproduce: command)
      }
      if selection.includes(ready.id) { findings.append(finding(ready, judgement, reproduce: command)) }
    }
    return findings + (await steps(session, process: process, wasReached: plan.ready != nil))
  }

  /// A crash breaks the connection before the system tells of the end of the process.
  private static let exitDelay = Duration.seconds(1)

  /// How far the steps have come.
  private struct Progress {
    var wasReached: Bool
    /// Nobody will answer what follows this.
    var blocker: CheckID?
  }

  private func steps(_ session: Session, process: ServerProcess?, wasReached: Bool) async -> [Finding] {
    var progress = Progress(wasReached: wasReached)
    var inquiry = Inquiry(
      declaration, declaration.preset, folders, session, wasReached: wasReached)
    var findings: [Finding] = []
    for step in plan.steps {
      let checks = wanted(step.checks)
      guard let first = checks.first else { continue }
      if let blocker = progress.blocker {
        findings += checks.map { $0.skipped(because: blocker) }
        continue
      }
      context.progress("\(name): \(first.id.column ?? first.id.check)")
      let found =
        switch step {
        case .exchange(let step): await exchange(step, session, process, &progress)
        case .probing(let step): await probe(step, &inquiry, process, &progress)
        }
      if Task.isCancelled { break }
      findings += found
    }
    return findings
  }

  private func exchange(
    _ exchange: Exchange, _ session: Session, _ process: ServerProcess?, _ progress: inout Progress
  ) async -> [Finding] {
    let claims = exchange.claims.filter { selection.includes($0.planned.id) }
    let transcript = await session.send(exchange.request)
    let circumstances = await circumstances(after: transcript.failure, process, progress)
    progress.wasReached = progress.wasReached || transcript.wasReached
    if !progress.wasReached || circumstances.exit != nil { progress.blocker = claims.first?.planned.id }
    return exchange.findings(of: claims, for: transcript, circumstances)
  }

  private func probe(
    _ probing: Probing, _ inquiry: inout Inquiry, _ process: ServerProcess?, _ progress: inout Progress
  ) async -> [Finding] {
    inquiry.begin(wasReached: progress.wasReached)
    let judgements = await probing.check.judge(&inquiry)
    let circumstances = await circumstances(after: inquiry.broken?.failure, process, progress)
    progress.wasReached = inquiry.wasReached
    let findings = probing.findings(judgements, after: inquiry, circumstances, of: selection)
    let isSilent = inquiry.broken != nil && !progress.wasReached
    if isSilent || circumstances.exit != nil { progress.blocker = findings.first { $0.outcome != .passed }?.id }
    return findings
  }

  private func circumstances(
    after failure: TransportError?, _ process: ServerProcess?, _ progress: Progress
  ) async -> Exchange.Circumstances {
    var circumstances = Exchange.Circumstances(wasReached: progress.wasReached, secrets: declaration.secrets)
    if failure != nil { circumstances.exit = await process?.exitStatus(within: Self.exitDelay) }
    if let process { circumstances.processNotes = ReadyCheck.notes(on: process.logTail) }
    return circumstances
  }
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
      // On a machine without a free core the time may be over before anybody is told of an end that was long noticed.
      return first ?? nil ?? exitStatus
    }
  }
}
