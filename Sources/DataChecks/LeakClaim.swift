internal import Language
internal import Scan
internal import Statistics
internal import Verdict

/// The claim that none of some features tells the label better than a limit, as the area under the ROC curve on rows
/// that it was not learnt from.
struct LeakClaim: Sendable {
  var planned: PlannedCheck
  var label: String
  var limit: Quantity
  /// Where the limit is written; nil when it is not.
  var location: SourceLocation?
  var confidence: Double
  /// The features as a person names them.
  var names: [String]
  /// What they are all together: `features`.
  var noun: String
  /// Whether the labels must not be shown.
  var isHidden: Bool

  /// More classes are no label of classes.
  private static let classLimit = 100
  /// More numbers are a quantity, which is cut at its median.
  private static let numberLimit = 20
  /// As many of the most frequent classes are judged.
  private static let judgedClasses = 10
  /// A class with fewer rows in one of the halves tells nothing of anything.
  private static let leastRows = 5
  private static let shown = 10

  /// The rows that are looked at: their number times that of the features stays within some memory.
  static func sampleLimit(features: Int) -> Int { max(4096, min(1 << 16, (1 << 23) / max(1, features))) }

  /// A feature with what it tells of the class that it tells best.
  private struct Power {
    var name: String
    var kind: String?
    /// At the level at which several features and classes are judged together.
    var strict: Estimate
    /// At the level that the config says.
    var single: Estimate
  }

  /// What the rows have of a feature.
  struct Feature: Sendable {
    /// One list of all rows; or two, the first half of the rows being judged by one, and the second by the other.
    var lists: [[LabelledSample.Value]]

    var isConstant: Bool { lists.allSatisfy { Set($0).count < 2 } }
  }

  func judge(_ found: LabelledSample) -> Finding {
    let (labels, features, folds) = found.sample
    return judge(found.counts, (labels, features.map { Feature(lists: [$0]) }, folds))
  }

  /// - Parameter sample: the features have an order, that of the names.
  func judge(
    _ counts: ViolationSummary, _ sample: (labels: [String], features: [Feature], folds: [Bool])
  ) -> Finding {
    var evidence = Evidence(
      limit: .atMost(limit),
      counts: Evidence.Counts(rows: counts.rows, nulls: counts.nulls, evaluated: counts.evaluated, violating: nil))
    func errored(_ words: String, _ reason: Reason) -> Finding {
      planned.finding(.errored, words, reason: reason, evidence: evidence)
    }
    guard counts.evaluated > 0 else {
      let words = counts.rows == 0 ? "the table has no rows" : "no row has a value in \(label)"
      return errored(words, .nothingToEvaluate)
    }
    let (labels, features, folds) = sample
    if labels.count < counts.evaluated {
      let all = Quantity(Double(counts.evaluated), .rows)
      evidence.notes.append("judged on \(Quantity.grouped(labels.count)) of \(all), drawn at random")
    }
    let told = features.indices.filter { !features[$0].isConstant }
    if told.count < features.count {
      let constant = features.indices.filter { !told.contains($0) }.map { names[$0] }
      evidence.notes.append("the same in all rows, left out: \(constant.joined(separator: ", "))")
    }
    guard Set(labels).count > 1 else {
      return errored("\(label) is the same in all rows: there is nothing to tell", .undefined)
    }
    guard !told.isEmpty else { return errored("none of the \(noun) varies", .nothingToEvaluate) }
    guard let (classes, note) = kinds(of: labels) else {
      return errored("\(label) has more than \(Self.classLimit) values, and is no label of classes", .limit)
    }
    if let note { evidence.notes.append(note) }
    let judged = classes.filter { kind in
      [true, false].allSatisfy { fold in
        let rows = folds.indices.filter { folds[$0] == fold }
        let own = rows.count { kind.isMember[$0] }
        return min(own, rows.count - own) >= Self.leastRows
      }
    }
    guard !judged.isEmpty else {
      evidence.notes.append("a class needs \(2 * Self.leastRows) rows and more to be told, and so do all others")
      return inconclusive("no class has enough rows to tell whether something predicts it", evidence)
    }
    // Of texts that are nearly all different no row is like one that was learnt from.
    let opaque = told.filter { features[$0].lists.contains(where: Self.areOpaque) }
    if !opaque.isEmpty {
      evidence.notes.append(
        "nearly every text is another one, not judged: \(opaque.map { names[$0] }.joined(separator: ", "))")
    }
    let learnt = told.filter { !opaque.contains($0) }
    guard !learnt.isEmpty else {
      return inconclusive(
        "whether the \(noun) predict \(label) cannot be told: nearly every text is another one", evidence)
    }
    let values: [(name: String, lists: [[CrossFittedArea.Value]])] = learnt.map {
      (names[$0], features[$0].lists.map(Self.values))
    }
    var finding = judge(powers(of: values, judged, folds), evidence)
    if finding.outcome == .passed, !opaque.isEmpty {
      let hidden = opaque.map { self.names[$0] }.joined(separator: ", ")
      finding.message += "; not judged, for nearly every text is another one: \(hidden)"
    }
    return finding
  }

  /// Whether more than half of the values are texts that come once.
  private static func areOpaque(_ values: [LabelledSample.Value]) -> Bool {
    var counts: [LabelledSample.Value: Int] = [:]
    for value in values {
      if case .category = value { counts[value, default: 0] += 1 }
    }
    return 2 * counts.values.count { $0 == 1 } > values.count
  }

  typealias Class = (name: String?, isMember: [Bool])

