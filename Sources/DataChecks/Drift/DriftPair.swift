internal import Language
internal import Planning
internal import Scan
internal import Verdict

/// One column of a drift check: where its two samples will be once the data are read.
struct DriftPair: Sendable {
  let planned: PlannedCheck
  let terms: DriftTerms
  private let column: String
  /// Whether the rules name the column, and not only `all`.
  private let isChosen: Bool
  private let baselineName: String
  private let isHidden: Bool
  private let isKey: Bool
  /// Nil when the table has no such column.
  private let current: Slot<ColumnSummary>?
  private let reference: Reference

  private enum Reference {
    case summary(ColumnSummary)
    case dataset(PeerSlot<ColumnSummary>, name: String)
    case absent
  }

  /// Requires what the comparison needs.
  init(
    _ planned: PlannedCheck, _ check: DriftCheck, _ baseline: DataBaseline, _ table: TableContext, _ plan: inout Plan
  ) {
    self.planned = planned
    let column = planned.id.column ?? ""
    self.column = column
    terms = check.terms(of: column)
    isChosen = check.chosen != nil
    baselineName = baseline.name
    // What either side must not show is not shown.
    var isHiddenThere = false
    if case .dataset(let name, _) = baseline.content { isHiddenThere = table.peers[name].hides([column]) }
    isHidden = isHiddenThere || table.rules.sensitive.contains(column)
    isKey = table.rules.rowKey.contains(column)
    current = table.types[column].map { _ in plan.require(ColumnSummary.Specification(column)) }
    switch baseline.content {
    case .profile(let profile):
      reference = profile.columns.first { ExactText($0.column) == ExactText(column) }.map(Reference.summary) ?? .absent
    case .dataset(let name, let columns):
      let isThere = columns.contains { ExactText($0) == ExactText(column) }
      reference =
        isThere && current != nil
        ? .dataset(plan.require(ColumnSummary.Specification(column), of: name.value), name: name.value) : .absent
    case .missing: reference = .absent
    }
  }

  /// What came of the comparison: samples to compare, or the finding that says why there are none.
  enum Outcome: Sendable {
    case compared(DriftComparison)
    case finding(Finding)
  }

  func compared(_ measurements: Measurements) -> Outcome {
    guard let current else { return absentHere }
    let before: ColumnSummary
    switch reference {
    case .absent:
      return finding(
        .errored, "\(baselineName) has no column \"\(column)\"", .baseline, "leave it out with except: [\(column)]")
    case .summary(let summary): before = summary
    case .dataset(let slot, let name):
      do throws(ScanError) {
        before = try measurements[slot].get()
      } catch {
        return .finding(planned.unanswered(by: name, error))
      }
    }
    return compared(DriftSample(before), DriftSample(measurements[current]))
  }

  private func compared(_ reference: DriftSample, _ current: DriftSample) -> Outcome {
    guard current.rows > 0 else { return finding(.errored, "there are no rows", .nothingToEvaluate) }
    guard reference.rows > 0 else { return finding(.errored, "\(baselineName) has no rows", .nothingToEvaluate) }
    guard reference.present > 0 || current.present > 0 else {
      return finding(.errored, "neither here nor in \(baselineName) has the column a value", .nothingToEvaluate)
    }
    let kinds = kinds(reference, current)
    if let (before, now) = kinds, before != now {
      return finding(.failed, "the column holds \(now.words); in \(baselineName) it holds \(before.words)", nil)
    }
    let reason = isKey ? "it is part of the key" : reference.reasonToLeaveOut ?? current.reasonToLeaveOut
    if !isChosen, let reason {
      return finding(.skipped, "left out of columns: all: \(reason)", .requested)
    }
    var comparison = DriftComparison(planned, terms, baselineName, reference, current, isHidden: isHidden)
    switch kinds?.now {
    case .times? where reference.summary.quantiles.isEmpty || current.summary.quantiles.isEmpty:
      return finding(
        .errored, "dates and times of text files have no quantiles to compare", .undefined,
        "use freshness, gaps and limits; or a typed format")
    case .texts? where ComparedValues(reference, current, for: terms.chosenMethod)?.areMostlyUnknown == true:
      return finding(
        .errored, "there are more different texts than a profile counts, and none of them is frequent", .undefined,
        "compare what they are made of: a column of their first letters, of a group that they belong to")
    case .lists?, .other?:
      return finding(.errored, "\(kinds?.now.words ?? "they") cannot be compared", .undefined)
    default: comparison.compareValues()
    }
    return .compared(comparison)
  }

  /// What the values of both samples are; nil when one of them has none.
  private func kinds(
    _ reference: DriftSample, _ current: DriftSample
  ) -> (before: DriftSample.Kind, now: DriftSample.Kind)? {
    guard let before = reference.kind, let now = current.kind else { return nil }
    return (before, now)
  }

  private var absentHere: Outcome {
    if case .absent = reference, isChosen {
      return finding(.errored, "neither the table nor \(baselineName) has a column \"\(column)\"", .baseline)
    }
    return finding(.failed, "the column is absent; \(baselineName) has it", nil)
  }

  private func finding(_ outcome: Verdict.Outcome, _ message: String, _ reason: Reason?, _ hint: String? = nil)
    -> Outcome
  {
    .finding(planned.finding(outcome, message, reason: reason, evidence: Evidence(notes: hint.map { [$0] } ?? [])))
  }
}
