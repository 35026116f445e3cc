package import Language
package import Planning
package import Scan
package import Verdict

/// A column check on one number that follows from the moments of all numbers of the column: what differs between such
/// checks is the formula and the words.
package protocol StatisticCheck: ColumnCheck, Violable {
  init()
  var limits: Limits { get set }
  /// What the number is called: `standard deviation`.
  static var name: String { get }
  /// How many values there must be for there to be such a number: `one value`.
  static var need: String { get }
  /// The number; nil when the values have none, and not finite when it is beyond what a double holds.
  static func value(of column: ColumnMoments) -> Double?
  /// How far the number may be from what decimals give, whose nearest doubles the values are: 0.1, 0.2 and 0.3 have the
  /// mean 0.2, and their doubles a mean beside it.
  static func rounding(of value: Double) -> Double
}

extension StatisticCheck {
  package static var need: String { "one value" }
  package static var settings: CheckSettings.Kinds { [.condition, .groups] }
  package static func rounding(of value: Double) -> Double { 0x1p-50 * value.magnitude }

  package static var shape: Shape<Self> {
    Shape<Limits>.limits(of: .plain).named("number-limits").map { limits in
      var check = Self()
      check.limits = limits
      return check
    }
  }

  package func problem(on column: ColumnContext) -> Diagnostic? { column.problem(unlessNumbersHave: Self.name) }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    prepareStatistic(column, &plan)
  }

  /// What `prepare` does for a check that has no further way to the number.
  func prepareStatistic(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(ColumnMoments.Specification(column.name))
    let claim = claim(column)
    return { measurements in
      let found = measurements[slot]
      let unfit = [(found.moments.nanCount, "NaN"), (found.infinityCount, "infinite")]
      if let finding = claim.base.undefined(Self.name, found.counts, unfit: unfit) { return finding }
      var evidence = claim.base.evidence(found.counts)
      guard found.counts.evaluated > 0 else { return claim.base.nothingEvaluated(found.counts, evidence) }
      evidence.observed = nil
      guard let value = Self.value(of: found) else {
        let count = found.counts.evaluated
        let values = count == 1 ? "one value" : found.isSpread ? "\(count) values" : "values that are all the same"
        let words = "there is no \(Self.name) of \(values): it takes \(Self.need)"
        return column.planned.finding(.errored, words, reason: .undefined, evidence: evidence)
      }
      guard value.isFinite else {
        let words = "the \(Self.name) is beyond what a double holds"
        return column.planned.finding(.errored, words, reason: .undefined, evidence: evidence)
      }
      var claim = claim
      claim.rounding = Self.rounding(of: value)
      return claim.judge(value, in: nil, found.counts)
    }
  }

  /// The claim about the number, which is no estimate.
  func claim(_ column: ColumnContext) -> EstimateClaim {
    var claim = EstimateClaim(column: column, limits: EstimateLimits(limits: limits), sketch: "") {
      "the \(Self.name) is \($0)"
    }
    claim.isOfValues = true
    return claim
  }
}

extension ColumnContext {
  /// What is wrong with asking for a number that only columns of numbers have.
  func problem(unlessNumbersHave name: String) -> Diagnostic? { problem(unless: [.number, .integer], have: name) }
}
