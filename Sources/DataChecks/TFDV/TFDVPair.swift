internal import Language
internal import Planning
internal import Scan
internal import Statistics
internal import Verdict

/// A column of both sides, and what TensorFlow Data Validation's comparators say of it.
struct TFDVPair: Sendable {
  let planned: PlannedCheck
  private let comparators: TFDVComparators
  private let baseline: String
  private let isHidden: Bool
  private let current: Slot<ColumnSummary>
  private let reference: Reference

  private enum Reference {
    case summary(ColumnSummary)
    case dataset(PeerSlot<ColumnSummary>, name: String)
    case absent
  }

  init(
    _ planned: PlannedCheck, _ comparators: TFDVComparators, _ baseline: DataBaseline, _ table: TableContext,
    _ plan: inout Plan
  ) {
    let column = planned.id.column ?? ""
    (self.planned, self.comparators, self.baseline) = (planned, comparators, baseline.name)
    current = plan.require(ColumnSummary.Specification(column), judgesRows: false)
    var isHidden = table.rules.sensitive.contains(column)
    switch baseline.content {
    case .profile(let profile):
      reference = profile.columns.first { ExactText($0.column) == ExactText(column) }.map(Reference.summary) ?? .absent
    case .dataset(let name, _):
      isHidden = isHidden || table.peers[name].hides([column])
      reference = .dataset(plan.require(ColumnSummary.Specification(column), of: name.value), name: name.value)
    case .missing: reference = .absent
    }
    self.isHidden = isHidden
  }

  func finding(_ measurements: Measurements) -> Finding {
    let before: ColumnSummary
    switch reference {
    case .absent:
      let column = planned.id.column ?? ""
      return planned.finding(
        .errored, "\(baseline) has no column \"\(column)\"", reason: .baseline,
        evidence: Evidence(notes: ["take \"\(column)\" out of columns, or make the baseline again"]))
    case .summary(let summary): before = summary
    case .dataset(let slot, let name):
      do throws(ScanError) {
        before = try measurements[slot].get()
      } catch {
        return planned.unanswered(by: name, error)
      }
    }
    let samples = DriftSample.pair(before, measurements[current])
    guard samples.1.present > 0 else {
      let words = samples.1.rows == 0 ? "there are no rows" : "no row has a value"
      return planned.finding(.errored, words, reason: .nothingToEvaluate)
    }
    guard samples.0.present > 0 else {
      return planned.finding(.errored, "\(baseline) has no value in the column", reason: .nothingToEvaluate)
    }
    return compare(samples.0, samples.1)
  }

  private func compare(_ before: DriftSample, _ now: DriftSample) -> Finding {
    if let kind = now.kind, let earlier = before.kind, kind != earlier {
      return planned.finding(.failed, "the column holds \(kind.words); in \(baseline) it holds \(earlier.words)")
    }
    let (reference, current) = (TFDVFeature(before, comparedWith: now), TFDVFeature(now, comparedWith: before))
    var evidence = Evidence(
      counts: .init(rows: now.rows, nulls: now.nulls, evaluated: now.present, violating: nil))
    if reference.isCut || current.isCut {
      evidence.notes.append("values that a profile does not count one by one are left out")
    }
    var told: (words: String, value: Double, threshold: Located<Double>)?
    var others: [String] = []
    for (name, comparator) in comparators.all {
      do throws(Undefined) {
        guard let (value, at) = try name.value(reference, current, comparator.source) else {
          return undefined(name, reference, current)
        }
        let limit = comparator.threshold
        let place = at.map { isHidden || value == 0 ? "" : " at \"\($0)\"" } ?? ""
        let words =
          "\(name.rawValue) \(Quantity.brief(value, digits: 6))\(place), the threshold is \(Quantity.text(limit.value))"
        if told == nil || value > limit.value && !(told.map { $0.value > $0.threshold.value } ?? false) {
          if let told { others.append(told.words) }
          told = (words, value, limit)
        } else {
          others.append(words)
        }
      } catch {
        return planned.finding(.errored, "\(name.rawValue) is not defined: \(error)", reason: .undefined)
      }
    }
    guard let told else { return planned.finding(.errored, "no comparator is given", reason: .nothingToEvaluate) }
    evidence.notes = others + evidence.notes
    evidence.observed = Quantity(told.value)
    evidence.limit = .atMost(Quantity(told.threshold.value))
    return told.value > told.threshold.value
      ? planned.finding(.failed, told.words, evidence: evidence, location: told.threshold.location)
      : planned.finding(.passed, told.words, evidence: evidence)
  }

  /// Why a comparator has no value, and what has one.
  private func undefined(
    _ name: TFDVComparators.Name, _ reference: TFDVFeature, _ current: TFDVFeature
  ) -> Finding {
    let areNumbers = reference.isNumeric && current.isNumeric
    let (words, hint): (String, String) =
      switch (name, areNumbers) {
      case (.jensenShannon, true):
        ("one side has no finite number", "its numbers are NaN or infinite: finite finds the rows")
      case (_, true):
        (
          "the column holds more different numbers than are counted one by one",
          "\(name.rawValue) compares categories; \(TFDVComparators.Name.jensenShannon.rawValue) compares numbers, too"
        )
      case (_, false):
        (
          "most values are among more different texts than a profile counts",
          "drift compares such texts by their hashes; or take the column out of columns"
        )
      }
    return planned.finding(
      .errored, "\(name.rawValue) is not defined: \(words)", reason: .undefined, evidence: Evidence(notes: [hint]))
  }
}
