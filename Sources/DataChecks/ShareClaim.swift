internal import Language
internal import Scan
internal import Verdict

/// Turns a number of rows or values into a finding, for limits on it as a share or as a number of rows.
struct ShareClaim: Sendable {
  /// The words for what is counted, and for there being nothing to count.
  var base: ValueClaim
  private let limits: Limits

  init(_ base: ValueClaim, _ limits: Limits) {
    self.base = base
    self.limits = limits
    self.base.limit = limits.bound ?? base.limit
  }

  /// - Parameters:
  ///   - count: how many of the `total` do what the words say; `total` is above 0.
  func judge(_ count: Int, of total: Int, _ words: String, _ evidence: Evidence) -> Finding {
    let planned = base.column.planned
    let share = Quantity(Double(count) / Double(total), .share)
    let observed = limits.unit == .share ? share : Quantity(Double(count), .rows)
    var evidence = evidence
    evidence.observed = observed
    let (part, whole) = (Quantity.grouped(count), Quantity.grouped(total))
    let message = "\(part) of \(whole) \(base.noun) \(words) (\(Quantity.brief(share.value * 100, digits: 3))%)"
    if base.limit.contains(observed.value) == true { return planned.finding(.passed, message, evidence: evidence) }
    return planned.finding(
      .failed, message + ", the limit is \(base.limit)", evidence: evidence,
      location: limits.location(for: observed.value))
  }
}
