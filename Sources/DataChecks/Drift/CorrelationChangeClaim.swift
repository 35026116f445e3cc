internal import Language
internal import Scan
internal import Statistics
internal import Verdict

/// The claim that no correlation of some columns differs from that of the baseline by more than a limit.
struct CorrelationChangeClaim: Sendable {
  var planned: PlannedCheck
  var names: [String]
  /// Whether the rules name the columns, and not only `all`.
  var isChosen: Bool
  var baseline: String
  var limit: Quantity
  /// Where the limit is written; nil when it is not.
  var location: SourceLocation?
  var confidence: Double
  /// Whether what cannot be told only warns.
  var isLenient: Bool
  /// Of each column how many values are NaN or infinite, which have no place in a correlation.
  var notFinite: [(before: Int, now: Int)] = []

  private static let shown = 10

  private struct Pair {
    var name: String
    var found: CorrelationChange
  }

  func judge(before: LabelledSample, now: LabelledSample) -> Finding {
    var evidence = Evidence(
      limit: .atMost(limit),
      counts: .init(rows: now.counts.rows, nulls: now.counts.nulls, evaluated: now.counts.evaluated, violating: nil))
    func errored(_ words: String, _ reason: Reason) -> Finding {
      planned.finding(.errored, words, reason: reason, evidence: evidence)
    }
    guard now.counts.rows > 0 else { return errored("there are no rows", .nothingToEvaluate) }
    guard before.counts.rows > 0 else { return errored("\(baseline) has no rows", .nothingToEvaluate) }
    let (earlier, later) = (before.sample.features, now.sample.features)
    var (kept, other, onOneSide): ([Int], [String], [String]) = ([], [], [])
    for index in names.indices {
      let isNumeric = Self.areNumbers(earlier[index]) && Self.areNumbers(later[index])
      if isNumeric { kept.append(index) } else { other.append(names[index]) }
      if Self.doVary(earlier[index]) != Self.doVary(later[index]) { onOneSide.append(names[index]) }
    }
    if !other.isEmpty {
      let words = TableContext.words(other)
      guard !isChosen else { return errored("\(words) holds values that are no numbers, or none", .undefined) }
      evidence.notes.append("left out, for they hold no numbers alone: \(words)")
    }
    evidence.notes += zip(names, notFinite).filter { $1.before + $1.now > 0 }.prefix(Self.shown).map { name, count in
      let (now, before) = (Quantity.grouped(count.now), Quantity.grouped(count.before))
      return "NaN and infinite values, whose rows are in no correlation of \(TableContext.words([name])): "
        + "\(now) now, \(before) in \(baseline)"
    }
    let drawn = (earlier.first?.count ?? 0, later.first?.count ?? 0)
    if drawn.0 < before.counts.rows || drawn.1 < now.counts.rows {
      evidence.notes.append(
        "judged on \(Quantity.grouped(drawn.1)) rows now and \(Quantity.grouped(drawn.0)) in \(baseline), drawn at random"
      )
    }
    var (pairs, undefined): ([Pair], [String]) = ([], [])
    for (place, first) in kept.enumerated() {
      for second in kept[(place + 1)...] {
        let name = TableContext.words([names[first], names[second]])
        do throws(Undefined) {
          let found = try CorrelationChange(
            before: Self.pairs(earlier[first], earlier[second]), now: Self.pairs(later[first], later[second]),
            confidence: confidence)
          pairs.append(Pair(name: name, found: found))
        } catch {
          undefined.append("\(name) have no correlation: \(error)")
        }
      }
    }
    evidence.notes += undefined.prefix(Self.shown)
    if isChosen, let problem = undefined.first { return errored(problem, .undefined) }
    if !pairs.isEmpty, onOneSide.isEmpty { return judge(pairs, evidence) }
    let finding = pairs.isEmpty ? nil : judge(pairs, evidence)
    if let finding, finding.outcome == .failed { return finding }
    guard !onOneSide.isEmpty else { return errored("no two columns have a correlation", .nothingToEvaluate) }
    evidence.notes.append("what is meant to be so is left out with except: [\(onOneSide.joined(separator: ", "))]")
    return errored(
      "\(TableContext.words(onOneSide)) \(onOneSide.count == 1 ? "has" : "have") numbers that differ on one side alone, "
        + "here or in \(baseline): whether a correlation has changed cannot be told", .undefined)
  }

