internal import Baselines
internal import Verdict

/// The two sides of a comparison.
enum SideRole: String, Sendable {
  case candidate
  case baseline
}

/// Why a side cannot be used: a clause for people, and whether it is simply not there yet.
struct SideFailure: Error, Sendable {
  var reason: Reason
  var message: String
  var advice: String
  var isMissing: Bool
}

extension SideFailure {
  /// What keeps a side from being read.
  init(_ error: BaselineError, of name: String, _ role: SideRole) {
    isMissing = role == .baseline && error.isMissing
    reason = isMissing ? .baseline : error.reason
    message = error.message(for: name)
    advice = isMissing ? Self.firstRun : error.advice
  }

  /// What to do where there is no baseline yet.
  static let firstRun = "for a first run choose when_missing: accept or absolute-only"
}
