internal import JSON
internal import Language
internal import Verdict

extension EndpointDeclaration {
  /// What is wrong with an endpoint as a whole.
  static func validate(_ endpoint: EndpointDeclaration, _ node: Node, _ problems: inout Problems) {
    endpoint.validateAddress(&problems)
    endpoint.validateProtocol(node, &problems)
    endpoint.validateCaptures(node, &problems)
    if endpoint.entries.isEmpty, endpoint.start == nil, endpoint.ready == nil {
      problems.report("this endpoint has no checks, so nothing would be asked", at: node.location)
    }
    var seen: [CheckID: PlannedCheck] = [:]
    for check in EndpointPlan(name: "", declaration: endpoint).checks {
      if let first = seen[check.id] {
        problems.report(
          "the check \"\(check.id.column.map { $0 + "." } ?? "")\(check.id.check)\" stands here twice",
          at: check.location,
          label: "the same again",
          help: [first.location.map { "the first one is at \($0)" } ?? "", "give one an id: of its own"].filter {
            !$0.isEmpty
          })
        return
      }
      seen[check.id] = check
    }
  }

  private func validateAddress(_ problems: inout Problems) {
    guard let url else { return }
    guard let start else {
      if url.value.port == nil {
        problems.report(
          "{port} stands for the port of a started endpoint, and nothing is started", at: url.location,
          help: ["write the port, or add start: {command: […]}"])
      }
      return
    }
    if !url.value.isLoopback {
      problems.report(
        "a started endpoint is asked on this machine", at: url.location, label: "not a loopback address",
        help: ["write http://127.0.0.1:{port}"])
    }
    if url.value.port == nil, !start.namesPort {
      problems.report(
        "nothing tells the command its port", at: start.location,
        help: ["write {port} in the command or in a variable of its environment"])
    }
    if let within = ready?.within {
      problems.report(
        "a started endpoint has its own time to be ready", at: within.location, help: ["write start: {ready_within: …}"]
      )
    }
  }

  private func validateProtocol(_ node: Node, _ problems: inout Problems) {
    let preset = protocolName.preset
    let name = protocolName.rawValue
    if preset.asksForModel {
      if model == nil {
        problems.report("an endpoint of \(name) names its model", at: node.location, help: ["add model: NAME"])
      } else if let model, preset.namesModelInPath, !model.value.isPathSegment {
        problems.report("the name holds a character that a path cannot carry", at: model.location)
      }
    } else if let word = model ?? version {
      problems.report(
        "the protocol \(name) knows no models", at: word.location, help: ["leave it out, or choose another protocol"])
    }
    if preset.isGRPC { validateCalls(node, &problems) }
    if let encoding { validate(encoding, &problems) }
    validateParameters(&problems)
    for entry in entries {
      guard case .probing(let check) = entry.content else { continue }
      for encoding in check.encodings { validate(encoding, &problems) }
      if check.sendsRows, !self.preset.sendsRows {
        problems.report(
          "the protocol \(name) does not say how rows are sent", at: entry.location,
          help: ["write paths: {infer: /score}, and request: for a body of your own"])
      }
      let hasRows = (check.options.rows ?? rows) != nil && self.preset.sendsRows
      if check.needsQuestion, !hasRows, firstQuestion == nil {
        problems.report(
          "there is no request to send: the endpoint has neither an inference nor a request of its own, nor rows",
          at: entry.location, help: ["add rows: FILE, a request, or path: where the check has one"])
      }
      if let misfit = check.misfit(with: self.preset, named: name) {
        problems.report(misfit.message, at: misfit.location ?? entry.location, help: misfit.help)
      }
    }
    for entry in entries where entry.kind != .probing && !preset.kinds.contains(entry.kind) {
      let others = ProtocolName.allCases.filter { $0.preset.kinds.contains(entry.kind) }.map(\.rawValue)
      problems.report(
        "the protocol \(name) has no \"\(entry.kind.rawValue)\"", at: entry.location,
        help: ["add protocol: \(others.joined(separator: " or ")), or write a request"])
    }
    let readyEntries = entries.filter { $0.kind == .ready }
    if readyEntries.count > 1 { problems.report("\"ready\" stands here twice", at: readyEntries[1].location) }
  }

  private func validateParameters(_ problems: inout Problems) {
    guard let parameters else { return }
    let preset = protocolName.preset
    guard let own = preset.ownParameters else {
      let others = ProtocolName.allCases.filter { $0.preset.ownParameters != nil }.map(\.rawValue)
      return problems.report(
        "requests of \(protocolName.rawValue) take no parameters", at: parameters.location,
        help: ["those of \(others.joined(separator: " and ")) do; for others write request: with a body of your own"])
    }
    if custom.request != nil {
      problems.report(
        "request: is the whole body, so parameters would not be sent", at: parameters.location,
        help: ["write them into request:"])
    }
    if let member = parameters.value.members.first(where: { own.contains($0.key) }) {
      problems.report(
        "\(member.key) is written by the protocol itself", at: parameters.location, help: ["leave it out"])
    }
  }

  private func validate(_ encoding: Located<RowEncoding>, _ problems: inout Problems) {
    if let mistake = encoding.value.mistake(among: protocolName.preset.encodings, of: protocolName.rawValue) {
      problems.report(mistake, at: encoding.location)
    }
  }
}
