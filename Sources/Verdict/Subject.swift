/// One dataset, one model comparison or one endpoint, with all the claims that the config makes about it.
package protocol Subject: Sendable {
  var suite: Suite { get }
  /// The subject's name in the config.
  var name: String { get }
  /// Where the subject is written.
  var location: SourceLocation? { get }
  /// The checks in the order of the config, known without touching the subject itself.
  var checks: [PlannedCheck] { get }

  /// Evaluates the selected checks: one finding for each of them, in their order.
  ///
  /// It never throws: what prevents an evaluation is a finding. When the task is cancelled it stops what it
  /// started and returns what it has; the runner marks the rest as interrupted.
  func evaluate(_ selection: Selection, in context: RunContext) async -> [Finding]
}

/// A check as the config announces it, before anything is evaluated.
package struct PlannedCheck: Sendable, Hashable {
  package var id: CheckID
  package var kind: String
  package var severity: Severity
  /// Where the limit is written.
  package var location: SourceLocation?
  /// Whether nobody wrote this check: it can fail a run, but alone it is no gate.
  package var isImplicit: Bool

  package init(
    id: CheckID, kind: String, severity: Severity = .block, location: SourceLocation? = nil, isImplicit: Bool = false
  ) {
    self.id = id
    self.kind = kind
    self.severity = severity
    self.location = location
    self.isImplicit = isImplicit
  }

  /// A finding about this check, with what the plan already knows of it filled in.
  package func finding(
    _ outcome: Outcome, _ message: String, reason: Reason? = nil, evidence: Evidence = Evidence(),
    location: SourceLocation? = nil, duration: Duration? = nil
  ) -> Finding {
    var evidence = evidence
    // A share that could not be told was not observed, whatever was counted on the way.
    if outcome == .errored, evidence.observed?.unit == .share { evidence.observed = nil }
    return Finding(
      id: id, kind: kind, outcome: outcome, severity: severity, reason: reason, message: message,
      evidence: evidence, location: location ?? self.location, isImplicit: isImplicit, duration: duration)
  }

  /// The finding for a check that another one makes pointless: skipped, naming that one.
  package func skipped(because other: CheckID) -> Finding {
    skipped("not evaluated", because: [other])
  }

  /// The finding for a check that is pointless because of others: skipped, naming them.
  package func skipped(_ words: String, because others: [CheckID], evidence: Evidence = Evidence()) -> Finding {
    let names = others.map(\.description).joined(separator: " and ")
    var finding = finding(.skipped, "\(words): see \(names)", reason: .dependency, evidence: evidence)
    finding.dependsOn = others
    return finding
  }
}

/// Which checks of the config a run evaluates: all, or those that `--only` names.
package struct Selection: Sendable, Hashable {
  /// Identities, or the beginning of some up to a dot; `*` stands for any run of characters.
  package var patterns: [String]

  package init(_ patterns: [String] = []) { self.patterns = patterns }

  package static let everything = Selection()

  package func includes(_ id: CheckID) -> Bool {
    guard !patterns.isEmpty else { return true }
    let text = Array(id.description.unicodeScalars)
    return patterns.contains { pattern in
      let scalars = Array(pattern.unicodeScalars)
      return Self.matches(scalars[...], text[...])
        || Self.matches((scalars + Array(".*".unicodeScalars))[...], text[...])
    }
  }

  /// Glob matching with one backtracking point: O(pattern × text).
  private static func matches(_ pattern: ArraySlice<Unicode.Scalar>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
    var (p, t) = (pattern.startIndex, text.startIndex)
    var star: (pattern: Int, text: Int)?
    while t < text.endIndex {
      if p < pattern.endIndex, pattern[p] == "*" {
        star = (p, t)
        p += 1
      } else if p < pattern.endIndex, pattern[p] == text[t] {
        p += 1
        t += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        p = last.pattern + 1
        t = last.text + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}

/// What a run brings along: the outside world as values, so that no check reads it by itself.
package struct RunContext: Sendable {
  /// The folder that displayed paths are relative to.
  package var workingDirectory: String
  package var environment: [String: String]
  /// The clock for freshness and expiry, in seconds since 1970, UTC.
  package var now: Int64
  /// What earlier runs measured.
  package var history = HistoryAccess.unwanted
  /// How many cores may be busy at once. No result depends on it.
  package var threads: Int
  /// How much memory the state of a scan may take, in bytes; what is more goes to disk.
  package var memory: Int
  /// Says what is going on, for a person who waits; does nothing when nobody watches.
  package var progress: @Sendable (String) -> Void

  package init(
    workingDirectory: String, environment: [String: String], now: Int64, threads: Int = 1, memory: Int = 256 << 20,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.workingDirectory = workingDirectory
    self.environment = environment
    self.now = now
    self.threads = threads
    self.memory = memory
    self.progress = progress
  }
}
