internal import Verdict

/// What is wrong with the run as a whole, rather than with one subject.
struct RunProblem {
  /// The word after `cupel.` in the type of a JUnit error, and the name of its test case.
  var kind: String
  var diagnostics: [Diagnostic]

  /// The problem that decided the exit status, when none of the findings did.
  init?(_ result: RunResult) {
    switch result.exitStatus {
    case .interrupted, .terminated: kind = "interrupted"
    case .internalError: kind = "internal"
    case .usage: kind = "config"
    case .nothingChecked: kind = "nothing-checked"
    case .passed, .failed, .errored, .inconclusive, .reportNotWritten: return nil
    }
    diagnostics = Self.diagnostics(of: result) + result.diagnostics
  }

  /// Everything about the run as a whole in the form of diagnostics, those of the config left out.
  static func diagnostics(of result: RunResult) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    if let signal = result.interruption {
      diagnostics.append(
        Diagnostic(
          "the run was interrupted by \(signal.rawValue)",
          help: ["checks that are not listed were not evaluated; run again for a verdict"]))
    }
    if let bug = result.internalError {
      diagnostics.append(
        Diagnostic(
          "internal error: \(bug)",
          help: ["this is a bug in Cupel \(result.version); please report it with the command and the config"]))
    }
    if result.exitStatus == .nothingChecked {
      diagnostics.append(
        Diagnostic(
          "nothing was checked",
          help: [
            result.findings.isEmpty
              ? "the config has no check, or the selection matches none of them"
              : "no check that somebody wrote was evaluated: write some, or see why they were skipped"
          ]))
    }
    return diagnostics + result.reportFailures.map { Diagnostic($0) }
  }
}
