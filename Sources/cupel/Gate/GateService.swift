internal import Config
internal import JSON
internal import Language
internal import Serving
internal import Synchronization
internal import Verdict

/// The gate as a service: what Flagger and Argo Rollouts ask before they go on. One run at a time.
final class GateService: Sendable {
  private let session: RunSession
  private let config: String?
  private let timeout: Double?
  private let token: String?
  private let state = Mutex(State())
  /// Ends the service.
  private let stop: @Sendable () -> Void

  /// What is asked for.
  struct Question: Sendable, Hashable {
    /// Patterns of identities; none for all checks.
    var select: [String] = []
    /// The environment of the config.
    var environment: String?
  }

  private struct State {
    var run: GateRun?
  }

  init(
    _ session: RunSession, config: String?, timeout: Double?, token: String?,
    stop: @escaping @Sendable () -> Void
  ) {
    self.session = session
    self.config = config
    self.timeout = timeout
    self.token = token
    self.stop = stop
    Signals.shared.onFirst(stop)
  }

  // MARK: - Requests

  func answer(_ request: HTTPService.Request) -> HTTPService.Response {
    if request.path == "/healthz" { return Self.message(200, "ready") }
    if let token {
      guard Self.isAllowed(request, token) else {
        return Self.message(
          401, "a bearer token is needed", headers: [(name: "WWW-Authenticate", value: "Bearer")])
      }
    } else if request.origin != nil {
      return Self.message(403, "pages of a browser may not ask")
    } else if let host = request.host, !ListenAddress.isLoopback(host: host) {
      // Whoever owns a name can have it point here, and then a page of theirs may ask.
      return Self.message(421, "this service is localhost to who has no token; --token-env lets it have other names")
    }
    switch (request.method, request.path) {
    case ("GET", "/progress"): return progress()
    case ("GET", "/gate"), ("POST", "/gate"), ("GET", "/verdict"):
      do throws(Refusal) {
        let question = try question(of: request)
        return answer(to: question, always: request.path == "/verdict")
      } catch {
        return Self.message(error.status, error.message)
      }
    case (_, "/gate"), (_, "/verdict"), (_, "/progress"):
      return Self.message(405, "\(request.path) takes no such method")
    default: return Self.message(404, "there are /gate, /verdict, /progress and /healthz")
    }
  }

  private struct Refusal: Error {
    var status: Int
    var message: String
  }

