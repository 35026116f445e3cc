package import Language
package import Planning
internal import Scan
package import Verdict

/// `iqr: {at_most: 50}`: how far apart the quarters of the column's numbers are.
package struct IQRCheck: ColumnCheck {
  package var limits = EstimateLimits()

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "iqr",
    summary:
      "The interquartile range of the column's numbers lies within the limits: the quantile at 75% less that at 25%, each as in quantile. Of at most 1024 different values it is exact; of more, a sketch (KLL) answers where its error leaves no doubt, and where it does a second pass looks up both quarters; with exact: never, or where the data can be read only once, the check is inconclusive instead.",
    why: "The spread of the middle half moves with the data and not with a few outliers, as std does.",
    example: "columns:\n  dep_delay: {type: number, iqr: {at_most: 60}}",
    fix: "Compare the distribution with that of the last good delivery: cupel data show.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]

  package static var shape: Shape<IQRCheck> {
    .object(IQRCheck(), EstimateLimits.keys(\.limits, of: .plain)) { check, node, problems in
      Shape<Limits>.validate(check.limits.limits, node, &problems)
    }
  }

  private static let name = "interquartile range"

  package func problem(on column: ColumnContext) -> Diagnostic? { column.problem(unlessNumbersHave: Self.name) }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let limits = limits
    let sketch = plan.require(QuantileSketch.Specification(column.name))
    let quarters = plan.require { parts -> BracketedValues.Specification? in
      let open = parts.compactMap { Quarters($0[sketch]) }.filter { limits.needsExactPass($0.interval) }
      return open.isEmpty ? nil : BracketedValues.Specification(column.name, open.flatMap(\.brackets))
    }
    var claim = EstimateClaim(column: column, limits: limits, sketch: "KLL") { "the \(Self.name) is \($0)" }
    claim.isOfValues = true
    if limits.exact == .auto {
      claim.advice = "a second pass decides where the data can be read again and few values lie at the quarters"
    }
    return { [claim] measurements in
      let found = measurements[sketch]
      let nan = (found.nanCount, "NaN, which has no place in an order")
      if let finding = claim.base.undefined(Self.name, found.counts, unfit: [nan]) { return finding }
      let evidence = claim.base.evidence(found.counts)
      guard let estimate = Quarters(found) else { return claim.base.nothingEvaluated(found.counts, evidence) }
      guard estimate.isFinite else {
        return column.planned.finding(
          .errored, "the \(Self.name) is beyond what a double holds", reason: .undefined, evidence: evidence)
      }
      guard let values = measurements[quarters], let low = values.quantile(at: 0.25),
        let high = values.quantile(at: 0.75)
      else {
        return claim.judge(estimate.range, in: estimate.interval, found.counts)
      }
      var finding = claim.judge(high - low, in: nil, found.counts)
      let words = claim.words(estimate.range, estimate.interval)
      finding.evidence.notes.append("looked up in a second pass: the first estimated \(words)")
      return finding
    }
  }
}

/// The quantiles at 25% and 75%, as a sketch knows them.
private struct Quarters {
  /// Their difference.
  var range: Double
  /// Where each of them lies.
  var brackets: [ClosedRange<Double>]
  var isExact: Bool

  /// Nil when there are no numbers.
  init?(_ sketch: QuantileSketch) {
    guard let low = sketch.estimate(at: 0.25), let high = sketch.estimate(at: 0.75),
      let lows = sketch.interval(at: 0.25), let highs = sketch.interval(at: 0.75)
    else { return nil }
    range = high - low
    brackets = [lows, highs]
    isExact = sketch.isExact
  }

  /// Whether a double holds the difference, wherever they lie.
  var isFinite: Bool { range.isFinite && (brackets[1].upperBound - brackets[0].lowerBound).isFinite }

  /// Where the difference lies; nil when it is known.
  var interval: ClosedRange<Double>? {
    guard !isExact, isFinite else { return nil }
    let least = max(0, brackets[1].lowerBound - brackets[0].upperBound)
    return least...brackets[1].upperBound - brackets[0].lowerBound
  }
}
