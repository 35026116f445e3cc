package import Language
package import Planning
package import Scan
package import Verdict

/// `sum: {at_least: 1000}`: the sum of the column's numbers.
package struct SumCheck: StatisticCheck {
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "sum",
    summary:
      "The sum of the column's numbers lies within the limits. Integers are summed exactly, and exactly compared; other numbers with twice the precision of a double, rounded once at the end. NaN and infinities leave no sum.",
    why: "A total that must be reached, or must be zero, shows rows that are missing or come twice.",
    example: "columns:\n  distance: {type: integer, sum: {at_least: 1000}}",
    fix: "Compare the number of rows and the mean with the last good delivery: cupel data show.")

  package static let name = "sum"

  package static func value(of column: ColumnMoments) -> Double? { column.moments.sum }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    guard column.holdsIntegers else { return prepareStatistic(column, &plan) }
    let slot = plan.require(IntegerSum.Specification(column.name))
    let claim = claim(column)
    return { measurements in
      let found = measurements[slot]
      if let finding = claim.base.undefined(Self.name, found.counts, type: .integer) { return finding }
      var evidence = claim.base.evidence(found.counts)
      guard found.counts.evaluated > 0 else { return claim.base.nothingEvaluated(found.counts, evidence) }
      // A limit is a double: the sum keeps it when both doubles next to the sum do.
      let observed = Double(found.sum)
      evidence.observed = Quantity(observed)
      if column.isSensitive { evidence.observed = nil }
      let words = "the \(Self.name) is \(column.isSensitive ? "hidden" : "\(found.sum)")"
      return claim.base.limit.contains(found.doubles) == true
        ? column.planned.finding(.passed, words, evidence: evidence)
        : claim.failed(words, evidence, observed: observed)
    }
  }
}

extension ColumnContext {
  /// Whether the column's numbers are 64-bit integers, by the rules or else by the file.
  fileprivate var holdsIntegers: Bool {
    if let type { return type.value == .integer }
    guard case .integer(let bits, let isSigned)? = stored else { return false }
    return isSigned || bits < 64
  }
}
