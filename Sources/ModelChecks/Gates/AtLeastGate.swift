package import Language
package import Verdict

/// The metric is not below a limit.
package struct AtLeastGate: ValueGate {
  package var limit: Located<Double>

  package static let documentation = CheckDocumentation(
    suite: .models, kind: "at_least",
    summary: "The candidate's metric is not below the limit. The limit itself passes.",
    why: "A model that is better than a bad baseline can still be too bad to ship. This is the floor that no "
      + "comparison replaces.",
    example: "- {metric: roc_auc, at_least: 0.72}",
    fix: "Look at what changed in the data or the training. Lower the limit only when the lower quality is acceptable "
      + "by itself, not because this candidate has it.")

  package static var key: Key<GateEntry> {
    .each("at_least", Shape<Double>.number.located, documentation.summary) { limit, _, entry in
      entry.claims.append(.value(AtLeastGate(limit: limit)))
    }
  }

  package var location: SourceLocation { limit.location }
  package var bound: Bound { .atLeast(Quantity(limit.value)) }
  package var range: ClosedRange<Double> { limit.value...(.infinity) }
}
