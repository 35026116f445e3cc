internal import Statistics
internal import Verdict

/// One claim of a canary: a sequential test of a change from the baseline to the candidate.
///
/// Its intervals hold at all looks together, so whoever watches may stop at any of them. Every kind is a file of its own.
protocol CanaryGuard: Sendable {
  var claim: ProbingClaim { get }
  /// The pairs that it has judged, for the evidence.
  var counts: Evidence.Counts { get }

  /// Takes a pair. A complaint ends the guard: what the pair lacks will not come.
  mutating func take(_ pair: CanaryPair) throws(Complaint)

  /// What is known by now.
  func effect() throws(Undefined) -> CanaryEffect
}
