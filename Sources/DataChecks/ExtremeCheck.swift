package import Language
package import Planning
internal import Scan
package import Verdict

/// A column check on the least or the greatest value, in the column's type.
package protocol ExtremeCheck: ColumnCheck, Violable {
  init()
  var limits: ValueLimits { get set }
  /// What the value is called: `least value`.
  static var name: String { get }
  static func extreme<Value>(of range: ClosedRange<Value>) -> Value
}

extension ExtremeCheck {
  package static var settings: CheckSettings.Kinds { [.condition, .groups] }
  package var needsAllRows: String? { "the \(Self.name)" }

  package static var shape: Shape<Self> {
    ValueLimits.shape.map { limits in
      var check = Self()
      check.limits = limits
      return check
    }
  }

  package func problem(on column: ColumnContext) -> Diagnostic? {
    do {
      _ = try limits.test(on: column)
      return nil
    } catch {
      return error
    }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let test: RangeTest
    do throws(Diagnostic) { test = try limits.test(on: column) } catch { return column.unfit(error) }
    let slot = plan.require(Extremes.Specification(test.reading))
    let type = test.reading.type ?? .number
    return { judge($0[slot], test.limits, as: type, column) }
  }

  /// The number with all its digits; nil where its double has them.
  private func digits(of value: Double, _ found: Extremes) -> DecimalNumber? {
    found.decimals.map { Self.extreme(of: $0) }.flatMap { Literal.number($0.description) == value ? $0 : nil }
  }

  private func judge(
    _ found: Extremes, _ range: RangeTest.Limits, as type: ValueType, _ column: ColumnContext
  ) -> Finding {
    let claim = ValueClaim(column: column, limit: limits.bound, violation: "")
    let nan = (found.nanCount, "NaN, which has no place in an order")
    if let finding = claim.undefined(Self.name, found.counts, unfit: [nan], type: type) { return finding }
    var evidence = claim.evidence(found.counts)
    evidence.observed = nil
    /// The number as it is said, which becomes evidence.
    func show(_ value: Double, _ found: Extremes) -> String {
      let (shown, digits) = (column.stored.shortest(value), digits(of: value, found)?.description)
      if !column.isSensitive {
        (evidence.observed, evidence.observedText) = (Quantity(shown), digits)
      }
      return digits ?? Quantity.text(shown)
    }
    let (text, isLow, isHigh): (String, Bool, Bool)
    switch range {
    case .number(let low, let high):
      guard let value = found.numbers.map({ Self.extreme(of: $0) }) else {
        return claim.nothingEvaluated(found.counts, evidence)
      }
      (text, isLow, isHigh) = (show(value, found), value < low ?? -.infinity, value > high ?? .infinity)
    case .decimal(let low, let high):
      guard let value = found.numbers.map({ Self.extreme(of: $0) }) else {
        return claim.nothingEvaluated(found.counts, evidence)
      }
      text = show(value, found)
      isLow = low.map { !$0.isKept(fromAbove: value) { digits(of: value, found) } } ?? false
      isHigh = high.map { !$0.isKept(fromBelow: value) { digits(of: value, found) } } ?? false
    case .integer(let low, let high):
      guard let value = found.integers.map({ Self.extreme(of: $0) }) else {
        return claim.nothingEvaluated(found.counts, evidence)
      }
      (text, isLow, isHigh) = (Literal.text(value, as: type), value < low ?? .min, value > high ?? .max)
      if !column.isSensitive {
        evidence.observed = type == .integer ? Quantity(Double(value)) : nil
        evidence.observedText = text
      }
    case .moment(let low, let high):
      guard let value = found.moments.map({ Self.extreme(of: $0) }) else {
        return claim.nothingEvaluated(found.counts, evidence)
      }
      (text, isLow, isHigh) = (value.text, low.map { value < $0 } ?? false, high.map { value > $0 } ?? false)
      if !column.isSensitive { evidence.observedText = text }
    case .text(let low, let end):
      guard let value = found.texts.map({ Self.extreme(of: $0) }) else {
        return claim.nothingEvaluated(found.counts, evidence)
      }
      text = "\"\(value.display)\""
      (isLow, isHigh) = (low.map(value.precedes) ?? false, end.map { !value.precedes($0) } ?? false)
      if !column.isSensitive { evidence.observedText = value.display }
    }
    let words = "the \(Self.name) is \(column.isSensitive ? "hidden" : text)"
    guard isLow || isHigh else { return column.planned.finding(.passed, words, evidence: evidence) }
    return column.planned.finding(
      .failed, "\(words), the limit is \(claim.limit)", evidence: evidence,
      location: (isLow ? limits.low : limits.high)?.location)
  }
}
