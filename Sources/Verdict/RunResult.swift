/// One run: what every report is made of. No report computes a number of its own.
package struct RunResult: Sendable, Hashable {
  /// The project's name in the config; empty when it has none.
  package var project: String
  /// The version of Cupel that ran.
  package var version: String
  /// The config file as the user named it; nil for a command that needs none.
  package var config: String?
  /// The patterns of the checks that were asked for; none when all were.
  package var selection: [String] = []
  /// When the run started, in seconds since 1970, UTC.
  package var startedAt: Int64
  package var duration: Duration
  /// The findings in the order of the config.
  package var findings: [Finding]
  /// Problems of the config. When there are any, nothing was evaluated.
  package var diagnostics: [Diagnostic]
  /// The signal that ended the run early, when one did.
  package var interruption: Interruption?
  /// Whether warnings fail the run.
  package var failsOnWarnings: Bool
  /// Reports that could not be written, one sentence each.
  package var reportFailures: [String]
  /// The bug that ended the run, when one did.
  package var internalError: String?

  package init(
    project: String = "", version: String, config: String? = nil, startedAt: Int64, duration: Duration = .zero,
    findings: [Finding] = [], diagnostics: [Diagnostic] = [], interruption: Interruption? = nil,
    failsOnWarnings: Bool = false, reportFailures: [String] = [], internalError: String? = nil
  ) {
    self.project = project
    self.version = version
    self.config = config
    self.startedAt = startedAt
    self.duration = duration
    self.findings = findings
    self.diagnostics = diagnostics
    self.interruption = interruption
    self.failsOnWarnings = failsOnWarnings
    self.reportFailures = reportFailures
    self.internalError = internalError
  }

  /// The signals that a user or a CI system ends a run with.
  package enum Interruption: String, Sendable, Hashable {
    case interrupt = "SIGINT"
    case terminate = "SIGTERM"
  }

  /// How many findings have the outcome.
  package func count(_ outcome: Outcome) -> Int { findings.count { $0.outcome == outcome } }

  /// The part of the data that was read, when it was not all of it.
  package var sampled: Evidence.Sampled? { findings.lazy.compactMap(\.evidence.sampled).first }

  /// Findings that failed or are inconclusive, but only warn.
  package var warnings: [Finding] {
    findings.filter { $0.severity == .warn && ($0.outcome == .failed || $0.outcome == .inconclusive) }
  }

  /// The same run with every text passed through `transform`: how secrets leave a result before any report sees it.
  /// Words of Cupel's own (kinds, methods, reasons, the version) stay as they are.
  package func mapText(_ transform: (String) -> String) -> RunResult {
    var copy = self
    copy.project = transform(project)
    copy.config = config.map(transform)
    copy.selection = selection.map(transform)
    copy.findings = findings.map { $0.mapText(transform) }
    copy.diagnostics = diagnostics.map { $0.mapText(transform) }
    copy.reportFailures = reportFailures.map(transform)
    copy.internalError = internalError.map(transform)
    return copy
  }
}
