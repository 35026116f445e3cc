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
    isHidden = table.rules.sensitive.contains(column)
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
    if !isChosen, let reason = reasonToLeaveOut(reference, current) {
      return finding(.skipped, "left out of columns: all: \(reason)", .requested)
    }
    var comparison = DriftComparison(planned, terms, baselineName, reference, current, isHidden: isHidden)
    switch kinds?.now {
    case nil: break
    case .numbers:
      comparison.compareNumbers()
    case .times:
      guard !reference.summary.quantiles.isEmpty, !current.summary.quantiles.isEmpty else {
        return finding(
          .errored, "dates and times of text files have no quantiles to compare", .undefined,
          "use freshness, gaps and limits; or a typed format")
      }
      comparison.compareNumbers()
    case .texts: comparison.compareTexts()
    case .lists, .other:
      return finding(.errored, "\(kinds?.now.words ?? "they") cannot be compared", .undefined)
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

  /// Why `columns: all` does not mean the column; nil when it does.
  private func reasonToLeaveOut(_ reference: DriftSample, _ current: DriftSample) -> String? {
    if isKey { return "it is part of the key" }
    if reference.isIdentifier || current.isIdentifier { return "an identifier" }
    switch reference.kind ?? current.kind {
    case .times?: return "dates or times"
    case .texts? where reference.isNearlyUnique || current.isNearlyUnique: return "texts that are nearly all different"
    case .lists?: return "lists"
    case .other(let words)?: return words
    default: return nil
    }
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
