internal import Language
internal import Verdict

/// All that will be asked of an endpoint, and the checks that will report it: known without touching the endpoint.
struct EndpointPlan: Sendable {
  /// The check that reports readiness, when the config makes it one.
  var ready: PlannedCheck?
  /// What is asked, in the order of the config.
  var steps: [Step] = []
  /// The check that reports how a started endpoint was stopped.
  var stopped: PlannedCheck?
  /// What must be answered well before anything else is asked.
  var probes: [Probe]

  /// One entry of `checks:` that asks something.
  enum Step: Sendable {
    case exchange(Exchange)
    case probing(Probing)

    var checks: [PlannedCheck] {
      switch self {
      case .exchange(let exchange): exchange.claims.map(\.planned)
      case .probing(let probing): probing.planned
      }
    }
  }

  /// The checks in the order in which they are reported.
  var checks: [PlannedCheck] {
    [ready].compactMap { $0 } + steps.flatMap(\.checks) + [stopped].compactMap { $0 }
  }

  init(name: String, declaration: EndpointDeclaration) {
    let preset = declaration.preset
    probes = preset.readinessProbes
    let readyEntry = declaration.entries.first { $0.kind == .ready }
    if let location = readyEntry?.location ?? declaration.ready?.location ?? declaration.start?.location {
      ready = PlannedCheck(
        id: CheckID(suite: .endpoints, subject: name, check: "ready"), kind: ReadyCheck.documentation.kind,
        location: location)
    }
    if let start = declaration.start {
      stopped = PlannedCheck(
        id: CheckID(suite: .endpoints, subject: name, check: "stopped"), kind: StoppedCheck.documentation.kind,
        location: start.location)
    }
    var counts: [CheckEntry.Kind: Int] = [:]
    var captured: Set<String> = []
    for entry in declaration.entries {
      let inherited = captured.intersection(declaration.headerNames(besides: entry))
      captured.formUnion(entry.captures.map(\.capture))
      if case .probing(let check) = entry.content {
        var probing = Probing(check, of: name, preset, at: entry.location)
        probing.inherited = inherited.union(entry.references.map(\.name))
        steps.append(.probing(probing))
        continue
      }
      counts[entry.kind, default: 0] += 1
      let column = entry.id?.value ?? "\(entry.kind.rawValue)-\(counts[entry.kind, default: 0])"
      guard var exchange = Self.exchange(for: entry, named: column, of: name, preset) else { continue }
      exchange.uses = Set(entry.references.map(\.name))
      exchange.inherited = inherited
      exchange.retry = entry.retry ?? declaration.retry
      if case .infer(let inference) = entry.content, inference.expectations.status.allowsSuccess, !hasInferenceProbe,
        exchange.uses.isEmpty, inherited.isEmpty
      {
        probes.append(Probe(name: Self.inferenceProbe, request: exchange.request))
      }
      steps.append(.exchange(exchange))
    }
  }

  /// For each step, whether it has to be taken: because a check of it is selected, or for what it captures.
  func needed(by selection: Selection) -> [Bool] {
    var names: Set<String> = []
    var needed: [Bool] = []
    for step in steps.reversed() {
      var isNeeded = step.checks.contains { selection.includes($0.id) }
      switch step {
      case .exchange(let exchange):
        isNeeded = isNeeded || exchange.captures.contains { names.contains($0.capture) }
        if isNeeded { names.formUnion(exchange.uses.union(exchange.inherited)) }
      case .probing(let probing):
        if isNeeded { names.formUnion(probing.inherited) }
      }
      needed.append(isNeeded)
    }
    return needed.reversed()
  }

  /// The name of the probe that is an inference.
  static let inferenceProbe = "first inference"

  var hasInferenceProbe: Bool { probes.last?.name == Self.inferenceProbe }

  private static func exchange(
    for entry: CheckEntry, named column: String, of subject: String, _ preset: any ServingProtocol
  ) -> Exchange? {
    func claim(_ expectation: any Expectation, _ severity: Severity, column: String?) -> Exchange.Claim {
      let id = CheckID(suite: .endpoints, subject: subject, column: column, check: expectation.name)
      let planned = PlannedCheck(
        id: id, kind: type(of: expectation).documentation.kind, severity: severity,
        location: expectation.location ?? entry.location)
      return Exchange.Claim(planned: planned, expectation: expectation)
    }
    func claims(_ list: ExpectationList, _ severity: Severity, about reply: (any Expectation)? = nil) -> [Exchange
      .Claim]
    {
      let expectations: [any Expectation] = [list.status] + [reply].compactMap { $0 } + list.others
      return expectations.map { claim($0, severity, column: column) }
    }
    switch entry.content {
    case .ready, .probing: return nil
    case .request(let request):
      let captured = request.captures.map { expectation in
        var expectation = expectation
        expectation.check = CheckID(suite: .endpoints, subject: subject, column: column, check: expectation.name)
        return claim(expectation, request.severity, column: column)
      }
      return Exchange(
        request: request.request, claims: claims(request.expectations, request.severity) + captured, template: request)
    case .metadata(let metadata):
      guard let (request, expectation) = preset.metadata(metadata, at: entry.location) else { return nil }
      return Exchange(request: request, claims: [claim(expectation, metadata.severity, column: nil)])
    case .infer(let inference):
      guard let (request, expectation) = preset.inference(inference, id: column, at: entry.location) else { return nil }
      let list = inference.expectations
      return Exchange(
        request: request,
        claims: claims(list, inference.severity, about: list.status.allowsSuccess ? expectation : nil))
    }
  }
}
