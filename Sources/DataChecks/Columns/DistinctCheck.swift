package import Language
package import Planning
internal import Scan
package import Verdict

/// `distinct: {between: [10, 50]}`: how many different values the column has, or for how large a share of its values.
package struct DistinctCheck: ColumnCheck {
  package var limits = EstimateLimits()

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "distinct",
    summary:
      "The number of different values, told apart as in unique, lies within the limits: as a count, or as a share of all values. At least 2 says that the column is not constant. Up to 4096 are counted; beyond it a sketch (HyperLogLog) answers where its error of 3% leaves no doubt, and where it does a second pass counts them; with exact: never the check is inconclusive instead. With group_by the values of every group are counted.",
    why: "A category that vanished, an id that stopped changing: every value is valid, and the column is broken.",
    example:
      "columns:\n  carrier: {distinct: {between: [10, 20]}}\n  tailnum: {distinct: {at_least: 3000, exact: never}}\n  flight: {distinct: {at_most: 5%}}",
    fix: "Compare with the values of the last good delivery: cupel data show lists the most frequent ones.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { "how many different values there are" }

  package static var shape: Shape<DistinctCheck> {
    let count = Shape<Int>.integer(in: 0...1_000_000_000_000).map { Quantity(Double($0)) }
    let size = count.when(\.isNumber, otherwise: Shape<Quantity>.share)
    return .object(DistinctCheck(), EstimateLimits.keys(\.limits, of: size)) { check, node, problems in
      Shape<Limits>.validate(check.limits.limits, node, &problems)
    }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    if plan.isGrouped {
      // Sketches for each of the groups would take more memory than the keys of all.
      let keys = plan.require(DuplicateKeys.Specification.frequencies(of: [column.name], as: column.keyTypes))
      return { judge(Double($0[keys].distinctKeys), in: nil, $0[keys].counts, column) }
    }
    let sketch = plan.require(DistinctValues.Specification(column.name, as: column.type?.value))
    let keys = plan.require(DuplicateKeys.Specification([column.name], as: column.keyTypes)) {
      limits.needsExactPass(interval($0[sketch]))
    }
    return { measurements in
      let found = measurements[sketch]
      guard let keys = measurements[keys] else {
        return judge(found.estimate, in: found.isExact ? nil : interval(found), found.counts, column)
      }
      var finding = judge(Double(keys.distinctKeys), in: nil, found.counts, column)
      let estimate = EstimateClaim.words(limited(found.estimate, found.counts), interval(found), unit)
      finding.evidence.notes.append("counted in a second pass: the first estimated \(estimate)")
      return finding
    }
  }

  private var unit: Quantity.Unit { limits.limits.unit == .share ? .share : .none }

  /// The number that is limited, of a number of different values.
  private func limited(_ count: Double, _ counts: ViolationSummary) -> Double {
    unit == .share ? count / Double(max(1, counts.evaluated)) : count
  }

  private func interval(_ found: DistinctValues) -> ClosedRange<Double> {
    limited(found.interval.lowerBound, found.counts)...limited(found.interval.upperBound, found.counts)
  }

  /// - Parameter count: how many different values there are.
  private func judge(
    _ count: Double, in interval: ClosedRange<Double>?, _ counts: ViolationSummary, _ column: ColumnContext
  ) -> Finding {
    let claim = EstimateClaim(
      column: column, limits: limits, sketch: "HyperLogLog",
      sentence: { number in
        unit == .share
          ? "the share of different values is \(number)"
          : "the column has \(number) different \(number == "1" ? "value" : "values")"
      }, unit: unit)
    guard counts.evaluated > 0 else { return claim.base.nothingEvaluated(counts, claim.base.evidence(counts)) }
    return claim.judge(limited(count, counts), in: interval, counts)
  }
}
