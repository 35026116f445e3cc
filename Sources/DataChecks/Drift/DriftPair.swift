internal import Language
internal import Planning
internal import Scan
internal import Statistics
internal import Verdict

/// One column of a drift check: where its two samples will be once the data are read.
struct DriftPair: Sendable {
  let planned: PlannedCheck
  let terms: DriftTerms
  let column: String
  /// Whether the rules name the column, and not only `all`.
  private let isChosen: Bool
  private let baselineName: String
  private let isHidden: Bool
  private let isKey: Bool
  private let isOptional: Bool
  /// What the rules say that it is.
  private let declared: ValueType?
  /// Why nothing is known of the column's values; nil when they are read.
  private let unreadWords: String?
  /// Nil when the table has no such column, or it is not read.
  private let current: Slot<ColumnSummary>?
  /// What its texts are made of, where that may be compared.
  private let makeup: Slot<ColumnMakeup>?
  private let reference: Reference

  private enum Reference {
    case summary(ColumnSummary)
    case dataset(PeerSlot<ColumnSummary>, PeerSlot<ColumnMakeup>?, name: String)
    case absent
  }

  /// Requires what the comparison needs.
  init(
    _ planned: PlannedCheck, of column: String, _ check: DriftCheck, _ baseline: DataBaseline, _ table: TableContext,
    _ plan: inout Plan
  ) {
    self.planned = planned
    self.column = column
    terms = check.terms(of: column)
    isChosen = check.choice.named != nil
    baselineName = baseline.name
    // What either side must not show is not shown.
    var isHiddenThere = false
    if case .dataset(let name, _) = baseline.content { isHiddenThere = table.peers[name].hides([column]) }
    isHidden = isHiddenThere || table.rules.sensitive.contains(column)
    isKey = table.rules.rowKey.contains(column)
    isOptional = table.rules.optional.contains(column)
    declared = table.rules.types[column]
    let type = table.types[column]
    unreadWords = type.flatMap { $0.isRead ? nil : "the column is \($0.words), which is not read" }
    current = type.flatMap { $0.isRead ? plan.require(ColumnSummary.Specification(column)) : nil }
    // `all` leaves out nearly all free texts, and to look into every text costs more than all else.
    var isLookedInto = isChosen && type?.mayHoldTexts == true && !plan.isGrouped
    switch baseline.content {
    case .profile(let profile):
      let summary = profile.columns.first { ExactText($0.column) == ExactText(column) }
      isLookedInto = isLookedInto && summary?.makeup != nil
      reference = summary.map(Reference.summary) ?? .absent
    case .dataset(let name, let columns):
      let isThere = columns.contains { ExactText($0) == ExactText(column) }
      reference =
        isThere && current != nil
        ? .dataset(
          plan.require(ColumnSummary.Specification(column), of: name.value, .ofGroup),
          isLookedInto ? plan.require(ColumnMakeup.Specification(column), of: name.value) : nil, name: name.value)
        : .absent
    case .missing: reference = .absent
    }
    makeup = isLookedInto ? plan.require(ColumnMakeup.Specification(column)) : nil
  }

  /// What came of the comparison: samples to compare, or the finding that says why there are none.
  enum Outcome: Sendable {
    case compared(DriftComparison)
    case finding(Finding)
  }

  func compared(_ measurements: Measurements) -> Outcome {
    switch samples(measurements) {
    case .finding(let finding): .finding(finding)
    case .found(let reference, let current): compared(paired(reference, current))
    }
  }

  func paired(_ reference: ColumnSummary, _ current: ColumnSummary) -> (reference: DriftSample, current: DriftSample) {
    DriftSample.pair(reference, current, declared: declared)
  }

  /// The summaries of both sides, or the finding that says why there are none.
  enum Samples: Sendable {
    case found(reference: ColumnSummary, current: ColumnSummary)
    case finding(Finding)
  }

  /// What was measured, of one group where the measurements are.
  func samples(_ measurements: Measurements) -> Samples {
    if let unreadWords {
      let words = isChosen ? unreadWords : "left out of columns: all: \(unreadWords)"
      return .finding(finding(isChosen ? .errored : .skipped, words, isChosen ? .undefined : .requested))
    }
    guard let current else { return .finding(absentHere) }
    var before: ColumnSummary
    var now = measurements[current]
    now.makeup = makeup.map { measurements[$0].texts }
    switch reference {
    case .absent:
      return .finding(
        finding(
          .errored, "\(baselineName) has no column \"\(column)\"", .baseline, wayOut))
    case .summary(let summary): before = summary
    case .dataset(let slot, let makeup, let name):
      do throws(ScanError) {
        before = try measurements[slot].get()
        if let makeup { before.makeup = try measurements[makeup].get().texts }
      } catch {
        return .finding(planned.unanswered(by: name, error))
      }
    }
    return .found(reference: before, current: now)
  }

