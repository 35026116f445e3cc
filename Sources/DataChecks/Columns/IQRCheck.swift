package import Language
package import Planning
internal import Scan
package import Verdict

/// `iqr: {at_most: 50}`: how far apart the quarters of the column's numbers are.
package struct IQRCheck: ColumnCheck {
  package var limits = Limits()

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "iqr",
    summary:
      "The interquartile range of the column's numbers lies within the limits: the quantile at 75% less that at 25%, each as in quantile. Of fewer than 1024 values it is exact; of more, a sketch (KLL) answers with an interval, and the check is inconclusive when a limit lies within it.",
    why: "The spread of the middle half moves with the data and not with a few outliers, as std does.",
    example: "columns:\n  dep_delay: {type: number, iqr: {at_most: 60}}",
    fix: "Compare the distribution with that of the last good delivery: cupel data show.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]

  package static var shape: Shape<IQRCheck> {
    Shape<Limits>.limits(of: .plain).named("number-limits").map { IQRCheck(limits: $0) }
  }

  private static let name = "interquartile range"

  package func problem(on column: ColumnContext) -> Diagnostic? { column.problem(unlessNumbersHave: Self.name) }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let sketch = plan.require(QuantileSketch.Specification(column.name))
    let claim = EstimateClaim(
      column: column, limits: EstimateLimits(limits: limits), sketch: "KLL",
      sentence: { "the \(Self.name) is \($0)" },
      advice: "bound the quantiles at 25% and 75% themselves: a second pass decides these")
    return { measurements in
      let found = measurements[sketch]
      let nan = (found.nanCount, "NaN, which has no place in an order")
      if let finding = claim.base.undefined(Self.name, found.counts, unfit: [nan]) { return finding }
      let evidence = claim.base.evidence(found.counts)
      guard let low = found.estimate(at: 0.25), let high = found.estimate(at: 0.75),
        let lows = found.interval(at: 0.25), let highs = found.interval(at: 0.75)
      else { return claim.base.nothingEvaluated(found.counts, evidence) }
      guard (high - low).isFinite, (highs.upperBound - lows.lowerBound).isFinite else {
        return column.planned.finding(
          .errored, "the \(Self.name) is beyond what a double holds", reason: .undefined, evidence: evidence)
      }
      let interval = max(0, highs.lowerBound - lows.upperBound)...highs.upperBound - lows.lowerBound
      return claim.judge(high - low, in: found.isExact ? nil : interval, found.counts)
    }
  }
}
