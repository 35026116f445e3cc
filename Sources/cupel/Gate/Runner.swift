internal import Verdict

/// Runs the subjects of a gate and gathers what became of every check, in the order of the config.
struct Runner: Sendable {
  var selection: Selection
  var context: RunContext
  /// The whole run ends after this many seconds; nil for no limit.
  var timeout: Double?

  /// What a run yields before it is a result.
  struct Outcome: Sendable {
    var findings: [Finding] = []
    var interruption: RunResult.Interruption?
  }

  /// Evaluates every selected check of the subjects; each has exactly one finding in the end, whatever happened.
  func run(_ subjects: [any Subject]) async -> Outcome {
    // It begins only when everybody who may end it knows it: a signal in between would end the process without a report.
    let start = AsyncStream<Never>.makeStream()
    let evaluation = Task {
      for await _ in start.stream {}
      return await evaluate(subjects)
    }
    Signals.shared.onFirst { evaluation.cancel() }
    let deadline = Deadline(after: timeout) { evaluation.cancel() }
    start.continuation.finish()
    let found = await evaluation.value
    return Outcome(
      findings: complete(found, of: subjects, isOutOfTime: deadline.hasPassed),
      interruption: Signals.shared.interruption)
  }

  /// Datasets are read side by side, as they touch nothing in common; models and endpoints one after another.
  private func evaluate(_ subjects: [any Subject]) async -> [CheckID: Finding] {
    var found: [CheckID: Finding] = [:]
    await withTaskGroup(of: [Finding].self) { group in
      var waiting = subjects.filter { $0.suite == .data }[...]
      let threads = context.threads
      for subject in waiting.prefix(threads) { group.addTask { await subject.evaluate(selection, in: context) } }
      waiting = waiting.dropFirst(threads)
      for await findings in group {
        for finding in findings { found[finding.id] = finding }
        if let subject = waiting.popFirst(), !Task.isCancelled {
          group.addTask { await subject.evaluate(selection, in: context) }
        }
      }
    }
    for subject in subjects where subject.suite != .data && !Task.isCancelled {
      for finding in await subject.evaluate(selection, in: context) { found[finding.id] = finding }
    }
    return found
  }

  /// The findings in the order of the plan; a check that the run did not reach says so.
  private func complete(
    _ found: [CheckID: Finding], of subjects: [any Subject], isOutOfTime: Bool
  ) -> [Finding] {
    subjects.flatMap { subject in
      subject.checks.compactMap { check in
        if let finding = found[check.id] { return finding }
        guard selection.includes(check.id) else { return nil }
        return isOutOfTime
          ? check.finding(.errored, "the run's time limit ended it before this check", reason: .limit)
          : check.finding(.skipped, "the run was interrupted before this check", reason: .interrupted)
      }
    }
  }
}
