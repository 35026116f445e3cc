internal import Language
internal import Statistics
internal import Verdict

/// One finding of a gate that judged each slice by itself: the worst of them, with what each offending slice says.
struct SlicedFinding {
  let check: ModelCheck
  let slicing: Slicing
  /// The worst first.
  private let parts: [Part]

  /// A slice with its finding, and how far it is beyond the limit.
  struct Part {
    var slice: Slicing.Slice
    var finding: Finding
    var shortfall: Double
  }

  init(check: ModelCheck, slicing: Slicing, parts: [Part]) {
    self.check = check
    self.slicing = slicing
    let places = parts.indices.sorted { (-parts[$0].shortfall, $0) < (-parts[$1].shortfall, $1) }
    self.parts = places.map { parts[$0] }
  }

  /// More offending slices than these are counted.
  private static let shown = 20

  private static let order: [Outcome] = [.errored, .failed, .inconclusive, .skipped, .passed]

  var finding: Finding {
    let name = check.slice?.name ?? ""
    var evidence = Evidence(limit: check.limit)
    evidence.notes = slicing.notes
    if let absent = slicing.absent.first {
      let words = slicing.absent.map { "\"\($0.value)\"" }.joined(separator: ", ")
      return check.planned.finding(
        .failed, "no row of the slices by \(name) has \(words)", evidence: evidence, location: absent.location)
    }
    guard let outcome = Self.order.first(where: { outcome in parts.contains { $0.finding.outcome == outcome } }),
      let worst = parts.first(where: { $0.finding.outcome == outcome })
    else { return check.planned.finding(.errored, "there are no slices", reason: .nothingToEvaluate) }
    let pooling = evidence.notes
    evidence = worst.finding.evidence
    evidence.counts = .init(
      rows: parts.reduce(0) { $0 + $1.slice.rows.count }, nulls: 0,
      evaluated: parts.reduce(0) { $0 + $1.slice.rows.count }, violating: nil)
    let others = parts.filter { $0.slice.name != worst.slice.name && $0.finding.outcome != .passed }
    evidence.notes += others.prefix(Self.shown).map { "\($0.slice.name): \($0.finding.message)" }
    if others.count > Self.shown { evidence.notes.append("and \(others.count - Self.shown) more slices") }
    evidence.notes += pooling
    let count = parts.count { $0.finding.outcome == outcome }
    let message =
      switch outcome {
      case .passed: "holds in all \(parts.count) slices by \(name)"
      case .skipped: worst.finding.message
      case .failed:
        "in \(count) of \(parts.count) slices by \(name) it does not hold; \(worst.slice.name): \(worst.finding.message)"
      default:
        "in \(count) of \(parts.count) slices by \(name) it cannot be told; \(worst.slice.name): \(worst.finding.message)"
      }
    var finding = check.planned.finding(outcome, message, reason: worst.finding.reason, evidence: evidence)
    // Members of a family warn unless somebody says otherwise.
    if outcome == .inconclusive, check.entry.whenInconclusive?.value != .block { finding.severity = .warn }
    return finding
  }
}
