internal import Language
internal import Scan
internal import Statistics
internal import Verdict

/// The columns of a drift check, decided together: what is a chance in one of many columns is no finding.
struct DriftFamily: Sendable {
  private let check: DriftCheck
  private let baseline: String
  private let planned: PlannedCheck
  /// Columns of the table that the baseline does not have.
  private let columns: [String]

  init(_ check: DriftCheck, _ baseline: DataBaseline, _ table: TableContext) {
    self.check = check
    self.baseline = baseline.name
    planned = table.planned
    columns = table.columns
  }

  /// The finding of the whole, and then those of the columns in their order.
  func findings(_ outcomes: [DriftPair.Outcome]) -> [Finding] {
    let members = judged(outcomes).findings
    return [whole(members)] + members
  }

  /// The findings of the comparisons, decided together with some more parts, and whether these have drifted.
  func judged(
    _ outcomes: [DriftPair.Outcome], beside more: [DriftPart] = []
  ) -> (findings: [Finding], more: [DriftDecision]) {
    let parts =
      outcomes.flatMap { outcome -> [DriftPart] in
        if case .compared(let comparison) = outcome { comparison.parts } else { [] }
      } + more
    // The level of one side: a column that has drifted differs to one side of its limit.
    let level = 1 - check.terms.confidence
    var significant = BenjaminiHochberg.adjust(parts.map(\.p)).map { $0.rejects(at: level) }[...]
    let members = outcomes.map { outcome -> Finding in
      switch outcome {
      case .finding(let finding): return finding
      case .compared(let comparison):
        let own = significant.prefix(comparison.parts.count)
        significant = significant.dropFirst(comparison.parts.count)
        return finding(of: comparison, Array(own), among: parts.count)
      }
    }
    return (members, zip(more, significant).map { $0.decision(isSignificant: $1) })
  }

  /// Whether what cannot be told only warns.
  var isLenient: Bool { check.whenInconclusive != .block }

  // MARK: - A column

  private func finding(of comparison: DriftComparison, _ significant: [Bool], among tests: Int) -> Finding {
    let planned = comparison.planned
    let decided = zip(comparison.parts, significant).map { part, isSignificant in
      (part: part, decision: part.decision(isSignificant: isSignificant))
    }
    let drifted = decided.filter { $0.decision == .drifted }.map(\.part)
    let undecided = decided.filter { $0.decision == .undecided }.map(\.part)
    // What a reader sees first: what decided, else the distance of the values.
    let values = comparison.parts.first { $0.subject == "values" }
    guard let told = drifted.first ?? undecided.first ?? values ?? comparison.parts.first else {
      let why = comparison.undefined.first ?? "there is nothing to compare"
      return planned.finding(.errored, why, reason: .undefined)
    }
    var evidence = Evidence(
      counts: .init(
        rows: comparison.current.rows, nulls: comparison.current.nulls, evaluated: comparison.current.present,
        violating: nil),
      method: method(of: told, among: tests))
    told.tell(&evidence)
    let others = comparison.parts.filter { $0.subject != told.subject }
    let bad = Set(drifted.map(\.subject))
    evidence.notes = told.notes + others.flatMap { (bad.contains($0.subject) ? [$0.words] : []) + $0.notes }
    evidence.notes += comparison.undefined
    let rows = Quantity(Double(comparison.current.rows), .rows)
    evidence.notes.append("\(rows) now, \(Quantity.grouped(comparison.reference.rows)) in \(baseline)")
    if !comparison.undefined.isEmpty, drifted.isEmpty {
      return planned.finding(.errored, comparison.undefined[0], reason: .undefined, evidence: evidence)
    }
    if !drifted.isEmpty {
      return planned.finding(.failed, told.words, evidence: evidence, location: told.location)
    }
    guard undecided.isEmpty else {
      if check.choice.named == nil, undecided.allSatisfy(\.keepsLowerBound) {
        return planned.finding(
          .skipped, "left out of columns: all: \(told.words): \(told.bound)", reason: .requested, evidence: evidence)
      }
      var finding = planned.finding(
        .inconclusive, "\(told.words): \(need(of: told, comparison))", evidence: evidence, location: told.location)
      if isLenient { finding.severity = .warn }
      return finding
    }
    if let untold = comparison.untold {
      var finding = planned.finding(.inconclusive, "\(told.words); but \(untold)", evidence: evidence)
      if isLenient { finding.severity = .warn }
      return finding
    }
    return planned.finding(.passed, told.words, evidence: evidence)
  }

  private func method(of part: DriftPart, among tests: Int) -> String {
    let test = tests > 1 ? ", Benjamini-Hochberg over \(tests) tests" : ""
    return "\(part.distance) by interval; homogeneity p \(Self.text(part.p))\(test)"
  }

