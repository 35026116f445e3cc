internal import Language
internal import Processes
internal import Transport
internal import Verdict

/// The endpoint became ready: the judging half of ``Readiness``.
struct ReadyCheck: Sendable {
  /// How long it may take; nil for an endpoint that has to be ready already.
  var limit: Located<Quantity>?
  /// What was started, when something was.
  var program: String?
  /// Whether that is a container, whose start may fail before its program does.
  var isContainer = false
  var log = LogTail()
  var secrets = Secrets()

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "ready",
    summary:
      "The endpoint is ready: the started process is alive, the server and the model say so by their status, and "
      + "one real inference succeeds. It is the first infer of the config, else the first row that a check asks about. Where "
      + "there is neither, the finding says that none was asked.",
    why:
      "A server that listens may still be loading its model, and one that says ready may answer 500. Everything that "
      + "is asked before an endpoint is truly ready gives a verdict about nothing.",
    example: "start: {command: [serve-model, --port, \"{port}\"], ready_within: 60s}\nchecks:\n  - ready",
    fix: "Read the last lines of the server's log in the finding. A process that ends before it is ready has failed, "
      + "also with status 0; one that needs longer needs a longer ready_within.")

  func judge(_ outcome: Readiness.Outcome) -> Judgement? {
    let bound = limit.map { Bound.atMost($0.value) }
    switch outcome {
    case .cancelled: return nil
    case .ready(let time, let answers, let remark):
      let quantity = Quantity(of: time)
      return Judgement(
        .passed, "ready after \(quantity)",
        evidence: Evidence(observed: quantity, limit: bound, notes: answers.map(words) + [remark].compactMap { $0 }),
        location: limit?.location)
    case .exited(.exited(let status)) where isContainer && Container.launchFailures.contains(status):
      return Judgement(
        .errored, "the container could not be started: docker ended with status \(status)", reason: .process,
        evidence: Evidence(observedText: "status \(status)", limit: bound, notes: Self.notes(on: log)),
        location: limit?.location)
    case .exited(let exit):
      return Judgement(
        .failed, "'\(program ?? "the process")' \(exit) before it was ready",
        evidence: Evidence(observedText: exit.description, limit: bound, notes: Self.notes(on: log)),
        location: limit?.location)
    case .notReady(let answers, let everAnswered):
      let last = answers.last
      // What stays so was not waited for.
      let time = last?.state == .never ? "" : limit.map { " within \($0.value)" } ?? ""
      let reason = last.map { ": " + words($0) } ?? ""
      var notes = answers.map(words) + (last.map { $0.transcript.notes(secrets) } ?? [])
      if program != nil { notes += Self.notes(on: log) }
      let evidence = Evidence(observedText: last.map(words), limit: bound, notes: notes)
      return everAnswered
        ? Judgement(.failed, "not ready\(time)\(reason)", evidence: evidence, location: limit?.location)
        : Judgement(
          .errored, "never answered\(time)\(reason)", reason: .transport, evidence: evidence, location: limit?.location)
    }
  }

  /// `model ready: 503`, and what a success says that is none.
  private func words(_ answer: Readiness.Answer) -> String {
    switch answer.transcript.result {
    case .success(let response) where (200..<300).contains(response.status) && !answer.isAccepted:
      "\(answer.probe.name): \(response.status), " + said(response, answer.state)
    case .success(let response): "\(answer.probe.name): \(response.statusWords)"
    case .failure(let error): "\(answer.probe.name): \(error)"
    }
  }

  private func said(_ response: HTTPResponse, _ state: Probe.State) -> String {
    let body = String(decoding: response.body, as: UTF8.self)
    let words = if case .waiting(let words?) = state { words } else { body }
    return Reply(response, secrets: secrets).excerpt(words)
  }

  /// The last lines that a process wrote.
  static func notes(on log: LogTail, count: Int = 20) -> [String] {
    log.lines.isEmpty ? ["the process wrote nothing"] : ["the last lines of the process:"] + log.lines.suffix(count)
  }
}
