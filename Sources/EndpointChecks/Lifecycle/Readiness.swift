internal import Processes
internal import Transport

/// Waits until every probe is answered well in one round: process alive, server ready, model ready, a real inference.
struct Readiness: Sendable {
  var session: Session
  var probes: [Probe]
  /// How long to go on asking; nil asks once.
  var limit: Duration?
  /// Makes the inference that is asked besides once the probes are answered well, which is not known before: what the
  /// model declares says how rows are written.
  var inference: (@Sendable () async -> Inference)?

  /// One real inference, or why there is none to ask.
  enum Inference: Sendable {
    case probe(Probe)
    case none(String)
  }

  /// How the wait ended.
  enum Outcome: Sendable {
    case ready(after: Duration, [Answer], remark: String?)
    /// The started process ended first, with whatever status.
    case exited(ProcessExit)
    /// The answers of the last round, up to the first that was not good.
    case notReady([Answer], everAnswered: Bool)
    case cancelled

    /// What was asked last, and what came back.
    var last: Answer? {
      switch self {
      case .ready(_, let answers, _), .notReady(let answers, _): answers.last
      case .exited, .cancelled: nil
      }
    }
  }

  /// What a probe got.
  struct Answer: Sendable {
    var probe: Probe
    var transcript: Transcript

    var isAccepted: Bool { state == .ready }
    var state: Probe.State {
      // A server without the question may break off its stream, and libcurl 7.88 then loses what it says.
      if probe.isOptional, case .brokenExchange? = transcript.failure { return .ready }
      return transcript.response.map { probe.judge($0) } ?? .notYet
    }
  }

  /// Polls, beside the process when there is one: its end ends the wait at once.
  func wait(for process: ServerProcess?) async -> Outcome {
    await withTaskGroup(of: Outcome?.self) { tasks in
      tasks.addTask { await poll() }
      if let process { tasks.addTask { await process.waitForExit().map { .exited($0) } } }
      let first = await tasks.next()
      tasks.cancelAll()
      return (first ?? nil) ?? .cancelled
    }
  }

  private static let firstPause = Duration.milliseconds(20)
  private static let longestPause = Duration.milliseconds(250)

  private func poll() async -> Outcome {
    let start = ContinuousClock.now
    let deadline = limit.map { start + $0 }
    var pause = Self.firstPause
    var everAnswered = false
    var (probes, inference, remark) = (probes, inference, String?.none)
    while true {
      var answers = await round(of: probes, until: deadline)
      if answers.count == probes.count, answers.allSatisfy(\.isAccepted), let make = inference {
        inference = nil
        switch await make() {
        case .probe(let probe):
          probes.append(probe)
          answers += await round(of: [probe], until: deadline)
        case .none(let why): remark = why
        }
      }
      if Task.isCancelled { return .cancelled }
      if answers.count == probes.count, answers.allSatisfy(\.isAccepted) {
        return .ready(after: start.duration(to: .now), answers, remark: remark)
      }
      everAnswered = everAnswered || answers.contains { $0.transcript.response != nil }
      if answers.last?.state == .never { return .notReady(answers, everAnswered: true) }
      // What cannot be asked now cannot be asked later.
      let isHopeless = answers.contains { $0.transcript.failure?.isLasting == true }
      guard !isHopeless, let deadline, .now + pause < deadline, (try? await Task.sleep(for: pause)) != nil else {
        return Task.isCancelled ? .cancelled : .notReady(answers, everAnswered: everAnswered)
      }
      pause = min(pause * 3 / 2, Self.longestPause)
    }
  }

  /// Asks one probe after the other, up to the first that is not answered well.
  private func round(of probes: [Probe], until deadline: ContinuousClock.Instant?) async -> [Answer] {
    var answers: [Answer] = []
    for probe in probes {
      let rest = deadline.map { max(ContinuousClock.now.duration(to: $0), .milliseconds(10)) }
      let answer = Answer(probe: probe, transcript: await session.send(probe.request, within: rest))
      answers.append(answer)
      guard answer.isAccepted else { break }
    }
    return answers
  }
}
