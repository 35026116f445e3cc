internal import Verdict

/// Runs the subjects of a gate one after another and gathers what became of every check.
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
    let evaluation = Task { await evaluate(subjects) }
    Signals.shared.onFirst { evaluation.cancel() }
    let timer = Task { await cancelInTime(evaluation) }
    let found = await evaluation.value
    timer.cancel()
    let isOutOfTime = await timer.value
    return Outcome(
      findings: complete(found, of: subjects, isOutOfTime: isOutOfTime), interruption: Signals.shared.interruption)
  }

  /// Ends the evaluation when the time limit is over; says whether it was.
  private func cancelInTime(_ evaluation: Task<[CheckID: Finding], Never>) async -> Bool {
    guard let timeout, (try? await Task.sleep(for: .seconds(timeout))) != nil else { return false }
    evaluation.cancel()
    return true
  }

  private func evaluate(_ subjects: [any Subject]) async -> [CheckID: Finding] {
    var found: [CheckID: Finding] = [:]
    for subject in subjects {
      guard !Task.isCancelled else { break }
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