  /// The classes that are told from all others, the most frequent first; of two, one. Nil when there are too many.
  func kinds(of labels: [String]) -> ([Class], String?)? {
    let counts = labels.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    let numbers = counts.count > Self.numberLimit ? labels.map { Literal.number($0) } : []
    if !numbers.isEmpty, !numbers.contains(where: { $0?.isFinite != true }) {
      let values = numbers.compactMap { $0 }
      let sorted = values.sorted()
      // The upper part is never empty: the least number lies below some other.
      let median = sorted[sorted.count / 2]
      let cut = sorted[0] < median ? median : sorted.first { $0 > median } ?? median
      return ([(nil, values.map { $0 >= cut })], "a label of many numbers is cut at its median")
    }
    guard counts.count <= Self.classLimit else { return nil }
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let kept = sorted.prefix(counts.count == 2 ? 1 : Self.judgedClasses)
    let note = counts.count > Self.judgedClasses ? "the \(Self.judgedClasses) most frequent classes are judged" : nil
    return (kept.map { kind -> Class in (counts.count == 2 ? nil : kind.key, labels.map { $0 == kind.key }) }, note)
  }

  /// Numbers where all values are numbers; otherwise each is told from the others alone.
  private static func values(_ values: [LabelledSample.Value]) -> [CrossFittedArea.Value] {
    let isNumeric = !values.contains { if case .category = $0 { true } else { false } }
    return values.map { value in
      switch value {
      case .missing: .missing
      case .number(let number): isNumeric ? .number(number) : .category(number.bitPattern)
      case .category(let hash): .category(hash)
      }
    }
  }

  /// What each feature tells, the most telling first.
  private func powers(
    of features: [(name: String, lists: [[CrossFittedArea.Value]])], _ classes: [Class], _ folds: [Bool]
  ) -> [Power] {
    let strictly = 1 - (1 - confidence) / Double(features.count * classes.count)
    let powers = features.compactMap { name, lists -> Power? in
      guard let first = lists.first, let second = lists.last else { return nil }
      let powers = classes.compactMap { kind -> Power? in
        func estimate(_ confidence: Double) -> Estimate? {
          try? CrossFittedArea.estimate(
            labels: kind.isMember, values: (first, second), folds: folds, confidence: confidence)
        }
        guard let strict = estimate(strictly), let single = estimate(confidence) else { return nil }
        return Power(name: name, kind: kind.name, strict: strict, single: single)
      }
      return powers.max { $0.strict.interval.lower < $1.strict.interval.lower }
    }
    return powers.enumerated().sorted { a, b in
      (b.element.strict.interval.lower, a.offset) < (a.element.strict.interval.lower, b.offset)
    }.map(\.element)
  }

  private func judge(_ powers: [Power], _ evidence: Evidence) -> Finding {
    var evidence = evidence
    guard let best = powers.first else {
      return planned.finding(
        .errored, "none of the \(noun) can be judged", reason: .undefined, evidence: evidence)
    }
    let limit = limit.value
    let leaks = powers.count { $0.strict.interval.lower > limit }
    // A class that is told less surely may be told better.
    let open = powers.filter { $0.single.interval.upper > limit }
    let decided = leaks > 0 ? best : open.max { $0.single.interval.upper < $1.single.interval.upper } ?? best
    // What lies above the limit waits for the interval that fails, what lies below for the one that passes.
    let estimate = leaks > 0 || decided.single.value > limit ? decided.strict : decided.single
    evidence.observed = Quantity(estimate.value)
    evidence.interval = Evidence.Interval(
      lower: estimate.interval.lower, upper: estimate.interval.upper, level: estimate.interval.confidence)
    evidence.method = CrossFittedArea.method.name
    evidence.notes += powers.prefix(Self.shown).map { "\($0.name): \(words($0, $0.single))" }
    if powers.count > Self.shown { evidence.notes.append("and \(powers.count - Self.shown) more, which tell less") }
    if leaks > 0 {
      let others = leaks > 1 ? ", and so \(leaks == 2 ? "does one more" : "do \(leaks - 1) more")" : ""
      return planned.finding(
        .failed,
        "\(decided.name) predicts \(label): \(words(decided, estimate)), the limit is at most "
          + "\(self.limit)\(others)", evidence: evidence, location: location)
    }
    if !open.isEmpty {
      let rows = rowsToDecide(estimate, evidence.counts?.evaluated ?? 0)
      return inconclusive(
        "whether \(decided.name) predicts \(label) is open: \(words(decided, estimate)), the limit is at most "
          + "\(self.limit)\(rows.map { "; about \(Quantity.grouped($0)) rows would decide" } ?? "")", evidence)
    }
    return planned.finding(
      .passed,
      "none of \(Quantity.grouped(powers.count)) \(noun) predicts \(label); \(decided.name) comes closest: "
        + words(decided, estimate), evidence: evidence)
  }

  private func rowsToDecide(_ estimate: Estimate, _ rows: Int) -> Int? {
    let needed = try? DecidingCount(
      estimate: estimate.value, interval: estimate.interval, limit: limit.value, count: rows)
    return if case .rows(let count)? = needed { count } else { nil }
  }

  /// Members of a family warn, unless the config says otherwise.
  private func inconclusive(_ words: String, _ evidence: Evidence) -> Finding {
    var finding = planned.finding(.inconclusive, words, evidence: evidence)
    finding.severity = .warn
    return finding
  }

  /// `a held-out AUC of 0.998 (0.996 to 0.999)`, of one class of several with its name.
  private func words(_ power: Power, _ estimate: Estimate) -> String {
    let kind = power.kind.map { isHidden ? " for a hidden class" : " for \(label) = \($0)" } ?? ""
    let (low, high) = (estimate.interval.lower, estimate.interval.upper)
    let interval = "(\(Quantity.brief(low, digits: 3)) to \(Quantity.brief(high, digits: 3)))"
    return "a held-out AUC of \(Quantity.brief(estimate.value, digits: 3)) \(interval)\(kind)"
  }
}
