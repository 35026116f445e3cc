/// The process's exit codes: a stable promise to CI systems. `cupel help exit-codes` prints them.
///
/// 64, 99, 100, 124 to 127 and 255 belong to other systems and are never used.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  /// Every blocking check was evaluated and passed.
  case passed = 0
  /// At least one blocking check was evaluated and is false.
  case failed = 1
  /// A flag or the config is wrong; nothing was evaluated.
  case usage = 2
  /// At least one check could not be evaluated.
  case errored = 3
  /// Nothing was checked: no check, or nothing but skips that nobody asked for.
  case nothingChecked = 4
  /// At least one blocking check is inconclusive, and nothing is worse.
  case inconclusive = 5
  /// The verdict was reached, but a report could not be written.
  case reportNotWritten = 6
  /// A bug in Cupel.
  case internalError = 70
  /// Interrupted by SIGINT.
  case interrupted = 130
  /// Ended by SIGTERM.
  case terminated = 143

  /// The precedence when several apply, strongest first.
  package static let precedence: [ExitStatus] = [
    .interrupted, .terminated, .internalError, .usage, .errored, .nothingChecked, .reportNotWritten, .failed,
    .inconclusive, .passed,
  ]

  /// One line for a person.
  package var meaning: String {
    switch self {
    case .passed: "every blocking check was evaluated and passed"
    case .failed: "at least one blocking check was evaluated and is false"
    case .usage: "a flag or the config is wrong; nothing was evaluated"
    case .errored: "at least one check could not be evaluated"
    case .nothingChecked: "nothing was checked: no checks, or only skipped ones"
    case .inconclusive: "a blocking statistical check needs more data to be decided"
    case .reportNotWritten: "the verdict was reached, but a report could not be written"
    case .internalError: "a bug in Cupel"
    case .interrupted: "interrupted (SIGINT)"
    case .terminated: "ended (SIGTERM)"
    }
  }
}

extension RunResult {
  /// The exit status of the whole run: the strongest of all that apply.
  package var exitStatus: ExitStatus {
    let applying = Set(applyingStatuses)
    return ExitStatus.precedence.first { applying.contains($0) } ?? .passed
  }

  /// Why the run ends so, in a line for a person.
  package var exitReason: String {
    let isEvaluated = findings.contains { $0.outcome != .skipped && !$0.isImplicit }
    return exitStatus == .passed && !isEvaluated
      ? "nothing is wrong, and nothing was evaluated: every check was skipped as asked for, or for want of a history"
      : exitStatus.meaning
  }

  private var applyingStatuses: [ExitStatus] {
    var statuses: [ExitStatus] = []
    switch interruption {
    case .interrupt: statuses.append(.interrupted)
    case .terminate: statuses.append(.terminated)
    case nil: break
    }
    if internalError != nil { statuses.append(.internalError) }
    if !diagnostics.isEmpty { statuses.append(.usage) }
    if !reportFailures.isEmpty { statuses.append(.reportNotWritten) }
    if diagnostics.isEmpty, !findings.contains(where: \.countsAsChecked) { statuses.append(.nothingChecked) }
    for finding in findings {
      switch finding.outcome {
      case .errored: statuses.append(.errored)
      case .failed where blocks(finding): statuses.append(.failed)
      case .inconclusive where blocks(finding): statuses.append(.inconclusive)
      default: break
      }
    }
    return statuses
  }

  /// Whether a failed or inconclusive finding fails this run.
  package func blocks(_ finding: Finding) -> Bool { finding.severity == .block || failsOnWarnings }
}

extension Finding {
  /// A skip that nobody asked for is no check, and a check that nobody wrote is no gate by passing; everything else is.
  fileprivate var countsAsChecked: Bool {
    switch outcome {
    case .passed: !isImplicit
    case .skipped: reason == .requested && !isImplicit
    case .failed, .inconclusive, .errored: true
    }
  }
}
