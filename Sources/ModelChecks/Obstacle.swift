internal import Verdict

/// Why a check gets no verdict from its bound.
struct Obstacle: Error, Sendable {
  var outcome = Outcome.errored
  var reason: Reason?
  var message: String
  var samples: [Evidence.Sample] = []
  var notes: [String] = []

  func finding(for check: ModelCheck) -> Finding {
    check.planned.finding(
      outcome, message, reason: reason, evidence: Evidence(limit: check.limit, samples: samples, notes: notes))
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
