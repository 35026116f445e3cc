/// A named exception to one check: who allows it to fail, why, and until when.
///
/// It covers failed and inconclusive, never errored, and what was skipped because of another check. Past its expiry the check counts again, and the waiver itself is
/// one more failure: an exception that nobody looks after must not become the rule.
package struct Waiver: Sendable, Hashable {
  /// The identity of the check.
  package var check: String
  package var reason: String
  package var owner: String
  /// The last day on which it holds, in days since 1970, UTC.
  package var expires: Int64
  /// That day as it is written.
  package var expiry: String
  /// Where the waiver stands, and its last day.
  package var location: SourceLocation
  package var expiryLocation: SourceLocation

  package init(
    check: String, reason: String, owner: String, expires: Int64, expiry: String, location: SourceLocation,
    expiryLocation: SourceLocation
  ) {
    self.check = check
    self.reason = reason
    self.owner = owner
    self.expires = expires
    self.expiry = expiry
    self.location = location
    self.expiryLocation = expiryLocation
  }

  /// The kind of the failure that an expired waiver is.
  package static let kind = "waiver"

  /// Whether its last day is over.
  ///
  /// - Parameter now: seconds since 1970, UTC.
  package func isExpired(at now: Int64) -> Bool { now >= (expires + 1) * 86400 }

  /// The finding that stands in for the one that it covers; nil when it does not cover it.
  func covering(_ finding: Finding) -> Finding? {
    guard finding.outcome == .failed || finding.outcome == .inconclusive || finding.isDependent else { return nil }
    var waived = finding
    waived.outcome = .skipped
    waived.reason = .requested
    waived.isWaived = true
    waived.message = "waived by \(owner) until \(expiry) (\(reason)): \(finding.message)"
    return waived
  }

  /// The failure that it is once it has expired.
  func expired(beside finding: Finding) -> Finding {
    var id = finding.id
    id.check += "-\(Self.kind)"
    let hint = "mend what it covers and remove it, or have \(owner) set a new date"
    return Finding(
      id: id, kind: Self.kind, outcome: .failed,
      message: "the waiver for \(finding.id) by \(owner) ended with \(expiry) (\(reason))",
      evidence: Evidence(observedText: "expired", limit: .text("until \(expiry)"), notes: [hint]),
      location: expiryLocation, reproduce: finding.reproduce)
  }
}

extension [Finding] {
  /// The findings with every waiver taken into account; an expired one adds a failure behind the check that it named.
  ///
  /// - Parameter now: seconds since 1970, UTC.
  package func waived(by waivers: [Waiver], at now: Int64) -> [Finding] {
    let waivers = Dictionary(waivers.map { ($0.check, $0) }) { first, _ in first }
    return flatMap { finding in
      guard let waiver = waivers[finding.id.description] else { return [finding] }
      if waiver.isExpired(at: now) { return [finding, waiver.expired(beside: finding)] }
      return [waiver.covering(finding) ?? finding]
    }
  }
}
