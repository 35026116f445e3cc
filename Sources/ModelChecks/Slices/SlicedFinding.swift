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
    let all = slicing.discovery == nil ? "slices by \(name)" : "discovered slices"
    var evidence = Evidence(limit: check.limit)
    evidence.notes = slicing.notes
    if let absent = slicing.absent.first {
      let words = slicing.absent.map { "\"\($0.value)\"" }.joined(separator: ", ")
      // A slice of an expression has no other value than its name.
      let isNamed = slicing.absent.map(\.value) == [name]
      return check.planned.finding(
        .failed, isNamed ? "no row is in the slice \(words)" : "no row of the slices by \(name) has \(words)",
        evidence: evidence, location: absent.location)
    }
    guard let outcome = Self.order.first(where: { outcome in parts.contains { $0.finding.outcome == outcome } }),
      let worst = parts.first(where: { $0.finding.outcome == outcome })
    else { return check.planned.finding(.errored, "there are no slices", reason: .nothingToEvaluate) }
    let slices = evidence.notes
    evidence = worst.finding.evidence
    let rows = slicing.discovery?.judged ?? parts.reduce(0) { $0 + $1.slice.rows.count }
    evidence.counts = .init(rows: rows, nulls: 0, evaluated: rows, violating: nil)
    // Of those that nobody named all are told, and how large they are.
    let others = parts.filter {
      slicing.discovery != nil || $0.slice.name != worst.slice.name && $0.finding.outcome != .passed
    }
    evidence.notes += others.prefix(Self.shown).map { part in
      let size = slicing.discovery == nil ? "" : " (\(Quantity(Double(part.slice.rows.count), .rows)))"
      return "\(part.slice.name)\(size): \(part.finding.message)"
    }
    if others.count > Self.shown { evidence.notes.append("and \(others.count - Self.shown) more slices") }
    evidence.notes += slices
    let count = parts.count { $0.finding.outcome == outcome }
    let message =
      switch outcome {
      case .passed: "holds in all \(parts.count) \(all)"
      case .skipped: worst.finding.message
      case .failed:
        "in \(count) of \(parts.count) \(all) it does not hold; \(worst.slice.name): \(worst.finding.message)"
      default:
        "in \(count) of \(parts.count) \(all) it cannot be told; \(worst.slice.name): \(worst.finding.message)"
      }
    var finding = check.planned.finding(outcome, message, reason: worst.finding.reason, evidence: evidence)
    // Members of a family warn unless somebody says otherwise.
    if outcome == .inconclusive, check.entry.whenInconclusive?.value != .block { finding.severity = .warn }
    return finding
  }
}
