package import Language
package import Verdict

/// The metric lies within two limits.
package struct BetweenGate: ValueGate {
  package var range: ClosedRange<Double>
  package var location: SourceLocation

  package static let documentation = CheckDocumentation(
    suite: .models, kind: "between",
    summary: "The candidate's metric lies within the two limits. The limits themselves pass.",
    why: "Some metrics have a right value instead of a better side: a calibration slope near 1, a positive rate near "
      + "that of the data. Both ways out are wrong.",
    example: "- {metric: calibration_slope, between: [0.9, 1.1]}",
    fix: "See on which side the value left the range: the two sides usually have different causes.")

  package static var key: Key<GateEntry> {
    let limits = Shape<[Double]>.pair(.number).map { pair, node, problems -> Located<ClosedRange<Double>>? in
      guard pair[0] <= pair[1] else {
        problems.report(
          "no value lies between \(Quantity.text(pair[0])) and \(Quantity.text(pair[1]))", at: node.location,
          label: "the smaller value comes first")
        return nil
      }
      return Located(pair[0]...pair[1], at: node.location)
    }
    return .each("between", limits, documentation.summary) { limits, _, entry in
      entry.claims.append(.value(BetweenGate(range: limits.value, location: limits.location)))
    }
  }

  package var bound: Bound { .between(Quantity(range.lowerBound), Quantity(range.upperBound)) }
}