  /// Why a comparison is out of the question, for all of the column; nil when it is not.
  func refusal(_ reference: DriftSample, _ current: DriftSample) -> Finding? {
    guard current.rows > 0 else { return finding(.errored, "there are no rows", .nothingToEvaluate) }
    guard reference.rows > 0 else { return finding(.errored, "\(baselineName) has no rows", .nothingToEvaluate) }
    guard reference.present > 0 || current.present > 0 else {
      return finding(
        .errored, "neither here nor in \(baselineName) has the column a value", .nothingToEvaluate, wayOut)
    }
    if let (before, now) = kinds(reference, current), before != now {
      return finding(
        .failed,
        "the column holds \(current.words ?? now.words); in \(baselineName) it holds \(reference.words ?? before.words)",
        nil)
    }
    if reference.areTooLarge || current.areTooLarge, isChosen || (reference.reasonToLeaveOut == nil && !isKey) {
      return finding(
        .errored, "the whole numbers are too large for their differences: as doubles, many of them are one", .undefined,
        "take off what all of them have, or compare them as text; or \(wayOut)")
    }
    if isChosen { return nil }
    if isKey { return finding(.skipped, "left out of columns: all: it is part of the key", .requested) }
    let change = RepetitionChange(before: reference, now: current)
    if change.isCertain {
      return finding(.failed, "\(change.words); in \(baselineName) \(change.wordsBefore)", nil)
    }
    // What names rows on one side alone is compared: that the other side is left out would hide the change.
    guard !change.isPossible,
      let reason = reference.reasonToLeaveOut ?? (reference.areMeasured ? nil : current.reasonToLeaveOut)
    else { return nil }
    return finding(.skipped, "left out of columns: all: \(reason)", .requested)
  }

  private func compared(_ samples: (reference: DriftSample, current: DriftSample)) -> Outcome {
    if let finding = refusal(samples.reference, samples.current) { return .finding(finding) }
    return comparison(samples.reference, samples.current)
  }

  /// Compares samples that may be compared.
  func comparison(_ reference: DriftSample, _ current: DriftSample) -> Outcome {
    let kinds = kinds(reference, current)
    var comparison = DriftComparison(planned, terms, baselineName, reference, current, isHidden: isHidden)
    if isChosen, reference.areFreeTexts || current.areFreeTexts, reference.summary.makeup == nil {
      comparison.untold =
        "of which characters and words the texts are made is not compared, for \(baselineName) does not say; "
        + "`cupel data profile --texts` makes one that does"
    }
    switch kinds?.now {
    case .times?, .timesOfDay?:
      guard reference.sketch.isEmpty || current.sketch.isEmpty else { return compared(comparison) }
      if kinds?.now == .timesOfDay, [reference, current].contains(where: \.holdsOtherTimes) {
        return refused(
          .errored, "some of the values are no times of a day, which ends before 24:00", .undefined,
          "check them with type: time; or \(wayOut)")
      }
      if kinds?.now == .times, [reference, current].contains(where: \.holdsTimesOfDay) {
        return refused(
          .errored, "times of day among dates have no place that could be compared", .undefined,
          "make two columns of them; or \(wayOut)")
      }
      guard case .summary = self.reference, reference.sketch.isEmpty else {
        return refused(.errored, "there are no quantiles of the dates and times to compare", .undefined, wayOut)
      }
      return refused(
        .errored, "\(baselineName) does not say when its dates and times are: it was saved before profiles did",
        .baseline, "make it again: cupel data profile SOURCE -o FILE; or \(wayOut)")
    case .texts?
    where terms.chosenMethod.needsOrder
      && ComparedValues(reference, current, for: terms.chosenMethod)?.areLengths == false:
      return refused(
        .errored,
        "\(current.words ?? "texts") have no order, by which \(terms.chosenMethod.rawValue) compares", .undefined,
        "choose another method for them: overrides: {\(column): {method: jensen_shannon}}; or \(wayOut)")
    case .texts? where ComparedValues(reference, current, for: terms.chosenMethod)?.areMostlyUnknown == true:
      return refused(
        .errored, "there are more different texts than a profile counts, and none of them is frequent", .undefined,
        "\(baselineName) was saved before profiles counted texts by their hashes: make it again")
    case .lists?:
      return refused(
        .errored, "lists cannot be compared by their values", .undefined,
        "embedding_drift compares vectors: embedding_drift: {column: \(column), at_most: 0.6}; or \(wayOut)")
    case .other?:
      return refused(.errored, "\(kinds?.now.words ?? "they") cannot be compared", .undefined)
    default: return compared(comparison)
    }
  }

  private func compared(_ comparison: DriftComparison) -> Outcome {
    var comparison = comparison
    comparison.compareValues()
    return .compared(comparison)
  }

  /// What the values of both samples are; nil when one of them has none.
  private func kinds(
    _ reference: DriftSample, _ current: DriftSample
  ) -> (before: DriftSample.Kind, now: DriftSample.Kind)? {
    guard let before = reference.kind, let now = current.kind else { return nil }
    return (before, now)
  }

  /// That it is there is a claim of its own.
  private var absentHere: Finding {
    isOptional
      ? finding(.skipped, "the optional column \"\(column)\" is absent", .requested)
      : planned.skipped(becauseAbsent: column)
  }

  /// How a person does without a column that cannot be compared.
  private var wayOut: String {
    isChosen ? "take \(column) out of columns" : "leave it out with except: [\(column)]"
  }

  private func finding(
    _ outcome: Verdict.Outcome, _ message: String, _ reason: Reason?, _ hint: String? = nil
  ) -> Finding {
    planned.finding(outcome, message, reason: reason, evidence: Evidence(notes: hint.map { [$0] } ?? []))
  }

  private func refused(
    _ outcome: Verdict.Outcome, _ message: String, _ reason: Reason?, _ hint: String? = nil
  ) -> Outcome {
    .finding(finding(outcome, message, reason, hint))
  }
}