  private func question(of request: HTTPService.Request) throws(Refusal) -> Question {
    guard let body = request.body else { throw Refusal(status: 413, message: "the body is larger than 64 KB") }
    var (select, environment) = try arguments(of: request)
    if !body.isEmpty {
      guard let document = try? JSONParser.parse(body, mode: .strict, limits: JSONLimits(maximumDepth: 16)),
        document.objectValue != nil
      else { throw Refusal(status: 400, message: "the body is no JSON object") }
      try checkNames(in: document)
      select = try once(select, try text("select", in: document), "select")
      environment = try once(environment, try text("env", in: document), "env")
    }
    let patterns = (select ?? "").split(separator: ",", omittingEmptySubsequences: select == nil).map { word in
      String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard patterns.allSatisfy({ !$0.isEmpty }) else {
      throw Refusal(status: 400, message: "select is empty")
    }
    guard patterns.count <= 100, patterns.allSatisfy({ $0.utf8.count <= 300 }) else {
      throw Refusal(status: 400, message: "select has more than 100 patterns, or one of more than 300 bytes")
    }
    return Question(select: patterns, environment: environment)
  }

  /// The query's: a misspelt one would have another gate run than was asked for.
  private func arguments(of request: HTTPService.Request) throws(Refusal) -> (select: String?, environment: String?) {
    var selects: [String] = []
    var environment: String?
    for argument in request.arguments {
      switch argument.name {
      case "select": selects.append(argument.value)
      case "env": environment = try once(environment, argument.value, "env")
      default: throw Refusal(status: 400, message: "there is no such argument; there are select and env")
      }
    }
    return (selects.isEmpty ? nil : selects.joined(separator: ","), environment)
  }

  private func once(_ first: String?, _ second: String?, _ name: String) throws(Refusal) -> String? {
    if first != nil, second != nil { throw Refusal(status: 400, message: "\(name) is given twice") }
    return first ?? second
  }

  /// Flagger's `metadata` is for other webhooks, too, so only what is nearly a name of ours is refused.
  private func checkNames(in document: JSONValue) throws(Refusal) {
    let names = ["select", "env", "token"]
    for member in document["metadata"]?.objectValue?.members ?? [] where !names.contains(member.key) {
      guard let name = names.first(where: { member.key.hasPrefix($0) }) ?? nearest(member.key, among: names) else {
        continue
      }
      throw Refusal(status: 400, message: "metadata has no such key; did you mean \(name)?")
    }
  }

  /// A text of Flagger's `metadata`.
  private func text(_ key: String, in document: JSONValue) throws(Refusal) -> String? {
    guard let value = document["metadata"]?[key] else { return nil }
    guard let text = value.stringValue else { throw Refusal(status: 400, message: "metadata.\(key) is no text") }
    return text
  }

  // MARK: - Runs

  /// - Parameter always: whether a verdict is a good answer whatever it says, for whoever reads it.
  private func answer(to question: Question, always: Bool) -> HTTPService.Response {
    if Signals.shared.interruption != nil { return Self.message(503, "the service is being stopped") }
    let (run, isNew) = state.withLock { state -> (GateRun?, Bool) in
      if let run = state.run { return (run.question == question ? run : nil, false) }
      let run = GateRun(question)
      state.run = run
      return (run, true)
    }
    guard let run else {
      return Self.message(
        429, "another selection is being checked", headers: [(name: "Retry-After", value: "10")])
    }
    if isNew {
      Task.detached { [self] in
        let verdict = await verdict(of: run)
        // During the run a signal was for the run; from here on it is for the service, and so is one that came.
        Signals.shared.onFirst(stop)
        state.withLock { $0.run = nil }
        run.finish(verdict)
      }
    }
    return run.wait().response(always: always)
  }

  private func verdict(of run: GateRun) async -> GateVerdict {
    let clock = ContinuousClock()
    let start = clock.now
    // Each run has a time of its own: the service may be up for weeks.
    var session = session
    session.invocation.startedAt = Invocation.current.startedAt
    var problems = Problems()
    // The config is read anew, as are the files that it names.
    let loaded = Gate.load(config, environment: run.question.environment, session.invocation, &problems)
    if let gate = loaded.gate, problems.isEmpty {
      let identities = gate.subjects.flatMap(\.checks).map(\.id)
      StrayPatterns(of: run.question.select, among: identities, in: "select").report(&problems)
    }
    var result = RunResult(
      version: Cupel.version, config: loaded.gate?.configName ?? config, startedAt: session.now)
    result.selection = run.question.select
    result.failsOnWarnings = session.options.failOn == .warn
    result.diagnostics = problems.byPlace
    if let gate = loaded.gate, problems.isEmpty {
      result.project = gate.project
      var runner = session.runner(only: run.question.select, timeout: timeout)
      runner.context.progress = { run.note($0) }
      let outcome = await runner.run(gate.subjects)
      let options = RunSession.words(config: config, environment: run.question.environment)
      let findings = outcome.findings.map { session.reproducible($0, by: "cupel run\(options)", rowsOf: options) }
      result.findings = gate.weighed(findings, at: session.now)
      result.interruption = outcome.interruption
    }
    result.duration = clock.now - start
    let seconds = Double(result.duration / .milliseconds(1)).rounded() / 1000
    result = session.presentable(result, loaded.redaction)
    // A report that cannot be written is for who runs the service, and no verdict.
    let verdict = GateVerdict(result, of: run.question.select)
    session.write(&result)
    for failure in result.reportFailures { Console.say("error: \(failure)", to: .error) }
    if session.options.verbose { session.show(result, isLast: false) }
    let what = run.question.select.isEmpty ? "all checks" : run.question.select.joined(separator: ",")
    Console.say("\(what): \(verdict.reason) (\(Quantity(seconds, .seconds)))")
    return verdict
  }

  private func progress() -> HTTPService.Response {
    guard let run = state.withLock({ $0.run }) else {
      return HTTPService.Response(200, #"{"running":false}"#)
    }
    return HTTPService.Response(200, JSONWriter.compact.string(run.progress))
  }

  // MARK: - Words

  private static func message(
    _ status: Int, _ text: String, headers: [(name: String, value: String)] = []
  ) -> HTTPService.Response {
    let document = JSONValue.object(JSONObject([JSONObject.Member("reason", .string(text))]))
    return HTTPService.Response(status, JSONWriter.compact.string(document), headers: headers)
  }

  /// Whether a request brings the token: as a header, or in the metadata of a webhook whose sender writes no headers.
  private static func isAllowed(_ request: HTTPService.Request, _ token: String) -> Bool {
    if isSame(request.authorization ?? "", "Bearer \(token)") { return true }
    guard let body = request.body, !body.isEmpty,
      let document = try? JSONParser.parse(body, mode: .strict, limits: JSONLimits(maximumDepth: 16))
    else { return false }
    return isSame(document["metadata"]?["token"]?.stringValue ?? "", token)
  }

  /// Takes as long for a wrong text as for the right one.
  private static func isSame(_ text: String, _ expected: String) -> Bool {
    let (text, expected) = (Array(text.utf8), Array(expected.utf8))
    var difference = text.count ^ expected.count
    for (index, byte) in expected.enumerated() {
      difference |= Int(byte ^ (index < text.count ? text[index] : 0))
    }
    return difference == 0
  }
}
