/// A check's outcome with all that explains it.
package struct Finding: Sendable, Hashable {
  /// Which check this is.
  package var id: CheckID
  /// The kind of the check, by which `cupel explain` finds its documentation.
  package var kind: String
  package var outcome: Outcome
  package var severity: Severity
  /// Why an errored check could not be evaluated, or why a skipped one was not; nil for the other outcomes.
  package var reason: Reason?
  /// The checks that a skipped one was not evaluated because of: one of them has to answer for it.
  package var dependsOn: [CheckID] = []
  /// One line: what was seen and what it was held against.
  package var message: String
  package var evidence: Evidence
  /// Where the limit is written.
  package var location: SourceLocation?
  /// Whether nobody wrote this check: it can fail a run, but alone it is no gate.
  package var isImplicit: Bool
  /// A command that reproduces the finding.
  package var reproduce: String?
  /// Whether it is single rows that violate the check, so that they can be listed.
  package var judgesRows = false
  /// Whether a waiver took the place of what was found.
  package var isWaived = false
  /// What it measured, for the history of accepted runs.
  package var metrics: [Metric] = []
  /// A command that writes all violating rows.
  package var quarantine: String?
  /// How long the evaluation took, when it makes sense to say so (a request, a process).
  package var duration: Duration?

  package init(
    id: CheckID, kind: String, outcome: Outcome, severity: Severity = .block, reason: Reason? = nil, message: String,
    evidence: Evidence = Evidence(), location: SourceLocation? = nil, isImplicit: Bool = false,
    reproduce: String? = nil, quarantine: String? = nil, duration: Duration? = nil
  ) {
    self.id = id
    self.kind = kind
    self.outcome = outcome
    self.severity = severity
    self.reason = reason
    self.message = message
    self.evidence = evidence
    self.location = location
    self.isImplicit = isImplicit
    self.reproduce = reproduce
    self.quarantine = quarantine
    self.duration = duration
  }

  /// The same finding about a part of the data.
  package func sampled(_ part: Evidence.Sampled) -> Finding {
    var copy = self
    copy.evidence.sampled = part
    copy.message += " (in a sample)"
    return copy
  }

  /// The same finding with every text passed through `transform`.
  package func mapText(_ transform: (String) -> String) -> Finding {
    var copy = self
    copy.id = id.mapText(transform)
    copy.dependsOn = dependsOn.map { $0.mapText(transform) }
    copy.message = transform(message)
    copy.evidence = evidence.mapText(transform)
    copy.location = location?.mapText(transform)
    copy.reproduce = reproduce.map(transform)
    copy.quarantine = quarantine.map(transform)
    return copy
  }
}

/// Why there is no verdict. The raw value is stable: it is the type of an error in JUnit (`cupel.io`).
package struct Reason: RawRepresentable, Sendable, Hashable {
  package var rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  /// A file could not be read or is not what it claims to be.
  package static let io = Reason(rawValue: "io")
  /// Zero rows, an all-null column, a filter that leaves nothing.
  package static let nothingToEvaluate = Reason(rawValue: "nothing-to-evaluate")
  /// A metric that is NaN, or relative to zero.
  package static let undefined = Reason(rawValue: "undefined")
  /// The baseline is missing or unusable.
  package static let baseline = Reason(rawValue: "baseline")
  /// A process could not be started, or ended where it should not have.
  package static let process = Reason(rawValue: "process")
  /// The endpoint could not be reached.
  package static let transport = Reason(rawValue: "transport")
  /// A limit of Cupel's own (memory, time, size) was reached before the check could be decided.
  package static let limit = Reason(rawValue: "limit")
  /// The run was interrupted before the check was evaluated.
  package static let interrupted = Reason(rawValue: "interrupted")
  /// Not evaluated because another check, named in the message, failed or errored: skipped when that one ends the run
  /// red, else errored.
  package static let dependency = Reason(rawValue: "dependency")
  /// Skipped because the user asked for it (`when_missing: accept`, a waiver). Counts as run.
  package static let requested = Reason(rawValue: "requested")
}