  /// Of a very small one the power of ten.
  private static func text(_ p: Probability) -> String {
    guard p.log10 < -4, p.log10.isFinite else { return Quantity.brief(p.value, digits: 3) }
    return "below 1e\(Int(p.log10.rounded(.up)))"
  }

  /// What would decide.
  private func need(of part: DriftPart, _ comparison: DriftComparison) -> String {
    if part.keepsLowerBound { return part.bound }
    let smaller = min(comparison.current.present, comparison.reference.present)
    // Not every row has a value.
    let sample = comparison.current.present <= comparison.reference.present ? comparison.current : comparison.reference
    func rows(with values: Int) -> String {
      let share = Double(max(1, sample.present)) / Double(max(1, sample.rows))
      return Quantity.grouped(Int(min(1e15, (Double(values) / share).rounded(.up))))
    }
    let isOfValues = part.subject != "missing values"
    if let needed = part.rowsToDecide, needed > smaller {
      let needed = isOfValues ? rows(with: needed) : Quantity.grouped(needed)
      return "about \(needed) rows in each sample would decide if nothing has changed"
    }
    if smaller < DriftEstimate.floor { return "no sample of less than \(DriftEstimate.floor) values passes" }
    if let needed = part.rowsIfItStays(smaller) {
      let needed = isOfValues ? rows(with: needed) : Quantity.grouped(needed)
      return "it is close to the limit; about \(needed) rows would decide if it stays what it is"
    }
    return "it is so close to the limit that more rows would hardly decide"
  }

  // MARK: - The whole

  /// - Parameter toldShare: the share of the rows that are in groups of which something could be told, of the column of
  ///   which it is the greatest.
  func whole(_ members: [Finding], toldShare: Double = 0) -> Finding {
    let compared = members.filter { $0.outcome == .passed || $0.outcome == .failed || $0.outcome == .inconclusive }
    let drifted = compared.filter { $0.outcome == .failed }
    let names = { (findings: [Finding]) in findings.compactMap(\.id.column) }
    var evidence = Evidence(
      observed: Quantity(Double(drifted.count), .columns), limit: check.share.map { .atMost($0.value) })
    let skipped = Dictionary(grouping: members.filter { $0.outcome == .skipped }) { $0.reason == .dependency }
    if let left = skipped[false] { evidence.notes.append("left out: \(TableContext.words(names(left)))") }
    if let gone = skipped[true] { evidence.notes.append("not here: \(TableContext.words(names(gone)))") }
    let known = Set(names(members).map { ExactText($0) } + check.choice.except.map { ExactText($0) })
    let new = check.choice.named == nil ? columns.filter { !known.contains(ExactText($0)) } : []
    guard !compared.isEmpty else {
      let why = members.isEmpty ? "\(baseline) has no columns" : "no column could be compared with \(baseline)"
      return planned.finding(.errored, why, reason: .nothingToEvaluate, evidence: evidence)
    }
    let which = drifted.isEmpty ? "" : ": \(TableContext.words(names(drifted)))"
    let undecided = compared.count { $0.outcome == .inconclusive }
    let isToldInPart = toldShare >= 0.5
    var message =
      "\(Quantity.grouped(drifted.count)) of \(Quantity(Double(compared.count), .columns)) drifted against \(baseline)"
      + which + (drifted.isEmpty || check.share != nil ? "" : ", each a finding of its own")
      + (new.isEmpty ? "" : "; not in \(baseline), and not compared: \(TableContext.words(new))")
    if undecided == compared.count, isToldInPart {
      message +=
        "; of no column can it be told in every group, and in groups with \(Quantity.brief(100 * toldShare, digits: 3))% of the rows"
    } else if undecided == compared.count {
      var finding = planned.finding(
        .inconclusive, "\(message), and of none can it be told that it has not", evidence: evidence,
        location: planned.location)
      if check.whenInconclusive == .warn { finding.severity = .warn }
      return finding
    }
    guard let share = check.share else { return planned.finding(.passed, message, evidence: evidence) }
    let observed = Double(drifted.count) / Double(compared.count)
    evidence.observed = Quantity(observed, .share)
    let text = "\(Quantity(observed, .share)), at most \(share.value) allowed"
    if observed > share.value.value {
      return planned.finding(.failed, "\(message) (\(text))", evidence: evidence, location: share.location)
    }
    if Double(drifted.count + undecided) / Double(compared.count) > share.value.value {
      var finding = planned.finding(
        .inconclusive, "\(message) (\(text)): of \(Quantity(Double(undecided), .columns)) it cannot be told",
        evidence: evidence, location: share.location)
      // One claim about all columns, and no member of a family.
      if check.whenInconclusive == .warn { finding.severity = .warn }
      return finding
    }
    return planned.finding(.passed, "\(message) (\(text))", evidence: evidence)
  }
}
