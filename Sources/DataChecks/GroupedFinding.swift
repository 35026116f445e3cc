internal import Scan
internal import Verdict

/// One finding of a check that judged every group by itself: the worst of them, with what each offending group says.
struct GroupedFinding {
  private let planned: PlannedCheck
  private let columns: [String]
  private let parts: [Part]
  /// More offending groups than these are counted.
  private static let shown = 10

  init(_ planned: PlannedCheck, by columns: [String], _ parts: [(group: RowGroup, finding: Finding)]) {
    self.init(planned, by: columns, parts.map { part in ({ part.group.words(columns) }, part.finding) })
  }

  /// A group as messages call it, or several in one. Of a million groups few are called by anything.
  typealias Part = (words: () -> String, finding: Finding)

  init(_ planned: PlannedCheck, by columns: [String], _ parts: [Part]) {
    self.planned = planned
    self.columns = columns
    self.parts = parts
  }

  /// As for the checks of a run: what could not be told for a group comes first, because nothing softens it, neither a
  /// waiver nor a severity.
  private static let order: [Outcome] = [.errored, .failed, .inconclusive, .passed, .skipped]

  /// The numbers that were measured are those of all groups.
  var finding: Finding {
    var finding = judged
    finding.metrics = parts.flatMap(\.finding.metrics)
    return finding
  }

  private var judged: Finding {
    let names = columns.joined(separator: ", ")
    guard let outcome = Self.order.first(where: { outcome in parts.contains { $0.finding.outcome == outcome } }),
      let place = parts.firstIndex(where: { $0.finding.outcome == outcome })
    else {
      return planned.finding(.errored, "there are no rows, and so no groups", reason: .nothingToEvaluate)
    }
    let worst = parts[place]
    let offending = parts.filter { Self.isOffending($0.finding) }
    var evidence = worst.finding.evidence
    evidence.counts = counts
    // The frequent values of one group say nothing of the others.
    if offending.count > 1 { evidence.frequent = [] }
    evidence.samples = Array(offending.flatMap(\.finding.evidence.samples).prefix(10))
    // The message speaks of the worst.
    let others = (parts[..<place] + parts[(place + 1)...]).filter { Self.isOffending($0.finding) }
    evidence.notes += others.prefix(Self.shown).map { "\($0.words()): \($0.finding.message)" }
    let rest = others.count - Self.shown
    if rest > 0 { evidence.notes.append("and \(Quantity.grouped(rest)) more groups") }
    if outcome == .skipped, worst.finding.reason == .nothingToEvaluate {
      // One of many groups may have nothing to evaluate, and all of them are nothing.
      return planned.finding(
        .errored,
        "in none of \(Quantity.grouped(parts.count)) groups by \(names) is there anything to evaluate: "
          + worst.finding.message, reason: .nothingToEvaluate, evidence: evidence)
    }
    guard outcome != .passed, outcome != .skipped else {
      let skipped = parts.count { $0.finding.outcome == .skipped }
      let unevaluated = skipped > 0 && outcome == .passed ? ", \(skipped) of them not evaluated" : ""
      let message =
        outcome == .passed
        ? "holds in all \(Quantity.grouped(parts.count)) groups by \(names)\(unevaluated)" : worst.finding.message
      return planned.finding(outcome, message, reason: worst.finding.reason, evidence: evidence)
    }
    let count = parts.count { $0.finding.outcome == outcome }
    let verb = outcome == .failed ? "it does not hold" : "it cannot be told"
    return planned.finding(
      outcome,
      "in \(Quantity.grouped(count)) of \(Quantity.grouped(parts.count)) groups by \(names) \(verb); \(worst.words()): \(worst.finding.message)",
      reason: worst.finding.reason, evidence: evidence, location: worst.finding.location)
  }

  private static func isOffending(_ finding: Finding) -> Bool {
    finding.outcome != .passed && finding.outcome != .skipped
  }

  /// Every row is in one group, so that the counts add up to those of the table.
  private var counts: Evidence.Counts? {
    let counts = parts.compactMap(\.finding.evidence.counts)
    guard !counts.isEmpty else { return nil }
    return counts.reduce(Evidence.Counts(rows: 0, nulls: 0, evaluated: 0, violating: 0)) { sum, next in
      Evidence.Counts(
        rows: sum.rows + next.rows, nulls: sum.nulls + next.nulls, evaluated: sum.evaluated + next.evaluated,
        violating: sum.violating.flatMap { sum in next.violating.map { sum + $0 } })
    }
  }
}

extension RowGroup {
  /// `carrier = AA, origin has no value`.
  func words(_ columns: [String]) -> String {
    zip(columns, values).map { column, value in value.map { "\(column) = \($0)" } ?? "\(column) has no value" }
      .joined(separator: ", ")
  }
}

extension PlannedCheck {
  /// The finding of a check of more groups than anybody looks at, or than fit in memory.
  func unanswered(by columns: [String], _ excess: GroupExcess) -> Finding {
    finding(.errored, "\(columns.joined(separator: ", ")) makes \(excess)", reason: .limit)
  }
}
