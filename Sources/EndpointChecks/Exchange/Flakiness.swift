internal import Verdict

/// What the attempts before the last one say about an exchange.
struct Flakiness: Sendable {
  /// The findings of each earlier attempt, in the order of the claims.
  private(set) var earlier: [[Finding]] = []

  mutating func note(_ findings: [Finding]) { earlier.append(findings) }

  /// The last attempt's findings with the earlier ones told.
  ///
  /// What passed only on a retry is a warning, as if `severity: warn` stood there: the claim did not hold when it was
  /// first made, and a green tick would hide that for ever. With `--fail-on warn` it fails.
  func told(_ findings: [Finding]) -> [Finding] {
    guard !earlier.isEmpty else { return findings }
    let attempts = earlier.count + 1
    return findings.indices.map { index in
      var finding = findings[index]
      let complaints = earlier.enumerated().filter { $1[index].reason != .dependency && $1[index].outcome != .passed }
      finding.evidence.notes =
        complaints.map { "attempt \($0 + 1): \($1[index].message)" } + finding.evidence.notes
      guard finding.outcome == .passed else {
        if finding.reason != .dependency { finding.message += " (attempt \(attempts) of \(attempts))" }
        return finding
      }
      guard !complaints.isEmpty else { return finding }
      finding.outcome = .failed
      finding.severity = .warn
      finding.message = "flaky: passed only on attempt \(attempts): \(finding.message)"
      return finding
    }
  }
}
