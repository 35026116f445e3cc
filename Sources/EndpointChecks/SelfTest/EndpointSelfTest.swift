internal import Language
internal import Transport
package import Verdict

/// An endpoint whose checks are tested themselves: it is asked once, and each check then judges its replies again, one of
/// them made wrong. A check that stays green can fail on nothing.
package struct EndpointSelfTest: Subject {
  private let endpoint: EndpointSubject
  private let selection: Selection

  /// - Parameter selection: the checks, by their own identities.
  package init(of endpoint: EndpointSubject, _ selection: Selection) {
    self.endpoint = endpoint
    self.selection = selection
  }

  package var suite: Suite { endpoint.suite }
  package var name: String { endpoint.name }
  package var location: SourceLocation? { endpoint.location }
  package var checks: [PlannedCheck] { selected.map(\.selfTest) }

  private var selected: [PlannedCheck] { endpoint.checks.filter { selection.includes($0.id) } }

  package func evaluate(_ selection: Selection, in context: RunContext) async -> [Finding] {
    let selected = selected.filter { selection.includes($0.selfTest.id) }
    let faults = endpoint.plan.faults
    let testable = selected.filter { faults[$0.id]?.isEmpty == false }
    var control = Control(replies: [], findings: [])
    if !testable.isEmpty, !endpoint.declaration.preset.isBinary { control = await ask(testable, in: context) }
    var findings: [Finding] = []
    for check in selected where !Task.isCancelled {
      findings.append(await finding(of: check, faults[check.id] ?? [], control, in: context))
    }
    let secrets = endpoint.declaration.secrets
    return findings.map { $0.mapText(secrets.mask) }
  }

  /// What the endpoint answered, and what the checks made of it.
  private struct Control {
    var replies: [RecordedReply]
    var findings: [Finding]
  }

  /// Asks the endpoint itself, which is started and stopped as ever.
  private func ask(_ checks: [PlannedCheck], in context: RunContext) async -> Control {
    let client = HTTPClient()
    let recorder = ReplyRecorder(of: client)
    let findings = await run(endpoint.declaration, endpoint.plan, checks, recorder, context).findings()
    await client.shutdown()
    return Control(replies: recorder.replies, findings: findings)
  }

  private func run(
    _ declaration: EndpointDeclaration, _ plan: EndpointPlan, _ checks: [PlannedCheck], _ responder: any Responder,
    _ context: RunContext
  ) -> EndpointRun {
    EndpointRun(
      name: name, declaration: declaration, plan: plan, folders: endpoint.folders,
      selection: Selection(checks.map(\.id.description)), context: context, client: responder)
  }

  /// What a check makes of replies, without asking anybody.
  private func judge(
    _ check: PlannedCheck, _ replay: ReplyReplay, _ replies: [RecordedReply], in context: RunContext
  ) async -> Finding? {
    var (declaration, plan) = (endpoint.declaration, endpoint.plan)
    declaration.start = nil
    declaration.retry = RetryPolicy()
    // Where the started endpoint was.
    if declaration.url?.value.port == nil { declaration.url?.value.port = replies.first?.port }
    (plan.ready, plan.stopped, plan.probes) = (nil, nil, [])
    plan.steps = plan.steps.map { step in
      guard case .exchange(var exchange) = step else { return step }
      exchange.retry = RetryPolicy()
      return .exchange(exchange)
    }
    return await run(declaration, plan, [check], replay, context).findings().first { $0.id == check.id }
  }

  // MARK: - Verdicts

  /// So many wrong replies are tried.
  private static let maximumTrials = 200

  private func finding(
    of check: PlannedCheck, _ faults: [ReplyFault], _ control: Control, in context: RunContext
  ) async -> Finding {
    let planned = check.selfTest
    if faults.isEmpty {
      return planned.finding(.skipped, endpoint.plan.untested(check) ?? "nobody knows a reply that violates it")
    }
    if endpoint.declaration.preset.isBinary {
      return planned.finding(
        .skipped, "calls of gRPC are not tested: the self-test changes documents, and no messages")
    }
    guard let before = control.findings.first(where: { $0.id == check.id }) else {
      return planned.finding(.skipped, "it was not evaluated on the endpoint's replies")
    }
    guard before.outcome == .passed else { return planned.finding(before: before, on: "the endpoint's replies") }
    let replay = ReplyReplay(of: control.replies)
    guard let again = await judge(check, replay, control.replies, in: context), again.outcome == .passed else {
      return planned.finding(.skipped, "the same replies do not make it green again, so nothing can be changed in them")
    }
    var changes: [String] = []
    for (fault, reply) in faults.flatMap({ fault in
      replies(control.replies, to: replay.requests, check).map { (fault, $0) }
    }) {
      guard let response = try? reply.result.get() else { continue }
      for trial in fault.trials(of: response) where changes.count < Self.maximumTrials && !Task.isCancelled {
        let spoiled = ReplyReplay.Spoiled(request: reply.request, response: trial.response, after: fault.delay)
        let replay = ReplyReplay(of: control.replies, spoiling: spoiled)
        let finding = await judge(check, replay, control.replies, in: context)
        if let finding, finding.outcome == .failed {
          return planned.finding(.passed, "\(trial.change) turns it red: \(finding.message)")
        }
        changes.append(trial.change)
      }
    }
    guard let first = changes.first else { return planned.finding(.skipped, "no reply has anything to change") }
    if endpoint.plan.isWritten(check) {
      return planned.finding(
        .skipped, "none of \(changes.count) changes of the reply is one that it is about: \(first)")
    }
    return planned.finding(stayingGreenAfter: changes.count, first)
  }

  /// The replies that a check saw, each once. What the model declares is the matter of the contract alone.
  private func replies(
    _ all: [RecordedReply], to requests: [HTTPRequest], _ check: PlannedCheck
  ) -> [RecordedReply] {
    let declared = endpoint.declaration.preset.signatureRequest
    let isAboutIt = [ContractCheck.kind, MetadataExpectation.documentation.kind].contains(check.kind)
    var seen: [RecordedReply] = []
    for request in requests where !seen.contains(where: { RecordedReply.isSame($0.request, request) }) {
      let isDeclaration = declared.map { $0.method == request.method && request.url.hasSuffix($0.path) } ?? false
      guard isAboutIt || !isDeclaration else { continue }
      seen += all.last { RecordedReply.isSame($0.request, request) }.map { [$0] } ?? []
    }
    return seen
  }
}

