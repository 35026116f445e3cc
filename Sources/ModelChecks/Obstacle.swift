internal import Verdict

/// Why a check gets no verdict from its bound.
struct Obstacle: Error, Sendable {
  var outcome = Outcome.errored
  var reason: Reason?
  var message: String
  /// The check that reports why, when one does.
  var dependsOn: CheckID?
  var samples: [Evidence.Sample] = []
  var notes: [String] = []
  /// The candidate's metric, where it could be told although there is no verdict.
  var observed: Double?

  func finding(for check: ModelCheck) -> Finding {
    let evidence = Evidence(
      observed: observed.map { Quantity($0) }, limit: check.limit, samples: samples, notes: notes)
    if let dependsOn { return check.planned.skipped(message, because: [dependsOn], evidence: evidence) }
    return check.planned.finding(outcome, message, reason: reason, evidence: evidence)
  }
}

extension ModelCheck {
  /// What the metric is held against.
  var limit: Bound {
    switch claim {
    case .value(let gate): gate.bound
    case .change(let gate): .text(gate.limit)
    }
  }
}
