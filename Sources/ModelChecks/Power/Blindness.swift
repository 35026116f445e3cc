internal import Language
internal import Statistics
internal import Verdict

/// A gate that can hardly tell the regression that it forbids from a candidate that is as good as the baseline.
struct Blindness: Sendable {
  /// How often a gate ought to pass such a candidate, and how seldom it does before anybody is warned.
  static let power = 0.8
  private static let fewest = 0.5

  private let rows: Int
  private let passes: Double
  private let detectable: Quantity
  private let margin: Quantity
  private let needed: Int?
  private let source: String
  /// Which rows it is about, where it is not all of them: ` in its slice "late"`.
  private let part: String

  /// By the differences of both models, row by row; nil for a gate that sees what it forbids.
  ///
  /// - Parameter slice: what the gate is judged in, by the worst of its slices; nil for all rows.
  init?(_ power: GatePower, _ slice: SliceDeclaration?) {
    guard let passes = power.passes, passes < Self.fewest, let margin = power.margin else { return nil }
    (rows, self.passes, detectable, needed) = (power.rows, passes, power.detectable, power.needed)
    self.margin = margin
    part =
      slice.map {
        $0.columns.allSatisfy { $0.condition != nil } ? " in its slice \"\($0.name)\"" : " in its slices by \($0.name)"
      } ?? ""
    source = "estimated from how far both models differ in each of these rows"
  }

  /// By what the candidate's metric varies, as if the baseline varied as much by itself: an upper bound for models of
  /// the same rows that are right and wrong together.
  init?(_ level: MetricLevel, _ margin: Margin.Part, _ check: ModelCheck) {
    let confidence = check.entry.confidence?.value ?? 0.95
    guard let interval = level.interval, interval.upper > interval.lower else { return nil }
    let unit = margin.unit(level.value)
    let ofOne = (interval.upper - interval.lower) / (2 * Normal.critical(confidence: interval.level))
    let error = ofOne * Double(2).squareRoot() / unit
    guard unit > 0, error.isFinite, let target = try? PowerTarget(alpha: 1 - confidence, power: Self.power),
      let passes = try? MarginPower.nonInferiority(
        benefit: 0, margin: margin.size, standardError: error, alpha: target.alpha / 2), passes < Self.fewest,
      let detectable = try? NormalPower.minimumDetectableEffect(standardError: error, target: target)
    else { return nil }
    var kind = Quantity.Unit.none
    if case .relative = margin { kind = .share }
    (rows, self.passes, self.detectable) = (level.rows, passes, Quantity(detectable, kind))
    self.margin = Quantity(margin.size, kind)
    needed = try? MarginPower.nonInferioritySampleSize(
      benefit: 0, margin: margin.size, standardDeviation: error * Double(level.rows).squareRoot(),
      target: PowerTarget(alpha: target.alpha / 2, power: Self.power))
    part = ""
    source =
      "estimated from the candidate's own rows, for a baseline that differs from it as strangers do: at most so many"
  }

  func warning(at location: SourceLocation) -> Diagnostic {
    let share = Quantity.brief(passes * 100, digits: 2)
    let rows = "the \(Quantity(Double(rows), .rows)) of the predictions"
    return Diagnostic(
      "with \(rows) a candidate that is as good as the baseline passes\(part) in about \(share)% of the cases",
      at: location,
      label: "a change of \(Self.words(detectable)) is what they find, and \(Self.words(margin)) is allowed",
      help: [
        needed.map { "judge about \(Quantity.grouped($0)) rows, or allow more: cupel model power tells what they find" }
          ?? "allow more: cupel model power tells what these rows find", source,
      ])
  }

  private static func words(_ quantity: Quantity) -> String {
    quantity.unit == .share
      ? "\(Quantity.brief(quantity.value * 100, digits: 3))%" : Quantity.brief(quantity.value, digits: 3)
  }
}

extension ModelCheck {
  /// What a gate allows that an equally good candidate ought to pass; nil for any other.
  fileprivate var allowance: (any ChangeGate)? {
    guard case .change(let gate) = claim else { return nil }
    let amount = gate.margin.relative ?? gate.margin.absolute ?? 0
    return amount > 0 && gate.allowedBenefit(amount).contains(0) ? gate : nil
  }

  /// The part of its margin that is likely to decide: of a metric that is not nearly zero.
  var margin: Margin.Part? { allowance.flatMap { $0.margin.deciding(for: 1) } }
}
