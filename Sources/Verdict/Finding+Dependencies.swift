extension [Finding] {
  /// The findings with every skip held against what it names as its cause.
  ///
  /// A check that is skipped because of another one is no pass as long as that one speaks for it. One that is waived,
  /// that only warns or that was not selected does not: then nobody judged the claim, and that is an error.
  package func skippingOnlyWhatAnotherAnswersFor() -> [Finding] {
    let findings = Dictionary(map { ($0.id, $0) }) { first, _ in first }
    return map { finding in
      guard finding.isDependent, !finding.isAnswered(among: findings) else { return finding }
      var unjudged = finding
      unjudged.outcome = .errored
      unjudged.message += ", \(finding.silence(among: findings))"
      unjudged.evidence.observed = nil
      unjudged.evidence.notes.append("a waiver of this check itself covers it, too")
      return unjudged
    }
  }
}

extension Finding {
  /// Whether it is skipped because of other checks, which it names.
  var isDependent: Bool { outcome == .skipped && reason == .dependency && !dependsOn.isEmpty }

  /// Whether one of the checks that it depends on ends the run at least as red as this one could.
  fileprivate func isAnswered(among findings: [CheckID: Finding]) -> Bool {
    dependsOn.contains { id in
      guard let other = findings[id] else { return false }
      switch other.outcome {
      case .errored: return true
      case .failed, .inconclusive: return other.severity == .block || severity == .warn
      case .passed: return false
      // What was skipped for a reason of the user's own, or has not been reached, says so for both.
      case .skipped: return other.isDependent ? other.isAnswered(among: findings) : !other.isWaived
      }
    }
  }

  /// Why none of the checks that it depends on speaks for it.
  fileprivate func silence(among findings: [CheckID: Finding]) -> String {
    guard dependsOn.count == 1, let other = findings[dependsOn[0]] else {
      return dependsOn.count == 1 ? "which was not selected" : "none of which blocks"
    }
    if other.isWaived { return "which is waived" }
    return other.severity == .warn ? "which only warns" : "which does not block"
  }
}
