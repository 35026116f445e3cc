internal import Language
internal import Processes
internal import Transport
internal import Verdict

/// What serves now: with whom a canary is compared.
struct CanaryBaseline: Sendable {
  /// What it is called in sentences.
  var name: String
  /// The endpoint of the config that is meant, until it is found.
  fileprivate var reference: Located<String>?
  fileprivate var other: ParityPeer.OtherEndpoint?
  fileprivate var named: EndpointDeclaration?

  /// Another endpoint of the config by its name, an address, or a mapping with the address and more.
  static var shape: Shape<CanaryBaseline> {
    let word = Shape<String>.name.located.map { text, node, problems -> CanaryBaseline? in
      guard text.value.contains("://") else { return CanaryBaseline(name: text.value, reference: text) }
      guard let url = Shape<EndpointURL>.endpointURL.located.decode(node, &problems) else { return nil }
      guard url.value.port != nil else {
        problems.report(
          "the baseline is not started here, so write its port", at: url.location,
          help: ["or name an endpoint of this config that is started"])
        return nil
      }
      return CanaryBaseline(name: url.value.description, other: ParityPeer.OtherEndpoint(url: url))
    }
    let long = ParityPeer.OtherEndpoint.shape.map { other in
      CanaryBaseline(name: other.url?.value.description ?? "the baseline", other: other)
    }
    return long.when(\.isMapping, otherwise: word)
  }

  var headers: [HTTPHeaders.Field] { other?.headers ?? [] }

  /// The endpoint that it is; nil before its name was looked up.
  func declaration(beside candidate: EndpointDeclaration) -> EndpointDeclaration? {
    guard named == nil, var declaration = other?.declaration(beside: candidate) else { return named }
    // What is named by its address runs elsewhere.
    declaration.start = nil
    return declaration
  }

  /// Whether it is an endpoint of the config, with rules of its own.
  var isNamed: Bool { named != nil }

  /// The secrets that come with an endpoint of the config.
  var secrets: Secrets { named?.secrets ?? Secrets() }

  /// Looks the name up among all endpoints of the config.
  fileprivate func found(
    for candidate: String, among endpoints: [(name: Located<String>, value: EndpointDeclaration)],
    _ problems: inout Problems
  ) -> CanaryBaseline {
    guard let reference else { return self }
    var found = self
    found.named = endpoints.first { $0.name.value == reference.value }?.value
    let others = endpoints.map(\.name.value).filter { $0 != candidate }
    if reference.value == candidate {
      problems.report("an endpoint is not its own baseline", at: reference.location)
    } else if found.named == nil {
      let near = nearest(reference.value, among: others)
      problems.report(
        "there is no endpoint \"\(reference.value)\"", at: reference.location,
        label: near.map { "did you mean \"\($0)\"?" },
        help: near == nil ? ["name another endpoint of this config, or write an address: http://127.0.0.1:8080"] : [])
    }
    return found
  }
}

extension EndpointDeclaration {
  /// The declaration with the endpoints that its canaries name.
  func naming(
    baselinesOf name: String, among endpoints: [(name: Located<String>, value: EndpointDeclaration)],
    _ problems: inout Problems
  ) -> EndpointDeclaration {
    var copy = self
    for index in copy.entries.indices {
      guard case .probing(var check as CanaryCheck) = copy.entries[index].content else { continue }
      check.baseline = check.baseline?.found(for: name, among: endpoints, &problems)
      copy.secrets.formUnion(check.baseline?.secrets ?? Secrets())
      copy.entries[index].content = .probing(check)
    }
    return copy
  }
}

extension Inquiry {
  /// Asks with the baseline at hand: starts it before and stops it afterwards when its declaration says how.
  func beside(
    _ baseline: CanaryBaseline, _ ask: @escaping @Sendable (Inquiry) async -> (judgements: [Judgement], asked: Inquiry)
  ) async throws(Complaint) -> (judgements: [Judgement], asked: Inquiry) {
    guard let other = baseline.declaration(beside: declaration), let url = other.url?.value else {
      throw Complaint(.noRows("the baseline has no address", .baseline))
    }
    guard let start = other.start else {
      return await ask(baseline.isNamed ? to(other, at: url) : beside(other, at: url))
    }
    let launch: Launch
    do throws(Launch.Obstacle) {
      launch = try Launch(start, at: url, folders: folders, environment: environment)
    } catch {
      throw Complaint(.noRows("the baseline cannot be started: \(error)", .baseline))
    }
    let found: Result<(judgements: [Judgement], asked: Inquiry), Complaint>
    do {
      found = try await ServerProcess.run(launch.command, grace: start.stopWithin.duration, asking: start.term) {
        process in
        let inquiry = to(other, at: launch.url)
        let outcome = await inquiry.ready(within: start.readyWithin.value.duration, beside: process)
        guard case .ready = outcome else {
          let end = if case .exited(let exit) = outcome { "its process \(exit)" } else { "it did not become ready" }
          let words = "the baseline \(baseline.name) cannot be asked: \(end)"
          return .failure(Complaint(.noRows(words, .baseline), in: outcome.last?.transcript))
        }
        return .success(await ask(inquiry))
      }
      _ = await launch.container?.remove()
    } catch {
      let message = (error as? LaunchError)?.description ?? "\(error)"
      throw Complaint(.noRows("the baseline cannot be started: \(message)", .baseline))
    }
    return try found.get()
  }
}
