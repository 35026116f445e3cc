package import Language
internal import Scan
internal import Verdict

/// What decides when a limit lies within the error of a sketch.
package enum Exactness: String, Sendable, CaseIterable {
  /// A second, exact pass over the data.
  case auto
  /// Nothing: the finding is inconclusive.
  case never
}

/// Limits on a number of a column that one pass knows up to the error of a sketch.
package struct EstimateLimits: Sendable {
  package var limits = Limits()
  package var exact = Exactness.auto

  /// The keys of such limits within any object.
  static func keys<Root>(_ path: WritableKeyPath<Root, EstimateLimits>, of value: Shape<Quantity>) -> [Key<Root>] {
    Shape<Limits>.keys(path.appending(path: \.limits), of: value) + [
      .key(
        "exact", path.appending(path: \.exact), .choice,
        "What decides when the limit lies within the sketch's error: auto, a second pass; never, nothing does.")
    ]
  }

  /// Whether an estimate leaves open if the limits are kept, and a second pass shall decide it.
  func needsExactPass(_ interval: ClosedRange<Double>?) -> Bool {
    guard let interval, exact == .auto else { return false }
    return limits.bound?.contains(interval) == nil
  }
}

/// Turns a number that may be an estimate into a finding: the one place that knows what the error of a sketch means.
struct EstimateClaim: Sendable {
  var column: ColumnContext
  var limits: EstimateLimits
  /// The sketch, as the method of a finding.
  var sketch: String
  /// What is claimed, with the number in it: `the median is 12`.
  var sentence: @Sendable (String) -> String
  /// What the number counts: a share is said in per cent.
  var unit = Quantity.Unit.none
  /// Whether the number tells something of single values, and stays hidden when these are.
  var isOfValues = false
  /// What helps when the limit lies within the error.
  var advice = "remove exact: never, and a second pass over the data decides"

  /// How far a number that is no estimate may be from the one that its decimals have: a limit so near is the number.
  var rounding = 0.0

  /// The confidence of all intervals.
  static let level = 0.9999

  /// The bound with the counts of the column: rows, nulls and what was left out.
  var base: ValueClaim { ValueClaim(column: column, limit: limits.limits.bound ?? .text("any")) }

  /// - Parameter interval: where the number lies; nil when the estimate is the number itself.
  func judge(_ estimate: Double, in interval: ClosedRange<Double>?, _ counts: ViolationSummary) -> Finding {
    var evidence = base.evidence(counts)
    evidence.observed = isHidden ? nil : Quantity(estimate, unit)
    if let interval, !isHidden {
      evidence.interval = Evidence.Interval(lower: interval.lowerBound, upper: interval.upperBound, level: Self.level)
      evidence.method = sketch
    }
    let claim = sentence(words(estimate, interval))
    let meant = limits.limits.end(near: estimate, within: rounding) ?? estimate
    if let finding = beyondDoubles(interval ?? meant...meant, claim, evidence) { return finding }
    switch base.limit.contains(interval ?? meant...meant) {
    case true?: return column.planned.finding(.passed, claim, evidence: evidence)
    case false?: return failed(claim, evidence, observed: estimate)
    case nil:
      evidence.notes.append(advice)
      return column.planned.finding(
        .inconclusive, "\(claim), and the limit, \(base.limit), lies within that error", evidence: evidence)
    }
  }

  /// What is said of numbers where not every integer is a double, and the limit may be the one or the other.
  func beyondDoubles(_ interval: ClosedRange<Double>, _ claim: String, _ evidence: Evidence) -> Finding? {
    let limits = limits.limits
    let ends = [limits.equals, limits.atLeast, limits.atMost].compactMap { $0?.value.value }
    guard isOfValues, let stored = column.stored,
      ends.contains(where: { interval.contains($0) && stored.hasDigits(beyond: $0) && StoredType.isBeyondDoubles($0) })
    else { return nil }
    return column.planned.finding(
      .errored,
      "\(claim) as a double, which does not tell it from its limit: beyond 2^53 not every integer is a double",
      reason: .undefined, evidence: evidence)
  }

  var isHidden: Bool { isOfValues && column.isSensitive }

  /// The number as it stands in the sentence.
  func words(_ estimate: Double, _ interval: ClosedRange<Double>?) -> String {
    isHidden ? "hidden" : Self.words(estimate, interval, unit, digits: digits(toTell: estimate))
  }

  /// So many digits tell a number from the limits that it breaks: no finding says that the mean is 5 and the limit is at
  /// most 5.
  private func digits(toTell estimate: Double) -> Int {
    let limits = limits.limits
    let others =
      [limits.equals].compactMap { $0?.value.value }.filter { $0 != estimate }
      + [limits.atLeast].compactMap { $0?.value.value }.filter { $0 > estimate }
      + [limits.atMost].compactMap { $0?.value.value }.filter { $0 < estimate }
    let scale = unit == .share ? 100.0 : 1
    return (6...17).first { digits in
      let shown = Quantity.brief(estimate * scale, digits: digits)
      return !others.contains { Quantity.brief($0 * scale, digits: digits) == shown }
    } ?? 17
  }

  func failed(_ claim: String, _ evidence: Evidence, observed: Double) -> Finding {
    column.planned.finding(
      .failed, "\(claim), the limit is \(base.limit)", evidence: evidence,
      location: limits.limits.location(for: observed))
  }

  /// The number as it stands in a sentence.
  static func words(
    _ estimate: Double, _ interval: ClosedRange<Double>?, _ unit: Quantity.Unit = .none, digits: Int = 6
  ) -> String {
    func brief(_ value: Double) -> String {
      unit == .share ? Quantity.brief(value * 100, digits: digits) + "%" : Quantity.brief(value, digits: digits)
    }
    guard let interval, interval.lowerBound < interval.upperBound else { return brief(estimate) }
    return "about \(brief(estimate)) (\(brief(interval.lowerBound)) to \(brief(interval.upperBound)))"
  }
}

extension Limits {
  /// The limit that a number cannot be told from.
  fileprivate func end(near number: Double, within rounding: Double) -> Double? {
    [equals, atLeast, atMost].compactMap { $0?.value.value }.first { abs($0 - number) <= rounding }
  }
}
