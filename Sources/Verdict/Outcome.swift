/// What became of one check. "No" and "could not tell" never share a case.
package enum Outcome: String, Sendable, Hashable, CaseIterable {
  /// Evaluated, and the claim holds.
  case passed
  /// Evaluated, and the claim is false.
  case failed
  /// Evaluated, and the sample is too small to decide a statistical claim.
  case inconclusive
  /// Not evaluated, for a reason that is no defect of the subject by itself.
  case skipped
  /// Could not be evaluated: unreadable file, refused connection, undefined value.
  case errored
}

/// How much a failed or inconclusive check weighs. An errored check always blocks.
package enum Severity: String, Sendable, Hashable, CaseIterable {
  /// The run fails with it.
  case block
  /// It is reported, and fails the run only with `--fail-on warn`.
  case warn
}

/// The kind of subject that a check speaks of.
package enum Suite: String, Sendable, Hashable, CaseIterable {
  case data
  case models
  case endpoints
}
