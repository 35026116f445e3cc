package import Language
package import Planning
internal import Scan
package import Verdict

/// `length_outliers: {at_most: 0.1%}`: how many texts are far shorter or longer than the others.
package struct LengthOutliersCheck: ColumnCheck {
  package var limits = Limits()
  /// The share of the lengths, in the middle, whose range is the measure.
  package var inner = Quantity(0.94, .share)
  /// How many such ranges a length may be away from the median.
  package var factor = 4.0

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "length_outliers",
    summary:
      "The share or number of texts with an outlying length lies within the limits. A length, in Unicode scalars, is outlying when it is further from the median length than factor (4) times the range of the inner (94%) lengths: from their 3% to their 97% quantile, at least 1. Exact. With too few texts to have any, it is inconclusive.",
    why: "A text of thousands of characters among names is two fields run together, or a stack trace.",
    example: "columns:\n  carrier: {length_outliers: {at_most: 0.1%, inner: 94%, factor: 4}}",
    fix: "Look at the listed rows, the first of each outlying length; length bounds what is known.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { limits.needsAllRows }

  package static var shape: Shape<LengthOutliersCheck> {
    let inner = Shape<Quantity>.share.map { share, node, problems -> Quantity? in
      if share.value > 0, share.value < 1 { return share }
      problems.report("the inner share lies above 0% and below 100%", at: node.location)
      return nil
    }
    let factor = Shape<Double>.number.map { factor, node, problems -> Double? in
      if factor > 0 { return factor }
      problems.report("a factor is above 0", at: node.location)
      return nil
    }
    return .object(
      LengthOutliersCheck(),
      Shape<Limits>.keys(\.limits, of: .tolerance) + [
        .key("inner", \.inner, inner, "The share of the lengths whose range is the measure: 94%."),
        .key("factor", \.factor, factor, "How many such ranges a length may be away from the median: 4."),
      ]
    ) { check, node, problems in
      Shape<Limits>.validate(check.limits, node, &problems)
    }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(LengthCounts.Specification(column.name))
    plan.judgeRows { measurements in
      guard let usual = usualLengths(measurements[slot]) else { return nil }
      let (low, high) = (usual.lengths.lowerBound.rounded(.up), usual.lengths.upperBound.rounded(.down))
      return LengthTest(column.name, atLeast: Int(low), atMost: Int(clamping: Int128(min(high, 1e30))))
    }
    return { judge(column, $0[slot]) }
  }

  /// The lengths that are not outlying, and what they follow from.
  private struct Usual {
    var median: Int
    var low: Int
    var high: Int
    var lengths: ClosedRange<Double>
  }

  /// Nil when there is no text.
  private func usualLengths(_ lengths: LengthCounts) -> Usual? {
    let tail = (1 - inner.value) / 2
    guard let median = lengths.quantile(at: 0.5), let low = lengths.quantile(at: tail),
      let high = lengths.quantile(at: 1 - tail)
    else { return nil }
    let reach = factor * Double(max(1, high - low))
    let middle = Double(median)
    return Usual(median: median, low: low, high: high, lengths: max(0, middle - reach)...middle + reach)
  }

  private func judge(_ column: ColumnContext, _ lengths: LengthCounts) -> Finding {
    let claim = ShareClaim(ValueClaim(column: column), limits)
    guard let usual = usualLengths(lengths) else { return claim.judge(lengths.summary { _ in false }, "") }
    let summary = lengths.summary { !usual.lengths.contains(Double($0)) }
    let (low, high) = (usual.lengths.lowerBound, usual.lengths.upperBound)
    var finding = claim.judge(
      summary, "have a length outside of \(Quantity.brief(low)) to \(Quantity.brief(high))")
    let tail = (1 - inner.value) / 2
    // The quantile near the end must leave out the greatest value, or none is ever outside.
    if summary.violating == 0, Double(lengths.count) * tail < 1 {
      let needed = Int((1 / tail).rounded(.up))
      finding = column.planned.finding(
        .inconclusive, "\(lengths.count) texts are too few to have an outlying length, \(needed) are enough",
        evidence: finding.evidence)
    }
    finding.evidence.notes.append(
      "the median length is \(usual.median), \(inner) of all lie between \(usual.low) and \(usual.high)")
    return finding
  }
}
