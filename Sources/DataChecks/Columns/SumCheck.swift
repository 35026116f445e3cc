package import Language
package import Planning
package import Scan
package import Verdict

/// `sum: {at_least: 1000}`: the sum of the column's numbers.
package struct SumCheck: StatisticCheck {
  package var limits = Limits()
  private var integers = IntegerLimits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "sum",
    summary:
      "The sum of the column's numbers lies within the limits. Integers are summed exactly, and exactly compared with all digits of the limit; other numbers with twice the precision of a double, rounded once at the end. NaN and infinities leave no sum.",
    why: "A total that must be reached, or must be zero, shows rows that are missing or come twice.",
    example: "columns:\n  distance: {type: integer, sum: {at_least: 1000}}",
    fix: "Compare the number of rows and the mean with the last good delivery: cupel data show.")

  package static let name = "sum"
  package var needsAllRows: String? { "their sum" }

  package static var shape: Shape<SumCheck> {
    Shape<Limits>.limits(of: .plain).named("number-limits").map { limits, node, _ in
      var check = SumCheck()
      check.limits = limits
      check.integers = IntegerLimits(limits, in: node)
      return check
    }
  }

  package static func value(of column: ColumnMoments) -> Double? { column.moments.sum }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    guard column.holdsIntegers else { return prepareStatistic(column, &plan) }
    let slot = plan.require(IntegerSum.Specification(column.name))
    let claim = ValueClaim(column: column, limit: integers.bound ?? .text("any"))
    return { [limits, integers] measurements in
      let found = measurements[slot]
      if let finding = claim.undefined(Self.name, found.counts, type: .integer) { return finding }
      var evidence = claim.evidence(found.counts)
      guard found.counts.evaluated > 0 else { return claim.nothingEvaluated(found.counts, evidence) }
      let observed = Double(found.sum)
      evidence.observed = column.isSensitive ? nil : Quantity(observed)
      let words = "the \(Self.name) is \(column.isSensitive ? "hidden" : "\(found.sum)")"
      return integers.contains(found.sum)
        ? column.planned.finding(.passed, words, evidence: evidence)
        : column.planned.finding(
          .failed, "\(words), the limit is \(claim.limit)", evidence: evidence, location: limits.location(for: observed)
        )
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