  private func judge(_ pairs: [Pair], _ evidence: Evidence) -> Finding {
    var evidence = evidence
    let significant = BenjaminiHochberg.adjust(pairs.map(\.found.p)).map { $0.rejects(at: 1 - confidence) }
    let decided = zip(pairs, significant).map { pair, isSignificant in
      (pair: pair, decision: pair.found.decision(limit: limit.value, isSignificant: isSignificant))
    }
    func of(_ decision: DriftDecision) -> [Pair] {
      // The largest change first, in the order of the columns where they are the same.
      decided.filter { $0.decision == decision }.map(\.pair).enumerated().sorted { one, other in
        let (a, b) = (one.element.found.change.value.magnitude, other.element.found.change.value.magnitude)
        return a == b ? one.offset < other.offset : a > b
      }.map(\.element)
    }
    let (changed, open, stable) = (of(.drifted), of(.undecided), of(.stable))
    guard let told = changed.first ?? open.first ?? stable.first else {
      return planned.finding(.errored, "no two columns have a correlation", reason: .nothingToEvaluate)
    }
    let change = told.found.change
    evidence.observed = Quantity(change.value.magnitude)
    evidence.interval = .init(lower: change.interval.lower, upper: change.interval.upper, level: confidence)
    let test = pairs.count > 1 ? ", Benjamini-Hochberg over \(pairs.count) pairs" : ""
    evidence.method = "\(CorrelationChange.method.name) by interval\(test)"
    let others = (changed.isEmpty ? open : changed).dropFirst()
    evidence.notes += others.prefix(Self.shown).map { words($0) }
    if others.count > Self.shown { evidence.notes.append("and \(others.count - Self.shown) more, which changed less") }
    let all = pairs.count == 1 ? "1 pair" : "\(Quantity.grouped(pairs.count)) pairs"
    if !changed.isEmpty {
      return planned.finding(
        .failed, "the correlation of \(changed.count) of \(all) of columns has changed; \(words(told))",
        evidence: evidence, location: location)
    }
    guard open.isEmpty else {
      let rows = told.found.rowsToDecide(limit: limit.value).flatMap { $0 > told.found.count ? $0 : nil }
      let need =
        rows.map { "about \(Quantity.grouped($0)) rows in each sample would decide if nothing has changed" }
        ?? "it is close to the limit"
      var finding = planned.finding(
        .inconclusive,
        "whether the correlation of \(open.count) of \(all) of columns has changed is open; "
          + "\(words(told)): \(need)", evidence: evidence, location: location)
      if isLenient { finding.severity = .warn }
      return finding
    }
    return planned.finding(
      .passed, "no correlation of \(all) of columns has changed; most \(words(told))", evidence: evidence)
  }

  /// `a, b: 0.62 before, 0.11 now, a change of -0.51 (95% interval -0.6 to -0.42), at most 0.25`.
  private func words(_ pair: Pair) -> String {
    let found = pair.found
    func text(_ value: Double) -> String { Quantity.brief(value, digits: 3) }
    let ends = "\(text(found.change.interval.lower)) to \(text(found.change.interval.upper))"
    return "\(pair.name): \(text(found.before.value)) before, \(text(found.now.value)) now, a change of "
      + "\(text(found.change.value)) (\(Quantity(confidence, .share)) interval \(ends)), at most \(limit)"
  }

  // MARK: - Values

  /// Whether there are values, and all are numbers.
  private static func areNumbers(_ values: [LabelledSample.Value]) -> Bool {
    var hasNumber = false
    for value in values {
      switch value {
      case .number: hasNumber = true
      case .category: return false
      case .missing: break
      }
    }
    return hasNumber
  }

  /// Whether they are numbers of which two differ: else they are correlated with nothing.
  private static func doVary(_ values: [LabelledSample.Value]) -> Bool {
    var first: Double?
    guard areNumbers(values) else { return false }
    for case .number(let value) in values where value.isFinite && value != first {
      if first != nil { return true }
      first = value
    }
    return false
  }

  /// The rows in which both are finite.
  private static func pairs(
    _ first: [LabelledSample.Value], _ second: [LabelledSample.Value]
  ) -> (x: [Double], y: [Double]) {
    var (x, y): ([Double], [Double]) = ([], [])
    for case (.number(let a), .number(let b)) in zip(first, second) where a.isFinite && b.isFinite {
      x.append(a)
      y.append(b)
    }
    return (x, y)
  }
}
