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
