package import Language
package import Verdict

/// The metric is one value.
package struct EqualsGate: ValueGate {
  package var value: Located<Double>

  package static let documentation = CheckDocumentation(
    suite: .models, kind: "equals",
    summary: "The candidate's metric is exactly this value, up to the rounding of binary floating point.",
    why: "Counts and flags belong to a result as much as scores do: the number of evaluated rows, of classes, of "
      + "failed examples. When they differ, the scores are not comparable.",
    example: "- {metric: rows, equals: 5000}",
    fix: "Find out why the evaluation saw something else: a changed test set makes every other metric incomparable.")

  package static var key: Key<GateEntry> {
    .each("equals", Shape<Double>.number.located, documentation.summary) { value, _, entry in
      entry.claims.append(.value(EqualsGate(value: value)))
    }
  }

  package var location: SourceLocation { value.location }
  package var bound: Bound { .equals(Quantity(value.value)) }
  package var range: ClosedRange<Double> { value.value...value.value }
}