extension EndpointPlan {
  /// What ought to turn each check red.
  fileprivate var faults: [CheckID: [ReplyFault]] {
    var faults: [CheckID: [ReplyFault]] = [:]
    for step in steps {
      switch step {
      case .exchange(let exchange):
        for claim in exchange.claims { faults[claim.planned.id] = claim.expectation.faults }
      case .probing(let probing):
        for check in probing.planned { faults[check.id] = probing.check.faults(of: check.id.check) }
      }
    }
    return faults
  }
}

extension EndpointPlan {
  /// Why nothing is known that turns a check red; nil for one that is no probing check's.
  fileprivate func untested(_ check: PlannedCheck) -> String? {
    for case .probing(let probing) in steps where probing.planned.contains(where: { $0.id == check.id }) {
      return type(of: probing.check).untested
    }
    return nil
  }

  /// Whether a check is a claim of the user's about any part of a reply, so that a change may miss what it is about.
  fileprivate func isWritten(_ check: PlannedCheck) -> Bool {
    check.kind != StatusExpectation.documentation.kind
      && steps.contains { if case .exchange = $0 { $0.checks.contains { $0.id == check.id } } else { false } }
  }
}

extension ServingProtocol {
  /// Whether its replies are no documents.
  fileprivate var isBinary: Bool { Self.isGRPC }
}

extension RecordedReply {
  fileprivate var port: UInt16? {
    let authority = request.url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first
    return authority?.split(separator: ":").last.flatMap { UInt16($0) }
  }
}
