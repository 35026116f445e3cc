internal import Metrics
internal import Verdict

/// What became of the rows that a candidate is compared with.
enum ComparedRows<Rows: MetricRows>: Sendable {
  /// Those of the baseline, in the order of the candidate's.
  case rows(Rows)
  /// In their place what accepted runs left of them.
  case recorded(RecordedBaseline)
  /// No gate asks for them.
  case unwanted
  case missing(SideFailure)
  case unusable(Obstacle)
  /// They cannot be compared, and another check of the run says why.
  case told(by: PlannedCheck)

  var rows: Rows? { if case .rows(let rows) = self { rows } else { nil } }
  var recorded: RecordedBaseline? { if case .recorded(let baseline) = self { baseline } else { nil } }

  /// Throws what keeps a check from being judged.
  func require(for check: ModelCheck, _ side: ModelSide?) throws(Obstacle) {
    guard check.needsBaseline else { return }
    let policy = side?.whenMissing ?? .error
    switch self {
    case .missing(let failure) where policy == .accept:
      throw Obstacle(
        outcome: .skipped, reason: .requested,
        message: "the candidate is accepted without a baseline: \(failure.message) (when_missing: accept)")
    case .missing(let failure) where policy == .absoluteOnly:
      throw Obstacle(
        outcome: .skipped, reason: side?.reasonToSkip ?? .requested,
        message: "not compared: \(failure.message) (when_missing: absolute-only)")
    case .missing(let failure):
      throw Obstacle(reason: failure.reason, message: "\(failure.message); \(failure.advice)")
    case .unusable(let obstacle): throw obstacle
    case .told(let other):
      throw Obstacle(outcome: .skipped, message: "not evaluated", dependsOn: other.id)
    case .rows, .recorded, .unwanted: return
    }
  }
}
