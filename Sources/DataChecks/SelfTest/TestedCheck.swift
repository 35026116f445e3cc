internal import Verdict

/// One check that is violated on purpose: a claim, or one member of a family of them.
struct TestedCheck: Sendable {
  let claim: Claim
  let planned: PlannedCheck

  /// Whether it is one of a family, and judged by its own finding.
  let isMember: Bool

  /// The column that it speaks of; empty when it speaks of no single one.
  var column: String { isMember ? planned.id.column ?? "" : claim.violation.column }

  /// Its finding among those of the claim. A family that is not told apart is red where one of its members is.
  func finding(among findings: [Finding]) -> Finding {
    let whole = findings.first { $0.outcome == .failed } ?? findings.first
    guard isMember, let first = findings.first, let own = findings.first(where: { $0.id == planned.id }) else {
      return whole ?? planned.finding(.skipped, "there is nothing to say of it")
    }
    // What a member was skipped for is told by the whole.
    return own.outcome == .skipped && first.outcome == .errored ? first : own
  }
}

extension Claim {
  /// The checks of it that are violated one by one.
  var tested: [TestedCheck] {
    guard let check = violation.check, check.testsMembers, !members.isEmpty else {
      return [TestedCheck(claim: self, planned: planned, isMember: false)]
    }
    return (check.testsWhole ? [planned] : []).map { TestedCheck(claim: self, planned: $0, isMember: true) }
      + members.map { TestedCheck(claim: self, planned: $0, isMember: true) }
  }
}
